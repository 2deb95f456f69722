import { NAMESPACE } from '../namespace';
import { addressOf } from '../workbook/address';
import { looks } from '../workbook/looks';
import { shadeOf } from '../workbook/shades';
import type { Cell, Chart, ColourScale, Look, Sheet } from '../workbook/sheet';
import type { Field, FillIn, Grid, Lesson, LessonModel, Part, Picture, Predict, Show } from './lesson';
import { isRight } from './marking';
import { type Place, resolve } from './references';
import { strings } from './strings';
import { heightOf } from './text-height';

/** The columns, from 0: a margin, numbers of steps and rows, labels, and then the grid of the tables. */
const NUMBERS = 1;
const LABELS = 2;
const FIRST = 3;
/** The last column of the reading width. */
const LAST = 9;
/** Their widths in pixels. */
const WIDTHS = { margin: 16, numbers: 44, labels: 152, grid: 84 };
export const READING_WIDTH = WIDTHS.labels + (LAST - FIRST + 1) * WIDTHS.grid;
/** A row of a table, and one with something to type. */
const ROW = 24;
const BAR = 32;
/** One for a text, which may take two lines. */
const TEXT_BAR = 46;
const CHART_ROWS = 12;
/** How much wider bold letters are. */
const BOLD = 1.17;

/** A question of a lesson, by the cells that a student or a test uses. */
export interface Question {
  readonly part: FillIn | Predict;
  /** The number of its step. */
  readonly step: number;
  /** Where the student types. */
  readonly cell: string;
  /** Where ✓ appears, and the words beside it; of fill-ins and exercises. */
  readonly tick?: string;
  readonly mark?: string;
  /** Where the student asks for the answer, and where it shows; of predictions. */
  readonly ask?: string;
  readonly answer?: string;
}

/** A lesson on its sheet, with what else is known of it. */
export interface LaidOut {
  readonly sheet: Sheet;
  readonly questions: readonly Question[];
  readonly places: ReadonlyMap<string, Place>;
}

/** What is written before and behind this lesson, as their sheets are called. */
export interface Neighbours {
  readonly previous?: string;
  readonly next?: string;
}

/** Puts a lesson on a sheet. @param of how many lessons there are in the course */
export function layOut(
  lesson: Lesson,
  model: LessonModel,
  name: string,
  of: number,
  neighbours: Neighbours = {},
): LaidOut {
  return new Page(lesson, model, name).laidOut(of, neighbours);
}

/** A text of a lesson with the namespace that the build has. */
const named = (content: string): string => content.replaceAll('GPT2.', `${NAMESPACE}.`);

type Framed = Pick<Show, 'key' | 'sides' | 'heads' | 'look' | 'shade'>;

/** A sheet on its way, written from top to bottom; references are resolved when everything has its place. */
class Page {
  /** The row that is written next, from 0. */
  #row = 0;
  readonly #cells: Cell[] = [];
  readonly #areas: { range: string; look: Look }[] = [];
  readonly #scales: ColourScale[] = [];
  readonly #charts: (Picture & { at: string })[] = [];
  readonly #heights: Record<number, number> = {};
  readonly #places = new Map<string, Place>();
  readonly #questions: Question[] = [];
  #step = 0;
  /** The block that was written last. */
  #last: Place = { row: 0, column: FIRST, rows: 0, columns: 0 };

  constructor(
    readonly lesson: Lesson,
    readonly model: LessonModel,
    readonly name: string,
  ) {}

