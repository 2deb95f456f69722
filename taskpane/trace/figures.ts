import { figure } from '../../src/trace/strings';

/** As many digits as a column shows of its largest number. */
const DIGITS = 5;
/** Beyond these sizes numbers of one column do not fit one number of decimals. */
const LARGEST = 1e7;
const SMALLEST = 1e-4;

/**
 * Numbers of one column, so that their decimal points stand below each other: all with as many decimals as the largest
 * takes. Columns of numbers too large or too small for that are written out one by one. Texts stay as they are.
 */
export function alignedFigures(values: readonly (number | string)[]): string[] {
  const numbers = values.filter((value) => typeof value === 'number');
  const size = Math.max(0, ...numbers.map(Math.abs));
  const fixed = size === 0 || (size < LARGEST && size >= SMALLEST);
  const whole = numbers.every(Number.isInteger);
  const decimals = whole ? 0 : Math.max(0, DIGITS - Math.max(1, Math.floor(Math.log10(size || 1)) + 1));
  return values.map((value) => {
    if (typeof value === 'string') return value;
    if (!fixed) return figure(value);
    const text = value.toFixed(decimals);
    return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
  });
}
