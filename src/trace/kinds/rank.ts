import { largest } from '../../gpt2/sampling';
import type { Operand, Table } from '../explanation';
import { callText } from '../formula';
import type { Ref } from '../plan';
import { figure, strings } from '../strings';
import type { Writing } from '../writing';
import { type Calculation, LISTED } from './calculation';
import { softmaxParts } from './softmax';

/** The tokens of a vocabulary in the order of their logits. */
export interface Ranked {
  /** All of them [V], as a column. */
  readonly logits: Operand;
  /** From 1. */
  readonly rank: number;
  /** The texts of the first tokens, and of the one with this rank. */
  readonly names: ReadonlyMap<number, string>;
}

/** The id, or the text, of the token with a rank. */
export function ranked({ logits, rank, names }: Ranked, what: 'id' | 'text'): Calculation {
  const { values } = logits;
  const id = largest(values, rank)[rank - 1] as number;
  const logit = values[id] as number;
  const text = names.get(id) ?? '';
  return {
    result: what === 'id' ? id : text,
    operands: [logits],
    lines: [
      {
        symbols: strings.lines.ofRank(rank),
        numbers: strings.lines.largestLogit(figure(logit), id, names.get(id)),
      },
    ],
    tables: [candidateTable(values, largest(values, Math.max(rank, LISTED)), rank - 1, names)],
    write(into) {
      const x = into.number(strings.plan.ranked(rank), `=LARGE(${logits.inColumn},${rank})`);
      const found = into.number(strings.plan.id, placeOf(logits, x, id));
      return what === 'id' ? found : tokenText(into, found, text);
    },
  };
}

/** The place of a value among logits. Of equal ones MATCH would find the first. */
function placeOf({ inColumn, values }: Operand, x: Ref, id: number): (string | Ref)[] {
  const before = values.slice(0, id).filter((value) => value === values[id]).length;
  if (before === 0) return ['=MATCH(', x, `,${inColumn},0)-1`];
  const places = `SEQUENCE(${values.length},1,0)`;
  return [`=SMALL((${inColumn}<>`, x, `)*1E+9+${places},${before + 1})`];
}

/** A token's text by its id. TEXT would not show the bytes of a broken character as TOP and NEXT do. */
export function tokenText(into: Writing, id: Ref, text: string): Ref {
  const broken = /\\x[0-9A-F]{2}/.test(text);
  const [before, after] = broken
    ? [`=INDEX(${callText('NEAREST', '').slice(0, -1)}`, ',1),1,1)']
    : [`=${callText('TEXT', '').slice(0, -1)}`, ')'];
  return into.number(strings.plan.token, [before, id, after]);
}

/** The likeliest tokens, with their logits and probabilities; `own` is an index in `order`. */
export function candidateTable(
  values: readonly number[],
  order: readonly number[],
  own: number,
  names: ReadonlyMap<number, string>,
  temperature = 1,
): Table {
  const { powers, total } = softmaxParts(values, temperature);
  const shown = order.slice(0, LISTED);
  const mine = order[own] as number;
  const rows = shown.includes(mine) ? shown : [...shown, mine];
  return {
    caption: strings.tables.candidates,
    headings: [strings.tables.token, strings.tables.rank, 'logit', strings.tables.probability],
    rows: rows.map((id) => ({
      label: strings.axes.id(id, names.get(id)),
      values: [order.indexOf(id) + 1, values[id] as number, (powers[id] as number) / total],
      ...(id === mine && { own: true }),
    })),
    rest: { label: strings.tables.restOfTokens(values.length - rows.length) },
  };
}