  laidOut(of: number, neighbours: Neighbours): LaidOut {
    this.#head(of, neighbours);
    for (const step of this.lesson.steps(this.model)) {
      this.#step++;
      this.#space(22);
      this.#put(NUMBERS, this.#step, 'stepNumber');
      this.#put(LABELS, step.title, 'stepTitle');
      this.#end(36);
      for (const part of step.parts) this.#part(part);
    }
    this.#space(40);
    const resolved = (content: string) => named(resolve(content, this.#places));
    return {
      places: this.#places,
      questions: this.#questions,
      sheet: {
        name: this.name,
        columns: [
          { from: 'A', width: WIDTHS.margin },
          { from: 'B', width: WIDTHS.numbers },
          { from: 'C', width: WIDTHS.labels },
        ],
        defaultWidth: WIDTHS.grid,
        rowHeights: this.#heights,
        frozen: { rows: 3, columns: 0 },
        start: this.#questions[0]?.cell ?? 'C2',
        names: {},
        cells: this.#cells.map((cell) =>
          typeof cell.content === 'string' ? { ...cell, content: resolved(cell.content) } : cell,
        ),
        areas: this.#areas,
        scales: this.#scales,
        ...(this.#charts.length > 0 && { charts: this.#charts.map((chart) => chartOf(chart, resolved)) }),
      },
    };
  }

  #head(of: number, { previous, next }: Neighbours): void {
    const { number, title, minutes, goal } = this.lesson;
    this.#end(10);
    this.#put(LABELS, title, 'title');
    this.#end(42);
    this.#put(LABELS, strings.about(number, of, minutes, this.model.name), 'hint');
    if (previous) this.#link(LAST - 3, strings.previous(previous), previous);
    if (next) this.#link(LAST - 1, strings.next(next), next);
    this.#end(26);
    this.#space(10);
    this.#reading(strings.goal(goal), 'goal', 10);
    this.#put(LABELS, strings.legend, 'hint');
    this.#end(ROW);
  }

  #link(column: number, content: string, sheet: string): void {
    const quoted = sheet.replaceAll("'", "''");
    this.#cells.push({
      at: addressOf(this.#row, column),
      content,
      look: 'link',
      link: `'${quoted}'!C2`,
      mergedTo: addressOf(this.#row, column + 1),
    });
  }

