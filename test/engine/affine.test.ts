import { describe, expect, it } from 'vitest';
import { affineRows, applyAffine, broadcasts, compose, expand, withRank } from '../../src/engine/affine';

const tensor = (dims: number[], ...numbers: number[]) => ({ dims, data: Float32Array.from(numbers) });

describe('stretching', () => {
  it.each([
    [[], [2, 3], true],
    [[3], [2, 3], true],
    [[2, 1], [2, 3], true],
    [[1, 2, 3], [2, 3], false],
    [[2], [2, 3], false],
    [[0], [2, 3], false],
  ])('of %o over %o is allowed: %s', (dims, shape, allowed) => {
    expect(broadcasts(dims, shape)).toBe(allowed);
  });

  it('repeats dimensions of 1', () => {
    expect([...expand(tensor([2, 1], 1, 2), [2, 3])]).toEqual([1, 1, 1, 2, 2, 2]);
    expect([...expand(withRank(tensor([3], 1, 2, 3), 2), [2, 3])]).toEqual([1, 2, 3, 1, 2, 3]);
    expect([...expand(tensor([2, 1, 2], 1, 2, 3, 4), [2, 2, 2])]).toEqual([1, 2, 1, 2, 3, 4, 3, 4]);
  });
});

describe('writes', () => {
  it('are value · scale + bias', () => {
    const values = Float32Array.of(1, 2, 3, 4);
    applyAffine(values, [2, 2], { scale: tensor([1, 2], 10, 100), bias: tensor([2, 1], 1, 2) });
    expect([...values]).toEqual([11, 201, 32, 402]);
  });

  it('compose in the order given', () => {
    const writes = [
      { scale: tensor([], 2), bias: tensor([2], 1, 2) },
      { scale: tensor([2, 1], 3, 5) },
      { bias: tensor([], 7) },
    ];
    const together = Float32Array.of(1, 2, 3, 4);
    applyAffine(together, [2, 2], compose(writes, [2, 2]));
    const apart = Float32Array.of(1, 2, 3, 4);
    for (const write of writes) applyAffine(apart, [2, 2], compose([write], [2, 2]));
    expect(together).toEqual(apart);
  });

  it('of nothing change nothing', () => {
    const values = Float32Array.of(1, 2);
    applyAffine(values, [2], compose([], [2]));
    expect([...values]).toEqual([1, 2]);
  });

  it('can be cut to some of their rows', () => {
    const rows = affineRows({ scale: tensor([3, 2], 1, 2, 3, 4, 5, 6), bias: tensor([1, 2], 7, 8) }, 1, 3);
    expect(rows.scale).toEqual(tensor([2, 2], 3, 4, 5, 6));
    expect(rows.bias).toEqual(tensor([1, 2], 7, 8));
  });
});
