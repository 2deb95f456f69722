import { settable } from './batch';
import { checkName, type FakeSheet, type Place } from './book';
import { type FakeSource, fakeChart } from './chart';
import { type Objects, strip } from './range';

/** A worksheet as Office.js has it. */
export function fakeWorksheet(objects: Objects, find: () => FakeSheet | undefined): object {
  const { book, range } = objects;
  const { later, loadable } = objects.batch;
  const sheet = () => {
    const found = find();
    if (!found) throw new Error('ItemNotFound: there is no such sheet.');
    return found;
  };
  const freeze = (kind: string) => (count: unknown) =>
    later(() => void Object.assign(sheet().own, { frozen: [kind, count] }));
  const block = (top: number, left: number, rows: number, columns: number) =>
    range(() => ({ sheet: sheet(), area: { top, left, bottom: top + rows - 1, right: left + columns - 1 } }));
  const made = loadable(
    {
      name: () => find()?.name,
      id: () => find()?.id,
      position: () => book.sheets.indexOf(sheet()),
    },
    {
      getRange: (address: string) => range(() => ({ sheet: sheet(), area: strip(address) }), address),
      getRangeByIndexes: block,
      getCell: (row: number, column: number) => block(row, column, 1, 1),
      getUsedRangeOrNullObject: () => range(() => used(find())),
      freezePanes: { freezeAt: freeze('at'), freezeRows: freeze('rows'), freezeColumns: freeze('columns') },
      names: {
        add: (name: string, cells: { at(): string }) =>
          later(() => {
            checkName(name, [...sheet().names.keys()]);
            sheet().names.set(name, cells.at());
          }),
        getItemOrNullObject: (name: string) => fakeName(objects, () => find()?.names, name),
      },
      notes: {
        add: (address: string, content: string) =>
          later(() => {
            if (!/^[A-Z]+\d+$/.test(address)) throw new Error('InvalidCellAddress');
            if (sheet().notes.has(address)) throw new Error('InvalidArgument: there is a note already.');
            sheet().notes.set(address, content);
          }),
      },
      charts: {
        add: (kind: string, source: FakeSource) =>
          fakeChart(loadable, later, kind, source, (chart) => sheet().charts.push(chart)),
      },
      activate: () =>
        later(() => {
          if (sheet().own.visibility !== 'Visible') throw new Error('InvalidOperation: it is hidden.');
          book.active = sheet();
        }),
      delete: () =>
        later(() => {
          book.mayGo(sheet());
          book.sheets.splice(book.sheets.indexOf(sheet()), 1);
        }),
    },
    () => find() !== undefined,
  );
  return settable(made, (name, value) => later(() => book.setOfSheet(sheet(), name, value)));
}

/** A name for cells, of a sheet or of the workbook. */
export const fakeName = (
  { batch, book, range }: Objects,
  names: () => Map<string, string> | undefined,
  name: string,
): object =>
  batch.loadable(
    {},
    {
      getRangeOrNullObject: () =>
        range(() => (names()?.has(name) ? book.at(names()?.get(name) as string) : undefined)),
    },
    () => names()?.has(name) ?? false,
  );

function used(sheet: FakeSheet | undefined): Place | undefined {
  const places = [...(sheet?.cells ?? [])]
    .filter(([, { content }]) => content !== undefined)
    .map(([key]) => key.split(',').map(Number) as [number, number]);
  if (!sheet || places.length === 0) return undefined;
  const [rows, columns] = [places.map(([row]) => row), places.map(([, column]) => column)];
  const area = {
    top: Math.min(...rows),
    left: Math.min(...columns),
    bottom: Math.max(...rows),
    right: Math.max(...columns),
  };
  return { sheet, area };
}
