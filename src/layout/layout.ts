import type { Config } from '../gpt2/config';
import { addressOf, onSheet } from '../workbook/address';
import type { Book, Sheet } from '../workbook/sheet';
import { layBlock } from './block';
import { type Choice, stepsOf } from './choice';
import { layEmbedding } from './embedding';
import { call, numbersOf } from './formulas';
import { COUNT_AT, mapSheet, PROMPT_AT } from './map';
import { layOutput } from './output';
import { type Link, Page, type Places } from './page';
import { words } from './strings';
import type { Table } from './table';

/** The model that is laid out, and for which prompt at first. */
export interface Subject {
  readonly config: Config;
  readonly name: string;
  readonly prompt: string;
}

/** The sheets of a layout, and what is where on them. */
export interface Layout {
  readonly sheets: readonly Sheet[];
  readonly tables: readonly Table[];
  /** Where the next token stands, such as `Map!H5`. */
  readonly next: string;
  /** The likeliest tokens with probability, logit and id, a row each. */
  readonly top: string;
  readonly prompt: string;
}

/**
 * The whole model in cells: a map, the embeddings, a sheet for each chosen block, one formula for each run of others,
 * and the output. Every table is computed from the cells of those before it, and follows the prompt on the map.
 */
export const layoutOf =
  (subject: Subject, choice: Choice): Book =>
  (named) =>
    laidOut(subject, choice, named).sheets;

/** The same, with what is where. @param named the name that a sheet gets, by the one it wishes for */
export function laidOut(
  subject: Subject,
  choice: Choice,
  named: (wish: string) => string = (wish) => wish,
): Layout {
  const { config } = subject;
  const map = named(words.sheets.map);
  const absolute = (at: string) => at.replace(/^([A-Z]+)(\d+)$/, '$$$1$$$2');
  const embedding = named(words.sheets.embedding);
  const prompt = onSheet(map, absolute(PROMPT_AT));
  const labels = onSheet(embedding, `$A$${LABELS_ROW + 1}:$B$${LABELS_ROW + choice.room}`);
  const places: Places = { prompt, count: onSheet(map, absolute(COUNT_AT)), labels };
  const page = (wish: string, title: string) =>
    new Page(named(wish), title, choice.room, choice.columns, places);

  const first = page(words.sheets.embedding, words.titles.embedding);
  const { embed, places: positions } = layEmbedding(first, config, prompt, LABELS_ROW);
  const pages = [first];
  let last: Table | undefined;
  for (const { from, to, shown } of stepsOf(config, choice)) {
    const wish = shown ? words.sheets.block(from) : words.sheets.blocks(from, to);
    const title = shown ? words.titles.block(from, config.n_layer) : words.titles.blocks(from, to);
    const here = page(wish, title);
    const enters = (last ? [last] : [embed, positions]).map((table) => numbersOf(table, here.name)).join('+');
    if (shown) last = layBlock({ page: here, config, choice, layer: from }, enters);
    else last = runOfBlocks(here, config, from, to, enters);
    pages.push(here);
  }
  const output = page(words.sheets.output, words.titles.output);
  const end = layOutput(output, config, numbersOf(last as Table, output.name));
  pages.push(output);

  const tables = pages.flatMap(({ tables }) => tables);
  const links = linksOf(map, pages);
  const { sheet, next } = mapSheet({ subject, choice, name: map, pages, end });
  return {
    sheets: [sheet, ...pages.map((each, i) => each.sheet(links[i] as Link[]))],
    tables,
    next: onSheet(map, next),
    top: end.top,
    prompt: onSheet(map, PROMPT_AT),
  };
}

/** The row, from 0, from which the embedding's sheet has the tokens that every table refers to. */
const LABELS_ROW = 7;

function runOfBlocks(page: Page, config: Config, from: number, to: number, enters: string): Table {
  const [pre] = page.band({
    name: 'resid_pre',
    parts: [{ layer: from, columns: config.n_embd, stage: enters, across: 'dimensions' }],
  });
  const stage = call('BLOCK', numbersOf(pre as Table, page.name), from, to);
  const [post] = page.band({
    name: 'resid_post',
    instead: words.run(from, to),
    formula: call('BLOCK', 'resid_pre', from, to).replaceAll(',', ', '),
    parts: [{ layer: to, columns: config.n_embd, stage, across: 'dimensions' }],
  });
  return post as Table;
}

/** The ways from each page: to the map, to the one before and to the one after. */
function linksOf(map: string, pages: readonly Page[]): Link[][] {
  const to = (name: string) => onSheet(name, addressOf(0, 0));
  return pages.map((_, i) => {
    const [before, after] = [pages[i - 1], pages[i + 1]];
    return [
      { text: words.links.map, to: to(map) },
      ...(before ? [{ text: words.links.before(before.name), to: to(before.name) }] : []),
      ...(after ? [{ text: words.links.after(after.name), to: to(after.name) }] : []),
    ];
  });
}
