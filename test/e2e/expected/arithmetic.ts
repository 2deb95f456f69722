import { randomNumbers } from '../../support/random';
import type { Case } from './case';
import { gelu, normalised, product, softmax } from './plain';

const MASKED = -1e10;

function random(rows: number, columns: number, seed: number, size = 1): number[][] {
  const next = randomNumbers(seed);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => size * (2 * next() - 1)));
}

const matrix = (numbers: ArrayLike<number>, rows: number) => ({ numbers: Float64Array.from(numbers), rows });

/** Arithmetic on cells, which no model takes part in. */
export function arithmeticCases(): Case[] {
  const cells = (id: string, args: unknown[], right: Case['right']): Case => ({
    id,
    form: 'cells',
    args,
    right,
  });
  const products = [
    [3, 20, 5],
    [290, 280, 270], // too much for the page: the worker does it
  ].map(([n = 0, m = 0, p = 0]) => {
    const [a, b, bias] = [random(n, m, n), random(m, p, m), random(1, p, p)[0] as number[]];
    return cells('MATMUL', [a, b, [bias]], matrix(product(a, b, bias), n));
  });
  const x = random(9, 40, 1, 4);
  const flat = x.flat();
  const [gain, bias] = [random(1, 40, 2)[0] as number[], random(1, 40, 3)[0] as number[]];
  const ones = gain.map(() => 1);
  const zeros = gain.map(() => 0);
  const square = random(12, 12, 4, 5);
  const masked = square.map((row, r) => row.map((score, c) => (c > r ? MASKED : score)));
  const shares = (rows: readonly number[][], t?: number) => ({
    ...matrix(
      rows.flatMap((row) => [...softmax(row, t)]),
      rows.length,
    ),
    probabilities: true,
  });
  return [
    ...products,
    cells('SOFTMAX', [x], shares(x)),
    cells('SOFTMAX', [x, 0.3], shares(x, 0.3)),
    cells('SOFTMAX', [masked], shares(masked)),
    cells('GELU', [x], matrix(flat.map(gelu), 9)),
    cells('NORMALIZE', [x], matrix(normalised(x, ones, zeros, 1e-5), 9)),
    cells('NORMALIZE', [x, [gain], [bias], 1e-3], matrix(normalised(x, gain, bias, 1e-3), 9)),
    cells('MASK', [square], matrix(masked.flat(), 12)),
    check(x, random(9, 40, 5, 4)),
    check(
      masked,
      masked.map((row) => row.map((score) => score * (score === MASKED ? 1 : 1.001))),
    ),
    cells('CHECK', [x, x], {
      same: [
        ['largest difference', 0],
        ['row', ''],
        ['column', ''],
        ['relative error', 0],
      ],
    }),
  ];
}

/** Two ranges, compared number by number. */
function check(a: readonly number[][], b: readonly number[][]): Case {
  let [largest, size, row, column] = [0, 0, 0, 0];
  a.forEach((values, r) => {
    values.forEach((value, c) => {
      const other = b[r]?.[c] as number;
      if (value === MASKED && other === MASKED) return;
      size = Math.max(size, Math.abs(value), Math.abs(other));
      if (Math.abs(value - other) > largest) [largest, row, column] = [Math.abs(value - other), r + 1, c + 1];
    });
  });
  const labels = ['largest difference', 'row', 'column', 'relative error'];
  return {
    id: 'CHECK',
    form: 'cells',
    args: [a, b],
    right: {
      eachRow: labels.map((label, i): Case['right'] => {
        if (i === 1) return { same: [[label, row]] };
        if (i === 2) return { same: [[label, column]] };
        const numbers = Float64Array.of(i === 0 ? largest : largest / size);
        return { columns: [{ same: [[label]] }, { numbers, rows: 1 }] };
      }),
    },
  };
}
