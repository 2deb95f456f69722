import {
  type Area,
  addressOfArea,
  area,
  columnNumber,
  onSheet,
  overlap,
  sizeOf,
} from '../../../src/workbook/address';
import { type Batch, cannotBeSet, settable } from './batch';
import type { Content, FakeBook, FakeSheet, Place } from './book';
import { fakeConditionalFormats, fakeFormat, type SetAll } from './formats';

/** What ranges and worksheets need of each other. */
export interface Objects {
  readonly batch: Batch;
  readonly book: FakeBook;
  /** @param locate undefined when there is no such range @param given the address as it was asked for */
  range(locate: () => Place | undefined, given?: string): object;
  worksheet(find: () => FakeSheet | undefined): object;
}

/** A range as Office.js has it. */
export function fakeRange(objects: Objects, locate: () => Place | undefined, given: string): object {
  const { batch, book } = objects;
  const { later, loadable } = batch;
  const place = () => locate() as Place;
  const map = <T>(see: (sheet: FakeSheet, row: number, column: number) => T): T[][] => {
    const { sheet, area: at } = place();
    const { rows, columns } = sizeOf(at);
    return Array.from({ length: rows }, (_, r) =>
      Array.from({ length: columns }, (_, c) => see(sheet, at.top + r, at.left + c)),
    );
  };
  const values = () => map((...at) => book.valueAt(...at));
  const setAll: SetAll = (use) => later(() => void map((...at) => use(book.cellAt(...at))));
  /** Does something with each cell of a range and what a matrix of its size has for it. */
  const each = <T>(
    given: readonly (readonly T[])[],
    use: (at: [FakeSheet, number, number], value: T) => void,
  ) =>
    later(() => {
      const { top, left, bottom, right } = place().area;
      if (given.length !== bottom - top + 1 || given[0]?.length !== right - left + 1) {
        throw new Error('The matrix is not of the size of the range.');
      }
      map((...at) => use(at, given[at[1] - top]?.[at[2] - left] as T));
    });

  const made = loadable(
    {
      address: () => addressOf(place()),
      rowIndex: () => place().area.top,
      columnIndex: () => place().area.left,
      rowCount: () => sizeOf(place().area).rows,
      cellCount: () => sizeOf(place().area).rows * sizeOf(place().area).columns,
      formulas: () => map((...at) => book.cellAt(...at).content ?? ''),
      values,
      text: () => map((...at) => String(book.valueAt(...at))),
      numberFormat: () => map((...at) => book.cellAt(...at).numberFormat),
      valueTypes: () => map((...at) => typeOf(book.valueAt(...at))),
    },
    {
      format: fakeFormat(batch, place, setAll, given),
      at: () => addressOf(place()),
      isBlank: () => values().flat().join('') === '',
      merge: (across: boolean) =>
        later(() => {
          const { sheet, area: at } = place();
          if (across) throw new Error('The fake merges all or nothing.');
          if (sheet.merged.some((other) => overlap(other, at))) throw new Error('Merged cells overlap.');
          sheet.merged.push(at);
        }),
      worksheet: objects.worksheet(() => locate()?.sheet),
      conditionalFormats: fakeConditionalFormats(batch, book, place),
      ...elsewhere(objects, locate),
      clear: (what: string) => {
        if (what !== 'Contents') throw new Error(`${what} is more than the fake clears.`);
        setAll((cell) => {
          cell.content = undefined;
        });
      },
      getCellProperties: () => {
        const result: { value?: unknown } = {};
        later(() => {
          result.value = map((...at) => ({ format: { font: { ...book.cellAt(...at).font } } }));
        });
        return result;
      },
      setCellProperties: (wanted: { format: { font: Record<string, unknown> } }[][]) =>
        each(wanted, (at, { format }) => {
          book.cellAt(...at).font = { ...format.font };
        }),
      select: () =>
        later(() => {
          if (place().sheet !== book.active) throw new Error('InvalidSelection: the sheet is not active.');
          book.selected = addressOfArea(place().area);
        }),
    },
    () => locate() !== undefined,
  );
  return settable(made, (name, value) => {
    if (name === 'formulas' || name === 'values') {
      each(value as unknown[][], (at, content) => book.write(...at, content));
    } else if (name === 'numberFormat') {
      each(value as string[][], (at, format) => {
        book.cellAt(...at).numberFormat = format;
      });
    } else if (name === 'hyperlink') {
      later(() => link(book, place(), value as { textToDisplay?: string }));
    } else cannotBeSet(name);
  });
}

const addressOf = ({ sheet, area: at }: Place) => onSheet(sheet.name, addressOfArea(at));

function typeOf(value: Content): string {
  if (value === '') return 'Empty';
  if (typeof value === 'number') return 'Double';
  if (typeof value === 'boolean') return 'Boolean';
  return value.startsWith('#') ? 'Error' : 'String';
}

/** Other ranges that are found from one. */
function elsewhere({ book, range }: Objects, locate: () => Place | undefined) {
  const place = () => locate() as Place;
  const there = (find: () => Area | undefined) =>
    range(() => {
      const at = locate() && find();
      return at && { sheet: place().sheet, area: at };
    });
  const spill = () => book.spillAt(place().sheet, place().area.top, place().area.left);
  const isAnchor = ({ top, left }: Area) => top === place().area.top && left === place().area.left;
  return {
    getCell: (row: number, column: number) =>
      there(() => {
        const [top, left] = [place().area.top + row, place().area.left + column];
        return { top, left, bottom: top, right: left };
      }),
    // The cell that holds the formula is not itself spilled into.
    getSpillParentOrNullObject: () =>
      there(() => {
        const found = spill();
        return found && !isAnchor(found.anchor) ? found.anchor : undefined;
      }),
    getSpillingToRangeOrNullObject: () =>
      there(() => {
        const found = spill();
        const beyond = found && addressOfArea(found.all) !== addressOfArea(found.anchor);
        return beyond && isAnchor(found.anchor) ? found.all : undefined;
      }),
  };
}

function link(book: FakeBook, { sheet, area: at }: Place, given: { textToDisplay?: string }): void {
  const cell = book.cellAt(sheet, at.top, at.left);
  cell.link = given;
  // Excel's own look of links.
  cell.font = { ...cell.font, color: '#0563C1' };
  if (given.textToDisplay !== undefined) cell.content = given.textToDisplay;
}

/** Reads `B4:C9`, and `A:C` as the rows that a test may reach. */
export function strip(address: string): Area {
  const [, from, to] = /^([A-Z]+):([A-Z]+)$/i.exec(address) ?? [];
  if (from && to) return { top: 0, left: columnNumber(from), bottom: 1_048_575, right: columnNumber(to) };
  const [, first, last] = /^(\d+):(\d+)$/.exec(address) ?? [];
  if (!first || !last) return area(address);
  return { top: Number(first) - 1, left: 0, bottom: Number(last) - 1, right: 16_383 };
}
