import { beforeAll, describe, expect, it } from 'vitest';
import { startedInstance } from '../../../../src/engine/backends/memory/instance';
import { Memory } from '../../../../src/engine/backends/memory/memory';
import { memorySize, startedRuntime } from './started';

const PAGE = 65536;
const MB = 2 ** 20;
const memory = new Memory(startedInstance);

beforeAll(async () => void (await startedRuntime()));

describe('room in the memory', () => {
  it('is made by just what was asked for, and nothing grows until it is full', () => {
    const [before, bytes] = [memorySize(), 200 * MB];
    memory.reserve(bytes);
    const after = memorySize();
    expect(after - before).toBeGreaterThan(0);
    expect(after - before).toBeLessThanOrEqual(bytes + PAGE);
    const parts = Array.from({ length: 190 }, () => memory.take(MB / 4).byteOffset);
    expect(memorySize()).toBe(after);
    for (const address of parts) memory.giveBack(address);
  });

  it('is not missed where there is none', () => {
    const before = memorySize();
    memory.reserve(2 ** 32 - PAGE);
    expect(memorySize()).toBe(before);
  });
});
