import { describe, expect, it } from 'vitest';
import {
  headColumns,
  headGraph,
  headGraphByColumns,
  normGraph,
  piecesOf,
} from '../../../src/engine/onnx/final';
import { smallConfig } from '../../support/random';

const config = smallConfig();

describe('the head', () => {
  it('takes its matrix whole where the device can', () => {
    expect(headGraph(config, 'lm_head.weight', Number.POSITIVE_INFINITY).files).toEqual([
      { path: 'lm_head.weight', parameter: 'lm_head.weight' },
    ]);
  });

  it('splits it where the device cannot', () => {
    const { files } = headGraph(config, 'wte.weight', 20 * 4 * config.n_embd);
    expect(files.map(({ rows }) => rows)).toEqual([
      [0, 17],
      [17, 34],
      [34, 50],
    ]);
  });

  it('takes it by columns, 128 or fewer at a time and zeros up to a multiple of four', () => {
    const wide = smallConfig({ n_embd: 300, n_head: 3, vocab_size: 50 });
    expect(headColumns(wide)).toEqual([
      { name: 'columns 0 to 100', from: 0, to: 100, width: 52 },
      { name: 'columns 100 to 200', from: 100, to: 200, width: 52 },
      { name: 'columns 200 to 300', from: 200, to: 300, width: 52 },
    ]);
    const { inputs, files } = headGraphByColumns(wide);
    expect(inputs).toEqual(['ln_final', 'columns 0 to 100', 'columns 100 to 200', 'columns 200 to 300']);
    expect(files).toEqual([]);
  });

  it('takes ln_f’s parameters', () => {
    expect(normGraph(config).files.map(({ path }) => path)).toEqual(['ln_f.weight', 'ln_f.bias']);
  });
});

describe('pieces of a matrix', () => {
  it.each([
    [50257, 768, 128 * 2 ** 20],
    [50257, 1600, 128 * 2 ** 20],
    [7, 10, 1],
    [1, 1, 4],
    [10, 10, 400],
  ])('of %i × %i numbers cover every row once and stay within %i bytes', (rows, d, limit) => {
    const pieces = piecesOf(rows, d, limit);
    expect(pieces[0]?.[0]).toBe(0);
    expect(pieces.at(-1)?.[1]).toBe(rows);
    pieces.forEach(([from, to], i) => {
      expect(to).toBeGreaterThan(from);
      expect(pieces[i + 1]?.[0] ?? rows).toBe(to);
      expect((to - from) * d * 4).toBeLessThanOrEqual(Math.max(limit, 4 * d)); // a row cannot be split
    });
  });
});
