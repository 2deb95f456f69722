import { largest, probabilities, type Sampling, uniform } from '../../gpt2/sampling';
import type { Operand } from '../explanation';
import { callText } from '../formula';
import { figure, strings } from '../strings';
import { type Calculation, LISTED } from './calculation';
import { candidateTable, tokenText } from './rank';

/** Which token a draw falls on, and what it fell among: the arithmetic of `sample`, step by step. */
export function drawFrom(logits: readonly number[], { temperature, topK, topP, seed }: Sampling) {
  const p = probabilities(logits, temperature);
  const order = largest(p, topK || p.length);
  let kept = 0;
  let mass = 0;
  while (kept < order.length && (kept === 0 || mass < topP)) mass += p[order[kept++] as number] as number;
  const chance = uniform(seed);
  let before = 0;
  let at = 0;
  for (; at < kept - 1; at++) {
    const share = p[order[at] as number] as number;
    if (before + share > chance * mass) break;
    before += share;
  }
  return { order: order.slice(0, kept), mass, chance, before, at, p };
}

/** A token drawn by chance, among the likeliest. */
export function drawn(
  logits: Operand,
  input: string,
  sampling: Sampling,
  names: ReadonlyMap<number, string>,
): Calculation {
  const { order, mass, chance, before, at, p } = drawFrom(logits.values, sampling);
  const id = order[at] as number;
  const own = p[id] as number;
  const text = names.get(id) ?? '';
  const { temperature } = sampling;
  return {
    result: text,
    operands: [logits],
    lines: [
      {
        symbols: `p = exp((logit − m) ÷ ${strings.lines.temperature}) ÷ Z`,
        numbers: strings.lines.kept(order.length, figure(mass)),
      },
      {
        symbols: strings.lines.mark,
        numbers: strings.lines.fallsOn(figure(chance * mass), figure(before), figure(before + own), id, text),
      },
    ],
    tables: [candidateTable(logits.values, order, at, names, temperature)],
    notes: [strings.notes.seed(sampling.seed, figure(chance))],
    write(into) {
      const firsts = (n: number) => `INDEX(${callText('TOP', input, n)},0,3)`;
      const all = order.length === logits.values.length ? logits.inColumn : firsts(order.length);
      const over = into.number(strings.lines.temperature, temperature);
      const most = into.number(strings.lines.largest('logit'), `=MAX(${firsts(1)})`);
      const powers = (cells: string) => [`SUMPRODUCT(EXP((${cells}-`, most, ')/', over, '))'];
      const total = into.number(strings.plan.mass, ['=', ...powers(all)]);
      const mark = into.number(strings.plan.mark, [`=${chance}*`, total]);
      const up = into.number(strings.plan.before, at === 0 ? 0 : ['=', ...powers(firsts(at))]);
      const to = into.number(strings.plan.withIt, ['=', ...powers(firsts(at + 1))]);
      const found = into.number(strings.plan.id, [
        '=IF(AND(',
        ...[up, '<=', mark, ',', mark, '<=', to],
        `),INDEX(${callText('TOP', input, at + 1)},${at + 1},4),-1)`,
      ]);
      return tokenText(into, found, text);
    },
  };
}

/** Ids whose names a table of a draw needs. */
export const namedInDraw = (logits: readonly number[], sampling: Sampling): number[] => {
  const { order, at } = drawFrom(logits, sampling);
  return [...order.slice(0, LISTED), order[at] as number];
};
