import { ACTIVATIONS, type ActivationName } from '../gpt2/activations';
import { addressOf, addressOfArea, onSheet } from '../workbook/address';
import { type Shading, shadeOf } from '../workbook/shades';
import type { Cell, ColourScale, Look, Sheet } from '../workbook/sheet';
import { COUNT, call, overwritable, typedInto, unlessOverwritten } from './formulas';
import { words } from './strings';
import type { Table } from './table';

/** Places on other sheets that every page knows. */
export interface Places {
  /** Such as `Map!$C$5`: the prompt. */
  readonly prompt: string;
  /** Such as `Map!$B$7`: how many tokens it is, or #N/A when there is no room for them. */
  readonly count: string;
  /** Cells of positions and tokens that every table has at its side, without those that the prompt does not fill. */
  readonly labels: string;
}

/** Where a link leads, and what it says. */
export interface Link {
  readonly text: string;
  /** Such as `Map!A1`. */
  readonly to: string;
}

/** One activation in a band, or one head's. */
export interface Part {
  readonly layer?: number;
  readonly head?: number;
  readonly columns: number;
  /** → [T, columns], without the equals sign. */
  readonly stage: string;
  /** What stands in its place when a number of the tables before it is overwritten, and which those are. */
  readonly fromCells?: { readonly stage: string; readonly before: readonly Table[] };
  /** What the columns are: dimensions from 0, or the prompt's tokens. */
  readonly across: 'dimensions' | 'tokens';
}

/** An activation as a table across the sheet, or one table for each head side by side. */
export interface Band {
  readonly name: ActivationName;
  /** Said in place of the activation's own lines. */
  readonly instead?: { readonly about: string; readonly math: string };
  /** More to say than the activation's own line. */
  readonly more?: string;
  /** The formula of its stage, as people read it. */
  readonly formula?: string;
  readonly weights?: string;
  readonly parts: readonly Part[];
}

/** Rows and columns from 0. */
const FIRST_COLUMN = 2;
const FIRST_ROW = 4;
const FROZEN_ROWS = 3;

const LOOKS: Readonly<Partial<Record<ActivationName, readonly [Look, Shading]>>> = {
  pattern: ['number', 'sequential'],
  attn_scores: ['maskedNumber', 'diverging'],
};

