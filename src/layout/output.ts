import type { Config } from '../gpt2/config';
import { addressOf, onSheet } from '../workbook/address';
import type { Cell } from '../workbook/sheet';
import { call, cellsForm, numbersOf, stageOf } from './formulas';
import type { Page } from './page';
import { words } from './strings';
import type { Table } from './table';

/** How many of the likeliest next tokens are listed, where the vocabulary has so many. */
export const LISTED = 10;

/** What comes out of the model. Addresses name their sheet. */
export interface End {
  /** [k, 4]: token, probability, logit, id. */
  readonly top: string;
  /** The next token. */
  readonly next: string;
}

/** Lays out the last norm and the likeliest next tokens. @param stream → [T, d_model], as it leaves the last block */
export function layOutput(page: Page, config: Config, stream: string): End {
  const [final] = page.band({
    name: 'ln_final',
    formula: stageOf('ln_final', { input: 'resid_post' }),
    weights: `ln_f.weight [${config.n_embd}], ln_f.bias [${config.n_embd}]`,
    parts: [
      { columns: config.n_embd, stage: cellsForm('ln_final', { input: stream }), across: 'dimensions' },
    ],
  });
  const rows = numbersOf(final as Table, page.name);
  const k = Math.min(LISTED, config.vocab_size);
  const top = page.row;
  const next = top + k + 3;
  page.add(
    [
      ...likeliest(top, k, `=${call('TOP', rows, k)}`, words.nextTitle),
      { at: addressOf(next, 1), content: words.chosen, look: 'heading' },
      {
        at: addressOf(next, 2),
        content: `=${call('NEXT', rows)}`,
        look: 'answer',
        mergedTo: addressOf(next, 5),
      },
    ],
    areasOf(top + 2, k),
    { [top + 1]: 32, [next + 1]: 40 },
    [{ from: 'C', width: 88 }],
  );
  return {
    top: onSheet(page.name, `B${top + 3}:E${top + 2 + k}`),
    next: onSheet(page.name, addressOf(next, 2)),
  };
}

/** A list of the likeliest tokens, with bars, from column B. @param row the first, from 0 */
export function likeliest(row: number, k: number, formula: string, heading: string): Cell[] {
  const at = (r: number, c: number) => addressOf(row + r, c);
  return [
    { at: at(0, 1), content: heading, look: 'heading' },
    { at: at(0, 2), content: words.nextAbout, look: 'explanation' },
    { at: at(1, 1), content: words.token, look: 'caption' },
    { at: at(1, 2), content: words.probability, look: 'captionOfNumbers' },
    { at: at(1, 3), content: words.logit, look: 'captionOfNumbers' },
    { at: at(1, 4), content: words.id, look: 'captionOfNumbers' },
    { at: at(2, 1), content: formula, spillsTo: at(1 + k, 4) },
    ...Array.from(
      { length: k },
      (_, i): Cell => ({
        at: at(2 + i, 5),
        content: `=" "&REPT("█",ROUND(30*${at(2 + i, 2)},0))`,
        look: 'bar',
      }),
    ),
  ];
}

/** How the list looks. @param row of its first token, from 0 */
export function areasOf(row: number, k: number) {
  const down = (letter: string) => `${letter}${row + 1}:${letter}${row + k}`;
  return [
    { range: down('B'), look: 'token' },
    { range: down('C'), look: 'probability' },
    { range: down('D'), look: 'logit' },
    { range: down('E'), look: 'id' },
  ] as const;
}
