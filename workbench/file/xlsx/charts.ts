import type { SheetChart } from 'hucre';
import { area, onSheet } from '../../../src/workbook/address';
import type { Chart } from '../../../src/workbook/sheet';

const KINDS = { columns: 'column', bars: 'bar', lines: 'line', points: 'scatter' } as const;

/** The charts of a sheet, for a file. Cells of the same sheet are named with it there. */
export function chartsForFile(sheet: string, charts: readonly Chart[]): SheetChart[] {
  const named = (cells: string) => absolute(cells.includes('!') ? cells : onSheet(sheet, cells));
  return charts.map(({ kind, title, at, categories, series, axes }) => {
    const { top, left, bottom, right } = area(at);
    return {
      type: KINDS[kind],
      title,
      series: series.map(({ name, values }) => ({
        name,
        values: named(values),
        categories: named(categories),
      })),
      anchor: { from: { row: top, col: left }, to: { row: bottom + 1, col: right + 1 } },
      ...((axes?.across || axes?.up) && {
        axes: {
          ...(axes.across && { x: { title: axes.across } }),
          ...(axes.up && { y: { title: axes.up } }),
        },
      }),
    };
  });
}

/** The cells at the end of an address with `$`, as charts name them. */
const absolute = (address: string) =>
  address.replace(/[^!]*$/, (cells) => cells.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2'));
