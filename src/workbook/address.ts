/** A rectangle of cells: rows and columns from 0, ends included. */
export interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/**
 * Reads `B4` or `B4:D9`.
 *
 * @throws RangeError when the text is no address.
 */
export function area(address: string): Area {
  const [start = '', end = start] = address.split(':');
  const [left, top] = place(start);
  const [right, bottom] = place(end);
  return { top, left, bottom, right };
}

/** The A1 address of a cell. */
export function addressOf(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}

/** The letters of a column counted from 0. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** The number, from 0, of a column given by letters. */
export function columnNumber(letters: string): number {
  return [...letters].reduce((total, letter) => total * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Whether two areas share a cell. */
export function overlap(a: Area, b: Area): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

function place(address: string): [column: number, row: number] {
  const [, letters, digits] = /^([A-Z]+)([1-9]\d*)$/.exec(address) ?? [];
  if (!letters || !digits) throw new RangeError(`${address} is not the address of a cell.`);
  return [columnNumber(letters), Number(digits) - 1];
}

/** The A1 address of an area: `B4`, or `B4:D9`. */
export function addressOfArea({ top, left, bottom, right }: Area): string {
  const [start, end] = [addressOf(top, left), addressOf(bottom, right)];
  return start === end ? start : `${start}:${end}`;
}

/** `B2:C3` → `$B$2:$C$3`. */
export const absolute = (cells: string): string => cells.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');

/** An address with its sheet before it, in quotes where formulas need them: `Tour!B4`, `'My sheet'!B4`. */
export function onSheet(sheet: string, address: string): string {
  const plain =
    /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(sheet) && !/^([a-z]{1,3}\d+|r\d*(c\d*)?|c\d*)$/i.test(sheet);
  return `${plain ? sheet : `'${sheet.replaceAll("'", "''")}'`}!${address}`;
}

/** An address in its parts, without `$`. `spill` says that it ended in `#`, for all that its formula fills. */
export function partsOf(address: string): { sheet?: string; cells: string; spill: boolean } {
  const [, quoted, plain, cells = ''] = /^(?:'((?:[^']|'')*)'!|([^'!]*)!)?([^!]*)$/.exec(address) ?? [];
  const sheet = quoted?.replaceAll("''", "'") ?? plain;
  return {
    ...(sheet && { sheet }),
    cells: cells.replaceAll('$', '').replace(/#$/, ''),
    spill: cells.endsWith('#'),
  };
}

/** How many rows and columns an area has. */
export function sizeOf({ top, left, bottom, right }: Area): { rows: number; columns: number } {
  return { rows: bottom - top + 1, columns: right - left + 1 };
}
