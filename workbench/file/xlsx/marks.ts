import type { ICellData } from '@univerjs/presets';
import type { Cell } from 'hucre';
import type { Marks } from '../../grid/marks';

/** A cell's note and link, for a file. Links lead to https addresses, or to cells of the same workbook. */
export function marksForFile({ custom }: Pick<ICellData, 'custom'>): Pick<Cell, 'comment' | 'hyperlink'> {
  const { note, link }: Record<string, unknown> = custom ?? {};
  return {
    ...(typeof note === 'string' && { comment: { text: note } }),
    ...(typeof link === 'string' && {
      hyperlink: isAddress(link) ? { target: link } : { target: link, location: link },
    }),
  };
}

/** The note and the link of a cell of a file. */
export function marksFromFile({ comment, hyperlink }: Pick<Cell, 'comment' | 'hyperlink'>): Marks {
  const link = hyperlink?.location ?? hyperlink?.target;
  return { ...(comment?.text && { note: comment.text }), ...(link && { link }) };
}

const isAddress = (link: string) => /^(https?|mailto):/i.test(link);