  #part(part: Part): void {
    if (part.kind === 'text') this.#reading(part.text, 'body');
    else if (part.kind === 'source') this.#reading(strings.source(part.text), 'source', 0, part.link);
    else if (part.kind === 'input' || part.kind === 'given') this.#field(part);
    else if (part.kind === 'show') this.#show(part);
    else if (part.kind === 'grid') this.#grid(part);
    else if (part.kind === 'predict') this.#predict(part);
    else if (part.kind === 'chart') this.#chart(part);
    else if (part.kind === 'fillIn' || part.kind === 'exercise') this.#fillIn(part);
  }

  #field({ kind, key, label, content }: Field): void {
    const wide = typeof content === 'string';
    const look = kind === 'given' ? 'given' : wide ? 'guess' : 'choice';
    this.#place(key, FIRST, 1, 1);
    this.#put(LABELS, label, 'field');
    this.#put(FIRST, content, look, wide ? LAST : undefined);
    const width = (LAST - FIRST + 1) * WIDTHS.grid;
    this.#end(Math.max(BAR, wide ? heightOf(content, looks[look].size, width) : 0));
    this.#space(8);
  }

  #show(part: Show): void {
    this.#put(LABELS, strings.formulaIn(`[${part.key}@0,0]`, part.formula), 'formula');
    this.#end(ROW);
    this.#frame(part, part.rows, part.columns);
    this.#cells.push({
      at: addressOf(this.#row, FIRST),
      content: part.formula,
      ...(part.rows * part.columns > 1 && {
        spillsTo: addressOf(this.#row + part.rows - 1, FIRST + part.columns - 1),
      }),
    });
    this.#body(part, part.rows, part.columns);
  }

  #grid(part: Grid): void {
    const rows = part.cells.length;
    const columns = Math.max(...part.cells.map((row) => row.length));
    const formula = part.cells.flat().find((content) => `${content}`.startsWith('='));
    if (formula !== undefined) {
      const index = part.cells.flat().indexOf(formula);
      const at = `[${part.key}@${Math.floor(index / columns)},${index % columns}]`;
      this.#put(LABELS, strings.formulaIn(at, String(formula)), 'formula');
      this.#end(ROW);
    }
    this.#frame(part, rows, columns);
    part.cells.forEach((row, r) => {
      row.forEach((content, c) => {
        this.#cells.push({ at: addressOf(this.#row + r, FIRST + c), content });
      });
    });
    this.#body(part, rows, columns);
  }

  #fillIn(part: FillIn): void {
    const { rows = 1, columns = 1 } = part;
    const one = rows * columns === 1;
    this.#reading(part.task, 'task');
    const cell = addressOf(this.#row + (one ? 0 : 1 + (part.heads ? 1 : 0)), FIRST);
    const [tickAt, markAt] = one ? [FIRST + 2, FIRST + 3] : [FIRST, FIRST + 1];
    const [tick, mark] = [addressOf(this.#row, tickAt), addressOf(this.#row, markAt)];
    this.#put(LABELS, strings[part.kind], 'field');
    this.#put(tickAt, `=IF(${isRight(part)},"✓","")`, 'tick');
    const quoted = (sentence: string) => `"${sentence.replaceAll('"', '""')}"`;
    const otherwise = `IF(IFERROR(${cell}="",FALSE),${quoted(strings.empty(cell))},${quoted(strings.wrong(part.hint))})`;
    this.#put(markAt, `=IF(${tick}="✓",${quoted(strings.right)},${otherwise})`, 'mark', LAST);
    const room = (LAST - markAt + 1) * WIDTHS.grid;
    const least = part.tolerance === 'text' ? TEXT_BAR : BAR;
    const height = Math.max(least, heightOf(strings.wrong(part.hint), looks.mark.size, room));
    if (one) {
      this.#place(part.key, FIRST, 1, 1);
      this.#put(FIRST, '', 'typed', FIRST + 1);
      this.#end(height);
    } else {
      this.#end(height);
      this.#frame(part, rows, columns);
      const yellow = { range: cell, look: 'typedNumber' } as const;
      this.#body({ ...part, look: part.look ?? 'room' }, rows, columns);
      this.#areas.push(yellow);
    }
    this.#space(8);
    this.#questions.push({ part, step: this.#step, cell, tick, mark });
  }

  #predict(part: Predict): void {
    const { rows = 1, columns = 1 } = part;
    this.#reading(part.question, 'task');
    const [cell, ask] = [addressOf(this.#row, FIRST), addressOf(this.#row, LAST)];
    this.#put(LABELS, strings.guess, 'field');
    this.#put(FIRST, '', 'guess', FIRST + 3);
    this.#put(LAST - 2, strings.reveal, 'ask', LAST - 1);
    this.#put(LAST, '', 'choice');
    this.#end(BAR);
    this.#put(LABELS, strings.answer, 'field');
    const first = strings.guessFirst(cell);
    const content = `=IF(${ask}="","",IF(${cell}="","${first}",${part.answer}))`;
    let answer = addressOf(this.#row, FIRST);
    if (rows * columns === 1) {
      this.#place(part.key, FIRST, 1, 1);
      this.#put(FIRST, content, 'reveal', LAST);
      this.#end(BAR);
    } else {
      this.#frame(part, rows, columns);
      answer = addressOf(this.#row, FIRST);
      const spillsTo = addressOf(this.#row + rows - 1, FIRST + columns - 1);
      this.#cells.push({ at: answer, content, spillsTo });
      this.#body(part, rows, columns);
    }
    this.#space(8);
    this.#questions.push({ part, step: this.#step, cell, ask, answer });
  }

  /** A chart stands to the right of the block before it, which is made high enough. */
  #chart(part: Picture): void {
    const { row, rows, columns } = this.#last;
    const from = addressOf(row, FIRST + columns + 1);
    // The space behind the block becomes a row like the others.
    if (rows < CHART_ROWS) this.#heights[this.#row] = ROW;
    for (let more = rows + 1; more < CHART_ROWS; more++) this.#end(ROW);
    const to = addressOf(row + Math.max(rows, CHART_ROWS) - 1, LAST);
    this.#charts.push({ ...part, at: `${from}:${to}` });
    this.#space(12);
  }

  /** The names of columns and rows around a block that begins in the next row but for those names. */
  #frame({ key, sides, heads, look }: Framed, rows: number, columns: number): void {
    if (heads) {
      if (typeof heads === 'string') {
        const spillsTo = columns > 1 ? { spillsTo: addressOf(this.#row, FIRST + columns - 1) } : {};
        this.#areas.push({ range: this.#range(FIRST, 1, columns), look: 'tokenAcross' });
        this.#cells.push({ at: addressOf(this.#row, FIRST), content: heads, ...spillsTo });
      } else {
        heads.forEach((head, c) => {
          this.#put(FIRST + c, head, headLook(lookAt(look, c)));
        });
      }
      this.#end(ROW);
    }
    this.#place(key, FIRST, rows, columns);
    if (!sides) return;
    this.#place(`${key}Names`, LABELS, rows, 1);
    if (typeof sides === 'string') {
      const last = this.#row + rows - 1;
      const spill = (column: number) => (rows > 1 ? { spillsTo: addressOf(last, column) } : {});
      this.#areas.push({ range: this.#range(LABELS, rows, 1), look: 'token' });
      this.#cells.push({ at: addressOf(this.#row, LABELS), content: sides, ...spill(LABELS) });
    } else {
      sides.forEach((side, r) => {
        this.#cells.push({ at: addressOf(this.#row + r, LABELS), content: side, look: 'field' });
      });
    }
  }

  /** The looks and colours of a block, and then the rows behind it. */
  #body({ look, shade }: Framed, rows: number, columns: number): void {
    const single = look === undefined || typeof look === 'string';
    if (single) this.#room(look ?? 'number', FIRST, rows, columns);
    else for (let c = 0; c < columns; c++) this.#room(lookAt(look, c) ?? 'number', FIRST + c, rows, 1);
    if (shade) this.#scales.push(shadeOf(this.#range(FIRST, rows, columns), shade));
    this.#last = { row: this.#row, column: FIRST, rows, columns };
    for (let row = 0; row < rows; row++) this.#end(ROW);
    this.#space(12);
  }

  #room(look: Look, column: number, rows: number, columns: number): void {
    this.#areas.push({ range: this.#range(column, rows, columns), look });
  }

  #range(column: number, rows: number, columns: number): string {
    return `${addressOf(this.#row, column)}:${addressOf(this.#row + rows - 1, column + columns - 1)}`;
  }

  /** A paragraph over the reading width, in a row as high as it needs. */
  #reading(text: string, look: Look, more = 0, link?: string): void {
    const content = text.startsWith('=') ? `\u200b${text}` : text;
    this.#cells.push({
      at: addressOf(this.#row, LABELS),
      content,
      look,
      mergedTo: addressOf(this.#row, LAST),
      ...(link && { link }),
    });
    const { size, bold } = looks[look];
    this.#end(heightOf(text, bold ? size * BOLD : size, READING_WIDTH) + more);
  }

  #place(key: string, column: number, rows: number, columns: number): void {
    if (this.#places.has(key)) throw new RangeError(`Two parts of this lesson have the key ${key}.`);
    this.#places.set(key, { row: this.#row, column, rows, columns });
  }

  #put(column: number, content: string | number, look: Look, to?: number): void {
    this.#cells.push({
      at: addressOf(this.#row, column),
      content,
      look,
      ...(to !== undefined && { mergedTo: addressOf(this.#row, to) }),
    });
  }

  #end(height: number): void {
    this.#row++;
    this.#heights[this.#row] = height;
  }

  #space(height: number): void {
    this.#end(height);
  }
}

const lookAt = (look: Framed['look'], column: number): Look | undefined =>
  look === undefined || typeof look === 'string' ? look : (look[column] ?? look.at(-1));

/** How the name of a column looks, after what stands in it. */
function headLook(look: Look | undefined): Look {
  const { align } = looks[look ?? 'number'];
  return align === 'right' ? 'captionOfNumbers' : align === 'center' ? 'captionOfPositions' : 'caption';
}

function chartOf(
  { chart, title, at, categories, series, axes }: Picture & { at: string },
  resolved: (content: string) => string,
): Chart {
  return {
    kind: chart,
    title,
    at,
    categories: resolved(categories),
    series: series.map(({ name, values }) => ({ name, values: resolved(values) })),
    ...(axes && { axes }),
  };
}
