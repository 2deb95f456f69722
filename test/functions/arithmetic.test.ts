import { beforeAll, describe, expect, it, vi } from 'vitest';
import { check, gelu, mask, matmul, normalize, softmax } from '../../functions/arithmetic';
import { cosine, pca } from '../../functions/vectors';
import { randomNumbers } from '../support/random';

// No engine is provided here: what these formulas answer, they answer while no model is open.

class CellFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
beforeAll(() => {
  vi.stubGlobal('CustomFunctions', {
    Error: CellFailure,
    ErrorCode: { invalidValue: '#VALUE!', notAvailable: '#N/A' },
  });
});

const called = () => ({}) as CustomFunctions.CancelableInvocation;
const none = null as unknown as unknown[][];

function random(rows: number, columns: number, seed: number): number[][] {
  const next = randomNumbers(seed);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => 6 * next() - 3));
}

/** The largest difference, as a part of the largest number. */
function relative(got: number[][], right: number[][]): number {
  expect(got.map((row) => row.length)).toEqual(right.map((row) => row.length));
  const is = got.flat();
  const largest = Math.max(...right.flat().map(Math.abs));
  return Math.max(...right.flat().map((value, i) => Math.abs(value - (is[i] as number)))) / largest;
}
const report = (what: string, worst: number) => {
  console.log(`${what}: largest difference ${worst.toExponential(1)}`);
  expect(worst).toBeLessThan(6e-8); // half the distance of two float32 numbers
};

describe('in float64 and rounded once', () => {
  it('MATMUL', async () => {
    const a = random(5, 7, 1);
    const b = random(7, 3, 2);
    const bias = random(1, 3, 3);
    const right = a.map((row) =>
      [0, 1, 2].map((c) =>
        row.reduce((sum, x, i) => sum + x * (b[i]?.[c] as number), bias[0]?.[c] as number),
      ),
    );
    report('MATMUL', relative(await matmul(a, b, bias, called()), right));
    const without = right.map((row) => row.map((value, c) => value - (bias[0]?.[c] as number)));
    report('MATMUL without bias', relative(await matmul(a, b, none, called()), without));
    expect(
      await matmul(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
        none,
        called(),
      ),
    ).toEqual([
      [19, 22],
      [43, 50],
    ]);
  });

  it('does not round the cells first', async () => {
    // In float32 both factors' digits would be lost: 1 + 2⁻³⁰ is 1 there.
    expect(await matmul([[1 + 2 ** -30, -1]], [[1], [1]], none, called())).toEqual([[9.313226e-10]]);
  });

  it('SOFTMAX', async () => {
    const x = random(4, 6, 4);
    const right = (t: number) =>
      x.map((row) => {
        const sum = row.reduce((all, value) => all + Math.exp(value / t), 0);
        return row.map((value) => Math.exp(value / t) / sum);
      });
    report('SOFTMAX', relative(await softmax(x, null, called()), right(1)));
    report('SOFTMAX, temperature 0.5', relative(await softmax(x, 0.5, called()), right(0.5)));
    expect(await softmax([[1, -1e10]], null, called())).toEqual([[1, 0]]);
    expect(await softmax([[3e38, -3e38]], 1e-300, called())).toEqual([[1, 0]]);
  });

  it('GELU', async () => {
    const x = random(3, 9, 5);
    const tanh = (y: number) => (Math.exp(2 * y) - 1) / (Math.exp(2 * y) + 1);
    const right = x.map((row) =>
      row.map((v) => 0.5 * v * (1 + tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)))),
    );
    report('GELU', relative(await gelu(x, called()), right));
    expect(await gelu([[3e38, 0]], called())).toEqual([[3e38, 0]]);
  });

  it('NORMALIZE', async () => {
    const x = random(3, 8, 6);
    const gain = random(1, 8, 7);
    const bias = random(8, 1, 8);
    const right = (eps: number, g: (c: number) => number, b: (c: number) => number) =>
      x.map((row) => {
        const mean = row.reduce((sum, v) => sum + v, 0) / 8;
        const variance = row.reduce((sum, v) => sum + v * v, 0) / 8 - mean * mean;
        return row.map((v, c) => ((v - mean) / Math.sqrt(variance + eps)) * g(c) + b(c));
      });
    report(
      'NORMALIZE',
      relative(
        await normalize(x, none, none, null, called()),
        right(
          1e-5,
          () => 1,
          () => 0,
        ),
      ),
    );
    const all = right(
      0.1,
      (c) => gain[0]?.[c] as number,
      (c) => bias[c]?.[0] as number,
    );
    report('NORMALIZE with gain, bias, eps', relative(await normalize(x, gain, bias, 0.1, called()), all));
  });

  it('COSINE', async () => {
    const a = random(3, 5, 9);
    const b = random(2, 5, 10);
    const right = a.map((x) =>
      b.map(
        (y) => x.reduce((sum, v, i) => sum + v * (y[i] as number), 0) / Math.hypot(...x) / Math.hypot(...y),
      ),
    );
    report('COSINE', relative(await cosine(a, b, called()), right));
    const standing = (a[0] as number[]).map((value) => [value]);
    expect(await cosine(standing, b, called())).toEqual((await cosine(a, b, called())).slice(0, 1));
    expect(await cosine([[2]], [[-3]], called())).toEqual([[-1]]);
  });
});

