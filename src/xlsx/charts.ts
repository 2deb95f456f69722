import type { SheetChart } from 'hucre/xlsx';
import { absolute, area, onSheet, partsOf } from '../workbook/address';
import { seriesColours } from '../workbook/looks';
import type { Chart } from '../workbook/sheet';
import { rgb } from './styles';

const KINDS = { columns: 'column', bars: 'bar', lines: 'line', points: 'scatter' } as const;
/** Where nothing is said, the format has crosses, small ones between the others. */
const TICKS = { majorTickMark: 'out', minorTickMark: 'none' } as const;

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
    series: series.map(({ name, values }, place) => {
      const colour = rgb(seriesColours[place % seriesColours.length] as string);
      return {
        name,
        values: range(values),
        categories: range(categories),
        ...(kind === 'points' ? { marker: { symbol: 'circle', size: 7, fill: colour } } : { color: colour }),
      };
    }),
    legend: series.length > 1 ? 'bottom' : false,
    altText: title,
    axes: {
      x: { ...TICKS, ...(axes?.across && { title: axes.across }) },
      y: { ...TICKS, ...(axes?.up && { title: axes.up }) },
    },
  };
}
