import type { SheetChart } from 'hucre';
import { absolute, area, onSheet } from '../../../src/workbook/address';
import { seriesColours } from '../../../src/workbook/looks';
import type { Chart } from '../../../src/workbook/sheet';
import { rgbForFile } from './style';

const KINDS = { columns: 'column', bars: 'bar', lines: 'line', points: 'scatter' } as const;
/** Where nothing is said, the format has crosses, small ones between the others. */
const TICKS = { majorTickMark: 'out', minorTickMark: 'none' } as const;

/** The charts of a sheet, for a file. Cells of the same sheet are named with it there. */
export function chartsForFile(sheet: string, charts: readonly Chart[]): SheetChart[] {
  const named = (cells: string) => withDollars(cells.includes('!') ? cells : onSheet(sheet, cells));
  return charts.map(({ kind, title, at, categories, series, axes }) => {
    const { top, left, bottom, right } = area(at);
    return {
      type: KINDS[kind],
      title,
      series: series.map(({ name, values }, place) => {
        const colour = rgbForFile(seriesColours[place % seriesColours.length]) ?? '';
        return {
          name,
          values: named(values),
          categories: named(categories),
          ...(kind === 'points'
            ? { marker: { symbol: 'circle', size: 7, fill: colour } }
            : { color: colour }),
        };
      }),
      legend: series.length > 1 ? 'bottom' : false,
      anchor: { from: { row: top, col: left }, to: { row: bottom + 1, col: right + 1 } },
      axes: {
        x: { ...TICKS, ...(axes?.across && { title: axes.across }) },
        y: { ...TICKS, ...(axes?.up && { title: axes.up }) },
      },
    };
  });
}

/** The cells at the end of an address with `$`, as charts name them. */
const withDollars = (address: string) => address.replace(/[^!]*$/, absolute);
