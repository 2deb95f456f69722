import { MASKED } from '../../gpt2/activations';
import { figure, strings } from '../strings';
import type { Calculation } from './calculation';

/** A score of a query with a key that comes after it: GPT-2 puts -1e10 in its place, whatever the two are. */
export function masked(symbol: string, query: number, key: number): Calculation {
  return {
    result: MASKED,
    operands: [],
    lines: [
      {
        symbols: `${symbol} = −1e10, ${strings.lines.ifLater}`,
        numbers: `${symbol} = ${figure(MASKED)}, ${strings.lines.isLater(key, query)}`,
      },
    ],
    tables: [],
    notes: [strings.notes.maskedScore(query, key)],
    write(into) {
      const q = into.number(strings.plan.query, query);
      const k = into.number(strings.plan.key, key);
      return into.number(symbol, ['=IF(', k, '>', q, ',-1E+10,0)']);
    },
  };
}
