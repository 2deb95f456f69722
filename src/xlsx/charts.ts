import type { SheetChart } from 'hucre/xlsx';
import { absolute, area, onSheet, partsOf } from '../workbook/address';
import { palette } from '../workbook/looks';
import type { Chart } from '../workbook/sheet';
import { rgb } from './styles';

const KINDS = { columns: 'column', bars: 'bar', lines: 'line', points: 'scatter' } as const;
const COLOURS = [palette.blue, palette.softOrange, palette.gold, palette.quiet, palette.softBlue];

/** A chart in the file's own terms. Ranges without a sheet lie on `sheet`. */
export function chartOf({ kind, title, at, categories, series, axes }: Chart, sheet: string): SheetChart {
  const { top, left, bottom, right } = area(at);
  const range = (address: string) => {
    const { sheet: named = sheet, cells } = partsOf(address);
    return onSheet(named, absolute(cells));
  };
  return {
    type: KINDS[kind],
    title,
    anchor: { from: { row: top, col: left }, to: { row: bottom + 1, col: right + 1 } },
    series: series.map(({ name, values }, place) => ({
      name,
      values: range(values),
      categories: range(categories),
      color: rgb(COLOURS[place % COLOURS.length] as string),
    })),
    legend: series.length > 1 ? 'bottom' : false,
    altText: title,
    ...(axes && {
      axes: {
        ...(axes.across && { x: { title: axes.across } }),
        ...(axes.up && { y: { title: axes.up } }),
      },
    }),
  };
}
