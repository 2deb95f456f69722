import { ACTIVATIONS, type ActivationName, type Dim, dimension } from '../gpt2/activations';
import { addressOf, addressOfArea, columnName, onSheet } from '../workbook/address';
import { looks } from '../workbook/looks';
import type { Cell, Look, Sheet } from '../workbook/sheet';
import { readingHeight } from '../workbook/text-height';
import type { Choice } from './choice';
import { call } from './formulas';
import type { Subject } from './layout';
import { areasOf, type End, LISTED, likeliest } from './output';
import type { Page } from './page';
import { words } from './strings';
import type { Table } from './table';

/** Where the prompt and the number of its tokens stand on the map. */
export const PROMPT_AT = 'C5';
export const COUNT_AT = 'A6';
const NEXT_AT = 'G5';
const NEXT_TO = 'H5';

/** Rows and columns from 0. */
const FIRST_ROW = 7;
const STAGE = 1;
const FIRST_BLOCK = 2;
/** The prompt's cell reaches over so many columns of blocks. */
const FEWEST_BLOCKS = 4;

/** In pixels. With the pane beside it a window of 1280 shows 880: what the stages are is still in sight with four blocks. */
const WIDTHS = { signs: 28, stages: 124, blocks: 90, shape: 72, about: 304 };
const LEAST_HEIGHT = 24;

interface Given {
  readonly subject: Subject;
  readonly choice: Choice;
  readonly name: string;
  /** All sheets but the map: the embedding's, those of blocks and runs of blocks, the output's. */
  readonly pages: readonly Page[];
  readonly end: End;
}

/** The map of the model: its stages in order, a link to each, the prompt, and what comes out. */
export function mapSheet(given: Given): { sheet: Sheet; next: string } {
  const { subject, name, pages, end } = given;
  const k = Math.min(LISTED, subject.config.vocab_size);
  const [embedding, ...rest] = pages as [Page, ...Page[]];
  const output = rest.at(-1) as Page;
  const blocks = rest.slice(0, -1);
  // Links first, for they are what the map is for; what a stage is stands behind them.
  const shape = FIRST_BLOCK + Math.max(FEWEST_BLOCKS, blocks.length);
  const lines = new Lines(given, shape);

  lines.group(words.map.groups.in, [embedding]);
  lines.text(words.tokens, 'T × 1', words.map.tokensAbout, onSheet(embedding.name, 'B5'));
  for (const table of embedding.tables) lines.stage(table.name, [table]);
  lines.overwritten([embedding]);
  lines.group(words.map.groups.block, blocks);
  for (const stage of STAGES) {
    const tables = blocks.map((page) => page.tables.find(({ name }) => name === stage));
    if (tables.some((table) => table)) lines.stage(stage, tables);
  }
  lines.overwritten(blocks);
  lines.group(words.map.groups.out, [output]);
  for (const table of output.tables) lines.stage(table.name, [table]);
  lines.overwritten([output]);
  const list = lines.row + 1;
  const cells = [
    ...opening(given),
    ...lines.cells,
    ...likeliest(list, k, `=${end.top}`, words.nextTitle),
    ...how(list + k + 3),
  ];
  return {
    next: NEXT_AT,
    sheet: {
      name,
      tab: '#1F5FBF',
      columns: [
        { from: 'A', width: WIDTHS.signs },
        { from: 'B', width: WIDTHS.stages },
        { from: columnName(shape), width: WIDTHS.shape },
        { from: columnName(shape + 1), width: WIDTHS.about },
      ],
      defaultWidth: WIDTHS.blocks,
      rowHeights: { 1: 10, 2: 40, 3: 24, 4: 12, 5: 38, ...lines.heights },
      frozen: { rows: 7, columns: 0 },
      start: PROMPT_AT,
      names: {},
      cells,
      areas: [...areasOf(list + 2, k)],
      scales: [],
    },
  };
}

/** The stages of a block in the order in which they arise. */
const STAGES = (Object.keys(ACTIVATIONS) as ActivationName[]).filter(
  (name) => ACTIVATIONS[name].per === 'layer' && name !== 'result',
);

