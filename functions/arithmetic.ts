import { product } from '../src/algebra/product';
import { shortest } from '../src/decimals';
import { MASKED } from '../src/gpt2/activations';
import { gelu as geluOf, layerNorm } from '../src/gpt2/arithmetic';
import { probabilities } from '../src/gpt2/sampling';
import { engine } from '../src/rpc/client';
import { number } from '../src/sheet/arguments';
import { roundedCells } from '../src/sheet/cells';
import { compare } from '../src/sheet/compare';
import { numbersOf, rowOf } from '../src/sheet/matrix';
import { messages } from '../src/sheet/messages';
import { calculate } from './answer';

const FEWER = 'give fewer cells';

/** Products of more multiplications than this are left to the worker, so that the page does not freeze. */
const MOST_HERE = 2e7;

/**
 * Multiplies two matrices and adds a bias to every row of the product: what each linear layer of the model does.
 * @customfunction MATMUL
 * @param a A range of numbers, n rows × m columns.
 * @param b A range of numbers, m rows × p columns: as many rows as a has columns.
 * @param [bias] p numbers in one row or one column, or one number for all; left out, 0.
 * @returns n rows × p columns.
 * @example =GPT2.MATMUL({1, 2; 3, 4}, {5, 6; 7, 8})
 * @cancelable
 */
export function matmul(
  a: unknown[][],
  b: unknown[][],
  bias: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return calculate('MATMUL', invocation, async () => {
    const left = numbersOf('a', a);
    const right = numbersOf('b', b);
    if (right.rows !== left.columns) {
      throw messages.wrongShape(
        'b',
        right.rows,
        right.columns,
        `a range with ${left.columns} rows, as many as a (${left.rows}×${left.columns}) has columns`,
      );
    }
    const added = rowOf('bias', bias, right.columns, 0);
    const multiplications = left.rows * left.columns * right.columns;
    const result =
      multiplications > MOST_HERE
        ? await (await engine()).product(left, right, added)
        : product(left, right, added);
    return roundedCells(result, FEWER);
  });
}

/**
 * Turns each row of numbers into weights from 0 to 1 that add up to 1: larger numbers get more. Attention does so with scores, the output with logits.
 * @customfunction SOFTMAX
 * @param cells A range of numbers; each row is taken by itself.
 * @param [temperature] Divides the numbers first: less than 1 sharpens, more than 1 flattens; left out, 1.
 * @returns As many rows and columns as cells.
 * @example =GPT2.SOFTMAX({1, 2, 3})
 * @cancelable
 */
export function softmax(
  cells: unknown[][],
  temperature: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return calculate('SOFTMAX', invocation, () => {
    const { rows, columns, data } = numbersOf('cells', cells);
    const allowed = 'a number above 0 and at most 100';
    const t = number('temperature', temperature, allowed, (n) => n > 0 && n <= 100, 1);
    const weights = new Float64Array(data.length);
    for (let at = 0; at < data.length; at += columns) {
      weights.set(probabilities(data.subarray(at, at + columns), t), at);
    }
    return roundedCells({ rows, columns, data: weights }, FEWER);
  });
}

/**
 * Applies GELU to each number, in GPT-2's tanh form: large numbers stay, negative ones go to nearly 0. The MLP's neurons fire this way.
 * @customfunction GELU
 * @param cells A range of numbers.
 * @returns As many rows and columns as cells.
 * @example =GPT2.GELU({-1, 0, 1})
 * @cancelable
 */
export function gelu(
  cells: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return calculate('GELU', invocation, () => {
    const given = numbersOf('cells', cells);
    return roundedCells({ ...given, data: Float64Array.from(geluOf(given.data)) }, FEWER);
  });
}

/**
 * Applies LayerNorm to each row: brought to mean 0 and variance 1, times the gain, plus the bias.
 * @customfunction NORMALIZE
 * @param cells A range of numbers, n columns wide; each row is taken by itself.
 * @param [gain] n numbers in one row or one column, or one number for all; left out, 1.
 * @param [bias] n numbers in one row or one column, or one number for all; left out, 0.
 * @param [eps] What is added to the variance, so that nothing is divided by 0; left out, 0.00001.
 * @returns As many rows and columns as cells.
 * @example =GPT2.NORMALIZE({1, 2, 3, 4})
 * @cancelable
 */
export function normalize(
  cells: unknown[][],
  gain: unknown[][],
  bias: unknown[][],
  eps: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return calculate('NORMALIZE', invocation, () => {
    const given = numbersOf('cells', cells);
    const times = rowOf('gain', gain, given.columns, 1);
    const plus = rowOf('bias', bias, given.columns, 0);
    const epsilon = number('eps', eps, 'a number above 0 and at most 1', (n) => n > 0 && n <= 1, 1e-5);
    const data = Float64Array.from(layerNorm(given.data, times, plus, epsilon));
    return roundedCells({ ...given, data }, FEWER);
  });
}

/**
 * Hides the future from attention scores: puts -1e10, GPT-2's own mask, above the diagonal, so that SOFTMAX gives 0 there.
 * @customfunction MASK
 * @param scores A square range of numbers: queries down, keys across.
 * @returns As many rows and columns as scores.
 * @example =GPT2.MASK({1, 2; 3, 4})
 * @cancelable
 */
export function mask(
  scores: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return calculate('MASK', invocation, () => {
    const { rows, columns, data } = numbersOf('scores', scores);
    if (rows !== columns) {
      throw messages.wrongShape('scores', rows, columns, 'as many columns as rows: a square of scores');
    }
    const masked = data.map((score, i) => (i % columns > Math.floor(i / columns) ? MASKED : score));
    return roundedCells({ rows, columns, data: masked }, FEWER);
  });
}

/**
 * Compares two ranges cell by cell, to see whether your formulas reproduce the model's. Scores that are -1e10 in both count as equal, not as large.
 * @customfunction CHECK
 * @param a A range of numbers.
 * @param b A range of numbers with as many rows and columns as a.
 * @returns 4 rows × 2 columns, labels on the left: the largest difference; its row and its column in the range, from 1, blank if nothing differs; and the relative error, which is that difference divided by the largest number in either range.
 * @example =GPT2.CHECK({1, 2; 3, 4}, {1, 2; 3, 4.5})
 * @cancelable
 */
export function check(
  a: unknown[][],
  b: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<unknown[][]> {
  return calculate('CHECK', invocation, () => {
    const left = numbersOf('a', a);
    const right = numbersOf('b', b);
    if (left.rows !== right.rows || left.columns !== right.columns) {
      const same = `${left.rows} rows and ${left.columns} columns, as many as a has`;
      throw messages.wrongShape('b', right.rows, right.columns, same);
    }
    const { largest, place, relative } = compare(left, right);
    return [
      ['largest difference', figure(largest)],
      ['row', place?.row ?? ''],
      ['column', place?.column ?? ''],
      ['relative error', figure(relative)],
    ];
  });
}

/** A difference as a short decimal; 0 stands for nothing but 0. */
const figure = (value: number): number => shortest(value) || value;
