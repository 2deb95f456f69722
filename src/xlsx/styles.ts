import type { CellStyle } from 'hucre/xlsx';
import { looks } from '../workbook/looks';
import type { Look } from '../workbook/sheet';

const made = new Map<Look, CellStyle>();

/** A look in the file's own terms. The same look is the same object, so that it can be compared by identity. */
export function styleOf(look: Look): CellStyle {
  let style = made.get(look);
  if (!style) {
    style = translate(look);
    made.set(look, style);
  }
  return style;
}

/** `#RRGGBB` → `RRGGBB`. */
export const rgb = (colour: string): string => colour.slice(1);

function translate(look: Look): CellStyle {
  const { font, size, bold, italic, underline, colour, fill, border, rule, align, vertical, wrap, format } =
    looks[look];
  const line = (side: string) => ({ style: 'thin' as const, color: { rgb: rgb(side) } });
  return {
    font: {
      ...(font && { name: font }),
      size,
      ...(bold && { bold }),
      ...(italic && { italic }),
      ...(underline && { underline }),
      color: { rgb: rgb(colour) },
    },
    ...(fill && { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: rgb(fill) } } }),
    ...(border
      ? { border: { top: line(border), right: line(border), bottom: line(border), left: line(border) } }
      : rule && { border: { bottom: line(rule) } }),
    ...((align || vertical || wrap) && {
      alignment: {
        ...(align && { horizontal: align }),
        ...(vertical && { vertical: vertical === 'middle' ? 'center' : vertical }),
        ...(wrap && { wrapText: true }),
      },
    }),
    ...(format && { numFmt: format }),
  };
}