describe('MASK, CHECK and PCA', () => {
  it('lay out what they promise', async () => {
    expect(
      await mask(
        [
          [1, 2],
          [3, 0.1],
        ],
        called(),
      ),
    ).toEqual([
      [1, -1e10],
      [3, 0.1],
    ]);
    expect(
      await check(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 2],
          [3, 4.5],
        ],
        called(),
      ),
    ).toEqual([
      ['largest difference', 0.5],
      ['row', 2],
      ['column', 2],
      ['relative error', 0.11111111],
    ]);
    expect(await check([[1]], [[1]], called())).toEqual([
      ['largest difference', 0],
      ['row', ''],
      ['column', ''],
      ['relative error', 0],
    ]);
    expect((await check([[1e-60]], [[0]], called()))[0]).toEqual(['largest difference', 1e-60]);
    const line = await pca(
      [
        [1, 2],
        [2, 3],
        [3, 4],
      ],
      null,
      called(),
    );
    expect(line).toEqual(
      [
        [-Math.fround(Math.SQRT2), 0],
        [0, 0],
        [Math.fround(Math.SQRT2), 0],
        [1, 0],
      ].map((row) => row.map((value) => (value === 0 ? 0 : expect.closeTo(value, 6)))),
    );
  });
});

describe('what they refuse', () => {
  const square = [
    [1, 2],
    [3, 4],
  ];
  const cases: [what: string, run: () => Promise<unknown>, message: string][] = [
    [
      'shapes',
      () => matmul([[1, 2, 3]], square, none, called()),
      'b is a 2×2 range: give a range with 3 rows, as many as a (1×3) has columns.',
    ],
    ['a bias', () => matmul(square, square, [[1, 2, 3]], called()), 'bias is a 1×3 range: give 2 numbers'],
    [
      'overflow',
      () => matmul([[3e38]], [[3e38]], none, called()),
      'e+76 in row 1, column 1: float32 goes up to 3.4e38. Give smaller numbers.',
    ],
    ['a text', () => matmul([['x']], square, none, called()), 'a holds "x" in row 1, column 1'],
    ['an error', () => gelu([[1], ['#N/A']], called()), 'cells holds #N/A in row 2, column 1'],
    ['blank', () => softmax([['']], null, called()), 'cells holds blank'],
    ['heat', () => softmax(square, 0, called()), 'temperature is 0: give a number above 0 and at most 100.'],
    ['heat', () => softmax(square, 'warm', called()), 'temperature is "warm"'],
    [
      'eps',
      () => normalize(square, none, none, -1, called()),
      'eps is -1: give a number above 0 and at most 1.',
    ],
    [
      'gain',
      () => normalize(square, [[1, 2, 3]], none, null, called()),
      'gain is a 1×3 range: give 2 numbers',
    ],
    ['TRUE', () => normalize([[true, 1]], none, none, null, called()), 'cells holds TRUE'],
    ['no square', () => mask([[1, 2]], called()), 'scores is a 1×2 range: give as many columns as rows'],
    [
      'shapes',
      () => check(square, [[1, 2]], called()),
      'b is a 1×2 range: give 2 rows and 2 columns, as many as a has.',
    ],
    [
      'zeros',
      () =>
        cosine(
          [
            [1, 2],
            [0, 0],
          ],
          square,
          called(),
        ),
      'a is all zeros in row 2 of the range',
    ],
    ['lengths', () => cosine(square, [[1, 2, 3]], called()), 'b is a 1×3 range: give vectors of 2 numbers'],
    ['one row', () => pca([[1, 2]], null, called()), 'cells is a 1×2 range: give at least 2 rows.'],
    [
      'alike',
      () =>
        pca(
          [
            [1, 2],
            [1, 2],
          ],
          null,
          called(),
        ),
      'give rows that are not all the same.',
    ],
    ['components', () => pca(square, 2, called()), 'components is 2: give a whole number from 1 to 1.'],
    ['size', () => pca(random(401, 401, 1), 2, called()), 'cells is a 401×401 range: give at most 400 rows'],
  ];
  it.each(cases)('%s', async (_, run, message) => {
    await expect(run()).rejects.toThrow(message);
    await expect(run()).rejects.toMatchObject({ code: '#VALUE!' });
  });
});
