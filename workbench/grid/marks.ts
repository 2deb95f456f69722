import type { ICellData, Nullable } from '@univerjs/presets';
import type { Cell } from '../../src/workbook/sheet';

/** What a cell has besides its content. */
export type Marks = Pick<Cell, 'note' | 'link'>;

/** A cell's note and link, in the field that Univer has for others: they go wherever the cell goes. */
export function marksOf({ note, link }: Marks): Pick<ICellData, 'custom'> {
  return note || link ? { custom: { ...(note && { note }), ...(link && { link }) } } : {};
}

/** The note and the link of a cell. */
export function readMarks(cell: Nullable<Pick<ICellData, 'custom'>>): Marks {
  const { note, link }: Record<string, unknown> = cell?.custom ?? {};
  return { ...(typeof note === 'string' && { note }), ...(typeof link === 'string' && { link }) };
}
