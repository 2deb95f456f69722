import type { IBorderData, IBorderStyleData, IStyleData, Nullable } from '@univerjs/presets';
import type { BorderSide, BorderStyle, CellStyle, Color } from 'hucre';
import { resolveThemeColor } from 'hucre/xlsx';
import { looks } from '../../../src/workbook/looks';
import { firstFont, fontStack } from '../../grid/fonts';

/** Univer's numbers for lines; the names are the format's. Univer itself stays out of the worker that converts. */
const LINES = [
  undefined,
  'thin',
  'hair',
  'dotted',
  'dashed',
  'dashDot',
  'dashDotDot',
  'double',
  'medium',
  'mediumDashed',
  'mediumDashDot',
  'mediumDashDotDot',
  'slantDashDot',
  'thick',
] as const;
const ACROSS = [undefined, 'left', 'center', 'right', 'justify', 'justify', 'distributed'] as const;
const DOWN = [undefined, 'top', 'center', 'bottom'] as const;
const WRAP = 3;
const TRUE = 1;
const [SUBSCRIPT, SUPERSCRIPT] = [2, 3];

/** The project's own fonts have others behind them, where they are missing; see `fonts.ts`. */
const OWN_FONTS = new Set(Object.values(looks).flatMap(({ font }) => font ?? []));

/** How a cell looks, for a file. */
export function styleForFile(style: IStyleData): CellStyle {
  const fill = rgbForFile(style.bg?.rgb);
  const font = without({
    name: style.ff ? firstFont(style.ff) : undefined,
    size: style.fs,
    bold: style.bl === TRUE || undefined,
    italic: style.it === TRUE || undefined,
    underline: style.ul?.s === TRUE || undefined,
    strikethrough: style.st?.s === TRUE || undefined,
    color: colourForFile(style.cl?.rgb),
    vertAlign:
      style.va === SUPERSCRIPT
        ? ('superscript' as const)
        : style.va === SUBSCRIPT
          ? ('subscript' as const)
          : undefined,
  });
  const alignment = without({
    horizontal: ACROSS[style.ht ?? 0],
    vertical: DOWN[style.vt ?? 0],
    wrapText: style.tb === WRAP || undefined,
    textRotation: rotationForFile(style.tr),
  });
  const border = style.bd && bordersForFile(style.bd);
  return {
    ...(font && { font }),
    ...(fill && { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: fill } } }),
    ...(border && { border }),
    ...(alignment && { alignment }),
    ...(style.n?.pattern && { numFmt: style.n.pattern }),
  };
}

/** How a cell of a file looks, for the grid. */
export function styleFromFile(style: CellStyle, theme: readonly string[] = []): IStyleData {
  const { font, alignment, border } = style;
  const colour = colourFromFile(font?.color, theme);
  const fill =
    style.fill?.type === 'pattern' && style.fill.pattern !== 'none' ? style.fill.fgColor : undefined;
  const bg = colourFromFile(fill, theme);
  const bd = border && bordersFromFile(border, theme);
  return (
    without({
      ff: font?.name === undefined ? undefined : OWN_FONTS.has(font.name) ? fontStack(font.name) : font.name,
      fs: font?.size,
      bl: font?.bold ? TRUE : undefined,
      it: font?.italic ? TRUE : undefined,
      ul: font?.underline ? { s: TRUE } : undefined,
      st: font?.strikethrough ? { s: TRUE } : undefined,
      va:
        font?.vertAlign === 'superscript'
          ? SUPERSCRIPT
          : font?.vertAlign === 'subscript'
            ? SUBSCRIPT
            : undefined,
      cl: colour ? { rgb: colour } : undefined,
      bg: bg ? { rgb: bg } : undefined,
      bd,
      ht: numberOf(ACROSS, alignment?.horizontal),
      vt: numberOf(DOWN, alignment?.vertical),
      tb: alignment?.wrapText ? WRAP : undefined,
      tr: rotationFromFile(alignment?.textRotation),
      n: style.numFmt && style.numFmt !== 'General' ? { pattern: style.numFmt } : undefined,
    }) ?? {}
  );
}

/** A colour as `RRGGBB`, from any of the ways in which the grid writes colours. */
export function rgbForFile(colour: Nullable<string>): string | undefined {
  if (!colour) return undefined;
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(colour)?.[1];
  if (hex) return (hex.length === 3 ? hex.replace(/./g, '$&$&') : hex).toUpperCase();
  const channels = /^rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)/i.exec(colour)?.slice(1, 4);
  return channels
    ?.map((channel) => Math.min(255, Number(channel)).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

/** A colour of a file as `#RRGGBB`. @param theme the workbook's twelve colours, in the order of the format's part */
export function colourFromFile(colour: Color | undefined, theme: readonly string[]): string | undefined {
  if (colour?.rgb) return `#${colour.rgb.slice(-6).toUpperCase()}`;
  if (colour?.theme === undefined || theme.length === 0) return undefined;
  const place = THEME[colour.theme] ?? colour.theme;
  return `#${resolveThemeColor([...theme], place, colour.tint)
    .slice(-6)
    .toUpperCase()}`;
}

/** Cells count white before black, the part of the theme black before white. */
const THEME = [1, 0, 3, 2];

const colourForFile = (colour: Nullable<string>): Color | undefined => {
  const rgb = rgbForFile(colour);
  return rgb ? { rgb } : undefined;
};

function bordersForFile(borders: IBorderData): BorderStyle | undefined {
  const side = (line: Nullable<IBorderStyleData>): BorderSide | undefined => {
    const style = line ? LINES[line.s] : undefined;
    const color = line ? colourForFile(line.cl?.rgb) : undefined;
    return style && { style, ...(color && { color }) };
  };
  return without({
    top: side(borders.t),
    right: side(borders.r),
    bottom: side(borders.b),
    left: side(borders.l),
  });
}

function bordersFromFile(border: BorderStyle, theme: readonly string[]): IBorderData | undefined {
  const line = (side: BorderSide | undefined): IBorderStyleData | undefined =>
    side && {
      s: numberOf(LINES, side.style) ?? TRUE,
      cl: { rgb: colourFromFile(side.color, theme) ?? '#000000' },
    };
  return without({
    t: line(border.top),
    r: line(border.right),
    b: line(border.bottom),
    l: line(border.left),
  });
}

/** The format counts downward angles from 91 on, and 255 stands for letters below each other. */
function rotationForFile(rotation: IStyleData['tr']): number | undefined {
  if (!rotation) return undefined;
  if (rotation.v === TRUE) return 255;
  return rotation.a > 0 ? 90 + rotation.a : rotation.a < 0 ? -rotation.a : undefined;
}

function rotationFromFile(rotation: number | undefined): IStyleData['tr'] {
  if (!rotation) return undefined;
  if (rotation === 255) return { a: 0, v: TRUE };
  return { a: rotation > 90 ? rotation - 90 : -rotation };
}

function numberOf(names: readonly (string | undefined)[], name: string | undefined): number | undefined {
  const number = name === undefined ? -1 : names.indexOf(name);
  return number > 0 ? number : undefined;
}

/** An object without what is undefined in it; nothing, if nothing is left. */
function without<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length > 0
    ? (Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> })
    : undefined;
}