function opening({ subject, choice, end, pages }: Given): Cell[] {
  const { map } = words;
  const tokens = `ROWS(${call('TOKENS', PROMPT_AT)})`;
  const output = (pages.at(-1) as Page).name;
  return [
    { at: 'B2', content: map.title(subject.name), look: 'title' },
    { at: 'B3', content: map.lead, look: 'lead' },
    { at: 'B5', content: map.prompt, look: 'label' },
    { at: PROMPT_AT, content: subject.prompt, look: 'input', mergedTo: 'F5' },
    { at: NEXT_AT, content: `=IFERROR(${end.next},"…")`, look: 'answer', mergedTo: NEXT_TO },
    { at: COUNT_AT, content: `=IF(${tokens}>${choice.room},NA(),${tokens})`, look: 'position' },
    {
      at: 'C6',
      content: `=${tokens}&IF(${tokens}>${choice.room},${map.tooLong(choice.room)},${map.room(choice.room)})`,
      look: 'hint',
    },
    { at: 'B6', content: words.tokensLong, look: 'hint' },
    { at: 'G6', content: map.next, look: 'hint' },
    {
      at: 'G7',
      content:
        `=IF(ISERROR(${end.next}),"${map.error}",IF(${end.next}=${call('NEXT', PROMPT_AT)},"${map.same}",` +
        `"${map.other}"&${call('NEXT', PROMPT_AT)}&"${map.otherEnd}"))`,
      look: 'hint',
    },
    { at: 'C7', content: map.linkHint(output), look: 'hint' },
  ];
}

/** How a number is overwritten, in a few lines. */
function how(row: number): Cell[] {
  return [
    { at: addressOf(row, 1), content: words.map.howTitle, look: 'heading' },
    ...words.map.how.map(
      (content, i): Cell => ({ at: addressOf(row + 1 + i, 1), content, look: 'explanation' }),
    ),
  ];
}

/** The lines of the map from its first row down, one for each stage, with a column for each block. */
class Lines {
  readonly cells: Cell[] = [];
  readonly heights: Record<number, number> = {};
  row = FIRST_ROW;

  /** @param shape the column with the shapes; what the stages are is in the next */
  constructor(
    private readonly given: Given,
    private readonly shape: number,
  ) {}

  /** A group of stages, with the sheets on which they are. */
  group(title: string, pages: readonly Page[]): void {
    this.row++;
    this.heights[this.row + 1] = 32;
    this.#put(STAGE, title, 'heading');
    pages.forEach(({ name }, i) => {
      this.#put(FIRST_BLOCK + i, name, 'linkHeading', onSheet(name, 'A1'));
    });
    this.row++;
    this.#put(STAGE, words.map.stage, 'caption');
    for (let column = FIRST_BLOCK; column < this.shape; column++) this.#put(column, '', 'caption');
    this.#put(this.shape, words.map.shape, 'caption');
    this.#put(this.shape + 1, words.map.about, 'caption');
    this.row++;
  }

  /** A stage, and where it is on each sheet that has it. */
  stage(name: ActivationName, tables: readonly (Table | undefined)[]): void {
    const { shape, about } = ACTIVATIONS[name];
    this.#put(0, this.#sign(name), 'position');
    this.#put(STAGE, name, 'stage');
    this.#about(this.#shapeOf(shape), about);
    tables.forEach((table, i) => {
      if (table) this.#put(FIRST_BLOCK + i, name, 'link', onSheet(table.sheet, table.heading));
      else this.#put(FIRST_BLOCK + i, '·', 'position');
    });
    this.row++;
  }

  text(name: string, shape: string, about: string, to: string): void {
    this.#put(STAGE, name, 'stage');
    this.#about(shape, about);
    this.#put(FIRST_BLOCK, name, 'link', to);
    this.row++;
  }

  /** How many numbers are overwritten on each sheet. */
  overwritten(pages: readonly Page[]): void {
    this.#put(STAGE, words.map.overwritten, 'quiet');
    pages.forEach((page, i) => {
      const yellow = page.tables.map((table) => onSheet(page.name, addressOfArea(table.yellow)));
      this.#put(FIRST_BLOCK + i, `=COUNT(${yellow.join(',')})`, 'quiet');
    });
    this.row++;
  }

  /** What a stage is, in a row as high as that needs. */
  #about(shape: string, about: string): void {
    this.#put(this.shape, shape, 'hint');
    this.#put(this.shape + 1, about, 'aside');
    const height = readingHeight(about, looks.aside, WIDTHS.about);
    this.heights[this.row + 1] = Math.max(LEAST_HEIGHT, height);
  }

  /** What is added to the stream has a plus before it. */
  #sign(name: ActivationName): string {
    return name === 'attn_out' || name === 'mlp_out' || name === 'pos_embed' ? '+' : '↓';
  }

  #shapeOf(dims: readonly Dim[]): string {
    const { config } = this.given.subject;
    const plain = dims.filter((dim) => dim !== 'H');
    return plain.map((dim) => (dim === 'T' ? 'T' : String(dimension(dim, config, 0)))).join(' × ');
  }

  #put(column: number, content: string, look: Look, link?: string): void {
    if (content === '' && look !== 'caption') return;
    this.cells.push({ at: addressOf(this.row, column), content, look, ...(link && { link }) });
  }
}
