import { addressOfArea, sizeOf } from '../../../src/workbook/address';
import { type Batch, cannotBeSet, settable } from './batch';
import type { FakeBook, FakeCell, FakeFormat, Place } from './book';

/** Changes each cell of a range, at the next sync. */
export type SetAll = (use: (cell: FakeCell) => void) => void;

/** A range's looks. @param given its address as it was asked for: whole columns and rows have widths and heights */
export function fakeFormat({ later }: Batch, place: () => Place, setAll: SetAll, given: string): object {
  const font = settable({}, (name, value) =>
    setAll((cell) => {
      cell.font[name] = value;
    }),
  );
  const fill = settable({}, (name, value) => {
    if (name !== 'color') cannotBeSet(name);
    setAll((cell) => {
      cell.fill = value;
    });
  });
  const border = (edge: string) =>
    settable({}, (name, value) => {
      if (name !== 'color') cannotBeSet(name);
      const { rows, columns } = sizeOf(place().area);
      const inside = edge === 'InsideHorizontal' ? rows > 1 : edge !== 'InsideVertical' || columns > 1;
      if (!inside) throw new Error(`InvalidArgument: one cell has no ${edge}.`);
      setAll((cell) => {
        cell.borders[edge] = value;
      });
    });
  return settable({ font, fill, borders: { getItem: border } }, (name, value) => {
    if (name !== 'columnWidth' && name !== 'rowHeight') {
      setAll((cell) => {
        cell.format[name] = value;
      });
      return;
    }
    if (!(typeof value === 'number' && value >= 0)) throw new Error(`${value} is no ${name}.`);
    later(() => void Object.assign(place().sheet.strips, { [given]: value }));
  });
}

/** The conditional formats of a range. */
export function fakeConditionalFormats(
  { later, loadable }: Batch,
  book: FakeBook,
  place: () => Place,
): object {
  const all = () => place().sheet.formats;
  const items = () =>
    all()
      .filter(({ range }) => range === addressOfArea(place().area))
      .map((each) => ({
        id: each.id,
        delete: () => later(() => void all().splice(all().indexOf(each), 1)),
      }));
  const add = (kind: string) => {
    const made: FakeFormat = { id: book.id(), kind, range: '' };
    later(() => {
      made.range = addressOfArea(place().area);
      all().unshift(made);
    });
    const set = (name: string, value: unknown) => later(() => void Object.assign(made, { [name]: value }));
    const only = (allowed: string) =>
      settable({}, (name, value) => (name === allowed ? set(name, value) : cannotBeSet(name)));
    const parts = { colorScale: only('criteria'), cellValue: only('rule') };
    return settable(loadable({ id: () => made.id }, parts), set);
  };
  return loadable({ items }, { add });
}
