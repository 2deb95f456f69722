import { type Term, write } from '../../src/catalogue/terms';
import { NAMESPACE } from '../../src/namespace';
import type { CallableInfo, Caller } from './call';

/** A call that a formula refused, and what it said. */
export interface Refusal {
  readonly formula: string;
  readonly code: string;
  readonly message: string;
}

/** Arguments that hardly anything takes; each formula is asked about all of them. */
const BAD_VALUES: readonly Term[] = [
  { text: '"x"', value: 'x' },
  { text: '999', value: 999 },
  { text: '-5', value: -5 },
  { text: '0.5', value: 0.5 },
];

const BAD_RANGES: readonly Term[] = [
  { text: '{"one"; "two"}', value: [['one'], ['two']] },
  { text: '{1, 2, 3}', value: [[1, 2, 3]] },
  { text: '{"x"; 1}', value: [['x'], [1]] },
  { text: '{0, 0}', value: [[0, 0]] },
  { text: '99999', value: 99999 },
  { text: '1.5', value: 1.5 },
  { text: '"x"', value: 'x' },
  { text: '""', value: '' },
  { text: 'TRUE', value: true },
  { text: 'REPT("so ", 300)', value: 'so '.repeat(300) },
  { text: 'NA()', value: '#N/A' },
];

/**
 * What a formula says to bad arguments, found by calling it: its example, with one argument after the other spoilt.
 * Of sentences that ask for the same thing, the first stands for all.
 */
export async function refusalsOf(
  caller: Caller,
  info: CallableInfo,
  example: readonly Term[],
): Promise<Refusal[]> {
  const found = new Map<string, Refusal>();
  for (const [place, parameter] of info.parameters.entries()) {
    const matrix = parameter.dimensionality === 'matrix';
    const bad: (Term | undefined)[] = [...(matrix ? BAD_RANGES : BAD_VALUES)];
    if (!parameter.optional && !matrix) bad.push(undefined);
    for (const term of bad) {
      const terms = info.parameters.map((_, i) => (i === place ? term : example[i]));
      const outcome = await caller.call(info.id, terms);
      if (!('code' in outcome)) continue;
      const asksFor = `${parameter.name}:${outcome.message.replace(/^[^:]*:/, '')}`;
      if (!found.has(asksFor)) {
        found.set(asksFor, { formula: `=${write(`${NAMESPACE}.${info.id}`, terms)}`, ...outcome });
      }
    }
  }
  return [...found.values()];
}
