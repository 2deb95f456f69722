import type { FUniver, Univer } from '@univerjs/presets';
import { onSheet } from '../../src/workbook/address';
import type { Chart } from '../../src/workbook/sheet';
import { rangeAt } from '../grid/ranges';
import { readRange } from '../grid/reading';

/** What a chart shows now. */
export interface ChartData {
  readonly kind: Chart['kind'];
  readonly axes: NonNullable<Chart['axes']>;
  /** Along the first axis; texts as the cells show them. */
  readonly categories: readonly (string | number)[];
  /** As many values as categories; `null` where a cell holds no number. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  /** Texts beside points, as many as categories. */
  readonly names?: readonly string[];
}

/** Reads the cells of a chart, without places that have neither a category nor a value. */
export function dataOf(univer: Univer, univerAPI: FUniver, sheet: string, chart: Chart): ChartData {
  const cells = (address: string) => {
    const range = rangeAt(univer, univerAPI, address.includes('!') ? address : onSheet(sheet, address));
    return readRange(univer, range, () => undefined).flat();
  };
  const categories = cells(chart.categories).map(({ value, text }) =>
    typeof value === 'number' ? value : text || String(value ?? ''),
  );
  const series = chart.series.map(({ name, values }) => ({
    name,
    values: cells(values).map(({ value }) => (typeof value === 'number' ? value : null)),
  }));
  const names = chart.names && cells(chart.names).map(({ value, text }) => text || String(value ?? ''));
  const kept = categories.flatMap((category, place) =>
    category !== '' || series.some(({ values }) => (values[place] ?? null) !== null) ? [place] : [],
  );
  return {
    kind: chart.kind,
    axes: chart.axes ?? {},
    categories: kept.map((place) => categories[place] ?? ''),
    series: series.map(({ name, values }) => ({ name, values: kept.map((place) => values[place] ?? null) })),
    ...(names && { names: kept.map((place) => names[place] ?? '') }),
  };
}
