import { type ActivationName, sourcesOf } from '../../src/gpt2/activations';
import type { Numbers } from '../../src/gpt2/arithmetic';
import type { Config } from '../../src/gpt2/config';
import { type Activations, keyOf } from '../../src/gpt2/reference';
import type { Table } from '../../src/layout/table';
import { addressOf, addressOfArea, onSheet, sizeOf } from '../../src/workbook/address';
import type { Call } from './formulas';

/** The cells of a table that a prompt of `tokens` tokens fills. */
export function filledBy({ sheet, area, square }: Table, tokens: number): string {
  const { top, left } = area;
  const right = left + (square ? tokens : sizeOf(area).columns) - 1;
  return onSheet(sheet, addressOfArea({ top, left, bottom: top + tokens - 1, right }));
}

/** The yellow cell that overwrites one number of a table. */
export const yellowAt = ({ sheet, yellow }: Table, row: number, column: number): string =>
  onSheet(sheet, addressOf(yellow.top + row, yellow.left + column));

/** The stream that the cells form of a stage of a block takes. */
export const streamOf = (name: ActivationName): ActivationName | undefined =>
  ['ln_1', 'q', 'k', 'v', 'attn_scores', 'pattern', 'z', 'attn_out'].includes(name)
    ? 'resid_pre'
    : ['ln_2', 'mlp_pre', 'mlp_post', 'mlp_out'].includes(name)
      ? 'resid_mid'
      : undefined;

/** What lies between that stream and a table, on its sheet; of one head unless the table is all heads'. */
export function tablesBefore({ name, sheet, head }: Table, tables: readonly Table[]): Table[] {
  const stream = streamOf(name);
  if (!stream) return [];
  const names = new Set<ActivationName>();
  const visit = (each: ActivationName) => {
    for (const source of sourcesOf(each)) {
      if (source === stream) continue;
      names.add(source);
      visit(source);
    }
  };
  visit(name);
  const near = (other: number | undefined) => head === undefined || other === undefined || other === head;
  return tables.filter((each) => each.sheet === sheet && names.has(each.name) && near(each.head));
}

/** A table's numbers in the reference, as many columns as it shows, by rows. */
export function rightOf(table: Table, acts: Activations, config: Config, tokens: number): Numbers {
  const { name, layer = 0, head } = table;
  const all = acts.get(keyOf(name, layer)) as Numbers;
  const width = table.square ? tokens : sizeOf(table.area).columns;
  if (head !== undefined) {
    const size = all.length / config.n_head;
    return all.slice(head * size, (head + 1) * size);
  }
  const columns = all.length / tokens;
  return Float64Array.from(
    { length: tokens * width },
    (_, i) => all[Math.floor(i / width) * columns + (i % width)] as number,
  );
}

/** Where in the reference's activation a number of a table lies. */
export function indexOf(
  { head = 0, square, name }: Table,
  row: number,
  column: number,
  { n_embd, n_head, n_inner }: Config,
  tokens: number,
): number {
  const byHead = ['q', 'k', 'v', 'z', 'attn_scores', 'pattern'].includes(name);
  const hidden = name === 'mlp_pre' || name === 'mlp_post';
  const width = square ? tokens : byHead ? n_embd / n_head : hidden ? n_inner : n_embd;
  return ((byHead ? head * tokens : 0) + row) * width + column;
}

/** The formula that gives the same for a prompt, as the whole model computes it. */
export function promptForm({ name, layer, head }: Table, prompt: string): Call {
  const input = [[prompt]];
  switch (name) {
    case 'embed':
      return ['EMBED', input];
    case 'pos_embed':
      return ['POSITION', input];
    case 'resid_pre':
    case 'resid_mid':
    case 'resid_post':
      return ['RESID', input, layer, name.slice('resid_'.length)];
    case 'ln_1':
    case 'ln_2':
      return ['LAYERNORM', input, layer, name];
    case 'ln_final':
      return ['FINAL', input];
    case 'attn_out':
      return ['ATTN_OUT', input, layer];
    case 'mlp_pre':
    case 'mlp_post':
    case 'mlp_out':
      return [name.toUpperCase(), input, layer];
    default:
      return [OF_HEADS[name as keyof typeof OF_HEADS], input, layer, head];
  }
}

const OF_HEADS = {
  q: 'QUERY',
  k: 'KEY',
  v: 'VALUE',
  attn_scores: 'SCORES',
  pattern: 'ATTN',
  z: 'HEAD',
} as const;
