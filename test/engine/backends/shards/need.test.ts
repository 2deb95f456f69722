import { afterEach, describe, expect, it, vi } from 'vitest';
import { needsShards } from '../../../../src/engine/backends/shards/need';
import { SHAPES } from '../../../../src/gpt2/shapes';
import { smallConfig } from '../../../support/random';

afterEach(() => vi.unstubAllGlobals());

describe('whether a model needs several memories', () => {
  it('one that half a memory holds does not, unless several are asked for', () => {
    vi.stubGlobal('Worker', class {});
    expect(needsShards(SHAPES['gpt2-medium'], {})).toBe(false);
    expect(needsShards(SHAPES['gpt2-large'], {})).toBe(true);
    expect(needsShards(SHAPES['gpt2-xl'], {})).toBe(true);
    expect(needsShards(smallConfig(), { workers: 2 })).toBe(true);
    expect(needsShards(smallConfig(), { workers: 1 })).toBe(false);
  });

  it('where workers cannot start others, one memory is filled as far as it goes, and then there is a sentence', () => {
    vi.stubGlobal('Worker', undefined);
    expect(needsShards(smallConfig(), { workers: 2 })).toBe(false);
    expect(needsShards(SHAPES['gpt2-large'], {})).toBe(false);
    expect(() => needsShards(SHAPES['gpt2-xl'], {})).toThrow(
      /^the model takes 6\.22 GB in float32, which needs several WebAssembly memories.*a worker cannot start others/,
    );
  });
});