/** A sheet with tables one below another, labels in view at its side, and the way to other sheets at its top. */
export class Page {
  readonly tables: Table[] = [];
  readonly #cells: Cell[] = [];
  readonly #areas: { range: string; look: Look }[] = [];
  readonly #scales: ColourScale[] = [];
  readonly #heights: Record<number, number> = { 1: 40, 2: 24, 3: 26, 4: 10 };
  readonly #widths: Sheet['columns'][number][] = [
    { from: 'A', width: 44 },
    { from: 'B', width: 136 },
  ];
  readonly #jumps: Link[] = [];
  #row = FIRST_ROW;

  constructor(
    readonly name: string,
    private readonly title: string,
    private readonly room: number,
    /** Columns that are labelled and can be overwritten. */
    private readonly columns: number,
    private readonly places: Places,
  ) {}

  /** Adds an activation below what is there. @returns its tables, one for each part */
  band({ name, instead, more, formula, weights, parts }: Band): Table[] {
    const { about, math } = { ...ACTIVATIONS[name], ...instead };
    const top = this.#row;
    const byHead = parts.some(({ head }) => head !== undefined);
    const switched = parts.some(({ fromCells }) => fromCells);
    const how = weights ? `${math}    ${words.weights(weights)}` : math;
    const hints =
      switched && formula ? [words.bothWays(formula), how] : [formula ? `${formula}:  ${how}` : how];
    this.#put(top, 1, name, 'heading');
    this.#put(top, FIRST_COLUMN, more ? `${about} ${more}` : about, 'explanation');
    this.#heights[top + 1] = 32;
    this.#jumps.push({ text: name, to: onSheet(this.name, addressOf(top, 1)) });
    let row = top + 1;
    for (const hint of hints) this.#put(row++, FIRST_COLUMN, hint, 'hint');
    const heads = byHead ? row++ : undefined;
    const before = switched ? row++ : undefined;
    if (before !== undefined) this.#put(before, 1, words.before, 'hint');
    const header = row;
    const body = header + 1;
    const yellow = body + this.room + 1;
    this.#labels(header, body);
    this.#put(yellow - 1, 1, words.overwrite, 'caption');
    this.#put(yellow - 1, FIRST_COLUMN, words.overwriteHow, 'hint');
    this.#labels(undefined, yellow);

    let left = FIRST_COLUMN;
    const tables = parts.map((part) => {
      if (heads !== undefined && part.head !== undefined)
        this.#put(heads, left, words.head(part.head), 'head');
      const counted = part.fromCells && before !== undefined ? addressOf(before, left) : undefined;
      const stage = this.#stage(part, counted);
      const places = { heading: addressOf(top, 1), ...(counted && { before: counted }) };
      const table = this.#table(name, { ...part, stage }, places, { header, left, yellow });
      left += part.columns + 1;
      return table;
    });
    this.tables.push(...tables);
    this.#row = yellow + this.room + 2;
    return tables;
  }

  /** Adds the prompt's tokens, to whose labels every table refers. @param top the row of the first, from 0 */
  tokens(prompt: string, top: number): void {
    const bottom = top + this.room - 1;
    const [at, left] = [this.#row, FIRST_COLUMN];
    this.#put(at, 1, words.tokens, 'heading');
    this.#put(at, left, words.map.tokensAbout, 'explanation');
    this.#put(
      at + 1,
      left,
      words.tokensHow(['TOKENS', 'IDS'].map((name) => call(name, words.promptName))),
      'hint',
    );
    this.#heights[at + 1] = 32;
    this.#jumps.push({ text: words.tokens, to: onSheet(this.name, addressOf(at, 1)) });
    this.#put(top - 1, 0, '#', 'captionOfPositions');
    this.#put(top - 1, 1, words.token, 'caption');
    this.#put(top - 1, left, words.id, 'captionOfNumbers');
    this.#cells.push(
      { at: addressOf(top, 0), content: labelsFor(prompt), spillsTo: addressOf(bottom, 1) },
      {
        at: addressOf(top, left),
        content: `=TAKE(${call('IDS', prompt)},${COUNT})`,
        spillsTo: addressOf(bottom, left),
      },
    );
    this.#areas.push(
      { range: `A${top + 1}:A${bottom + 1}`, look: 'position' },
      { range: `B${top + 1}:B${bottom + 1}`, look: 'token' },
      { range: addressOfArea({ top, left, bottom, right: left }), look: 'id' },
    );
    this.#row = bottom + 3;
  }

  /** Adds cells of another kind at the end. @param heights in pixels, by row number from 1 @param widths in pixels */
  add(
    cells: readonly Cell[],
    areas: Sheet['areas'],
    heights: Sheet['rowHeights'],
    widths: Sheet['columns'],
  ): void {
    Object.assign(this.#heights, heights);
    this.#widths.push(...widths);
    this.#cells.push(...cells);
    this.#areas.push(...areas);
  }

  /** The first free row, from 0. */
  get row(): number {
    return this.#row;
  }

  /** The sheet as it is now. @param links to other sheets, the first to the map */
  sheet(links: readonly Link[]): Sheet {
    return {
      name: this.name,
      columns: this.#widths,
      defaultWidth: 64,
      rowHeights: this.#heights,
      frozen: { rows: FROZEN_ROWS, columns: FIRST_COLUMN },
      start: addressOf(FIRST_ROW, FIRST_COLUMN),
      names: {},
      cells: [...this.#head(links), ...this.#cells],
      areas: this.#areas,
      scales: this.#scales,
    };
  }

  #head(links: readonly Link[]): Cell[] {
    const yellow = this.tables.map((table) => addressOfArea(table.yellow));
    // Two columns for what is on this sheet, four for other sheets, whose names are longer.
    const jumps = [
      ...links.slice(1).map((link) => ({ ...link, wide: 3 })),
      ...this.#jumps.map((link) => ({ ...link, wide: 2 })),
    ];
    let column = FIRST_COLUMN;
    return [
      { at: 'C1', content: this.title, look: 'title' },
      { at: 'A2', content: `=${this.places.count}`, look: 'position' },
      { at: 'B2', content: words.tokensLong, look: 'hint' },
      {
        at: 'C2',
        content: yellow.length === 0 ? '' : `="${words.overwritten}"&COUNT(${yellow.join(',')})`,
        look: 'hint',
      },
      ...links.slice(0, 1).map(({ text, to }): Cell => ({ at: 'B3', content: text, link: to, look: 'link' })),
      ...jumps.map(({ text, to, wide }): Cell => {
        const at = addressOf(2, column);
        column += wide;
        return { at, content: text, link: to, look: 'link' };
      }),
    ];
  }

  /** The formula of a part's stage. @param at the cell that is to count what is overwritten before it */
  #stage({ stage, fromCells }: Part, at: string | undefined): string {
    if (!fromCells || !at) return stage;
    this.#cells.push({ at, content: `=${typedInto(fromCells.before)}`, look: 'quiet' });
    return unlessOverwritten(at, stage, fromCells.stage);
  }

  /** @param at rows and columns from 0: of the dimensions' numbers, and where the table and its yellow cells begin */
  #table(
    name: ActivationName,
    { layer, head, columns, stage, across }: Part,
    places: Pick<Table, 'heading' | 'before'>,
    { header, left, yellow: yellowTop }: Record<'header' | 'left' | 'yellow', number>,
  ): Table {
    const top = header + 1;
    const square = across === 'tokens';
    const bottom = top + this.room - 1;
    const right = left + columns - 1;
    const shown = square ? columns : Math.min(columns, this.columns);
    const area = { top, left, bottom, right };
    const yellow = { top: yellowTop, left, bottom: yellowTop + this.room - 1, right: left + shown - 1 };
    const narrow = shown < columns;

    this.#cells.push(
      {
        at: addressOf(header, left),
        content: square ? `=TRANSPOSE(TAKE(${this.places.labels},${COUNT},-1))` : `=SEQUENCE(1,${columns},0)`,
        spillsTo: addressOf(header, right),
      },
      {
        at: addressOf(top, left),
        content: overwritable(stage, addressOfArea(yellow), { square, columns, narrow }),
        spillsTo: addressOf(bottom, right),
      },
    );
    const [look, shading] = LOOKS[name] ?? ['number', 'diverging'];
    this.#areas.push(
      {
        range: addressOfArea({ top: header, left, bottom: header, right }),
        look: square ? 'tokenAcross' : 'captionOfPositions',
      },
      { range: addressOfArea(area), look },
      { range: addressOfArea(yellow), look: 'overwrite' },
    );
    this.#scales.push(shadeOf(addressOfArea(area), shading));
    return {
      name,
      sheet: this.name,
      ...places,
      area,
      square,
      yellow,
      ...(layer !== undefined && { layer }),
      ...(head !== undefined && { head }),
    };
  }

  /** Positions and tokens at the side of a table. @param header the row of their captions, if they have any */
  #labels(header: number | undefined, top: number): void {
    if (header !== undefined) {
      this.#put(header, 0, '#', 'captionOfPositions');
      this.#put(header, 1, words.token, 'caption');
    }
    const bottom = top + this.room - 1;
    this.#cells.push({
      at: addressOf(top, 0),
      content: `=TAKE(${this.places.labels},${COUNT})`,
      spillsTo: addressOf(bottom, 1),
    });
    this.#areas.push(
      { range: `A${top + 1}:A${bottom + 1}`, look: 'position' },
      { range: `B${top + 1}:B${bottom + 1}`, look: 'token' },
    );
  }

  #put(row: number, column: number, content: string | number, look: Look): void {
    this.#cells.push({ at: addressOf(row, column), content, look });
  }
}

/** The labels of the prompt's tokens, as every table has them at its side: positions and tokens. */
export const labelsFor = (prompt: string): string =>
  `=HSTACK(SEQUENCE(${COUNT},1,0),TAKE(${call('TOKENS', prompt)},${COUNT}))`;
