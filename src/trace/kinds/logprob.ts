import { scoreOf } from '../../gpt2/scoring';
import type { Operand } from '../explanation';
import { figure, strings } from '../strings';
import type { Calculation } from './calculation';
import { candidateTable } from './rank';
import { softmaxParts } from './softmax';

/** What LOGPROBS says of one token, besides its text. */
export type Score = 'logprob' | 'bits' | 'rank';

/** How well the model saw a token coming, from the logits [V] of the place before it. */
export function scored(
  what: Score,
  logits: Operand,
  id: number,
  order: readonly number[],
  names: ReadonlyMap<number, string>,
): Calculation {
  const { values } = logits;
  const own = values[id] as number;
  const { largest, total } = softmaxParts(values);
  const { logprob, rank } = scoreOf(values, id);
  const place = order.indexOf(id);
  const table = candidateTable(
    values,
    place >= 0 ? order : [...order, id],
    place >= 0 ? place : order.length,
    names,
  );
  const m = strings.lines.largest('logit');
  const logLine = {
    symbols: `ln p = logit − m − ln(Z), m = ${m}, Z = ${strings.lines.sumOver('exp(logitᵢ − m)')}`,
    numbers: `ln p = ${figure(own)} − ${figure(largest)} − ln(${figure(total)}) = ${figure(logprob)}`,
  };
  const bitsLine = {
    symbols: `${strings.lines.bits} = −ln p ÷ ln 2`,
    numbers: `${strings.lines.bits} = ${figure(-logprob)} ÷ ${figure(Math.LN2)} = ${figure(-logprob / Math.LN2)}`,
  };
  const rankLine = { symbols: strings.lines.rankIs, numbers: strings.lines.larger(rank - 1, rank) };
  return {
    result: what === 'rank' ? rank : what === 'bits' ? -logprob / Math.LN2 : logprob,
    operands: [logits],
    lines: what === 'rank' ? [rankLine] : what === 'bits' ? [logLine, bitsLine] : [logLine],
    tables: [table],
    write(into) {
      const all = logits.inColumn;
      const x = into.number('logit', `=INDEX(${all},${id + 1})`);
      if (what === 'rank') {
        const ties = values.some((value, i) => value === own && i !== id);
        const earlier = [`+SUMPRODUCT((${all}=`, x, `)*(SEQUENCE(${values.length},1,0)<${id}))`];
        return into.number(strings.tables.rank, [
          `=1+SUMPRODUCT((${all}>`,
          x,
          ')*1)',
          ...(ties ? earlier : []),
        ]);
      }
      const most = into.number(m, `=MAX(${all})`);
      const z = into.number('Z', [`=SUMPRODUCT(EXP(${all}-`, most, '))']);
      const log = into.number('ln p', ['=', x, '-', most, '-LN(', z, ')']);
      return what === 'bits' ? into.number(strings.lines.bits, ['=-', log, '/LN(2)']) : log;
    },
  };
}
