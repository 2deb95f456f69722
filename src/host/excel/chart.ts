import { absolute, addressOf, area, onSheet, partsOf } from '../../workbook/address';
import type { Chart } from '../../workbook/sheet';

const KINDS = {
  columns: 'ColumnClustered',
  bars: 'BarClustered',
  lines: 'LineMarkers',
  points: 'XYScatter',
} as const;

/**
 * Adds charts of Excel's own. Office.js has no text alternative for charts: the title has to do. Excel begins a chart with
 * series that it makes out of its source, or with none while that is empty: they give way to those described.
 */
export async function addCharts(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  described: readonly Chart[],
): Promise<void> {
  if (described.length === 0) return;
  const cells = (address: string) => rangeIn(context.workbook, sheet, address);
  const charts = described.map((each) => {
    const chart = sheet.charts.add(
      KINDS[each.kind],
      cells(each.series[0]?.values ?? each.categories),
      'Auto',
    );
    chart.series.load('count');
    return { chart, each };
  });
  await context.sync();
  for (const { chart, each } of charts) {
    for (let place = chart.series.count - 1; place >= 0; place--) chart.series.getItemAt(place).delete();
    describe(chart, each, cells);
  }
  await context.sync();
  const named = charts.filter(({ each }) => each.names);
  // Charts without the names of their points are better than none.
  if (named.length > 0) await addNames(context, sheet, named).catch(() => undefined);
}

/** Puts names beside the points of charts, each the text of its cell. Excel has a label only once it was asked for one. */
async function addNames(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  charts: readonly { chart: Excel.Chart; each: Chart }[],
): Promise<void> {
  sheet.load('name');
  const all = charts.map(({ chart, each }) => {
    const { points } = chart.series.getItemAt(0);
    points.load('count');
    return { points, names: each.names ?? '' };
  });
  await context.sync();
  const labelled = all.flatMap(({ points, names }) =>
    formulasOf(names, sheet.name)
      .slice(0, points.count)
      .map((formula, place) => {
        const point = points.getItemAt(place);
        point.hasDataLabel = true;
        return { point, formula };
      }),
  );
  await context.sync();
  for (const { point, formula } of labelled) point.dataLabel.formula = formula;
  await context.sync();
}

/** A formula for each cell of a range, by rows: `=Map!$B$2`. */
function formulasOf(address: string, name: string): string[] {
  const { sheet = name, cells } = partsOf(address);
  const { top, left, bottom, right } = area(cells);
  const columns = right - left + 1;
  return Array.from({ length: columns * (bottom - top + 1) }, (_, i) => {
    const cell = addressOf(top + Math.floor(i / columns), left + (i % columns));
    return `=${onSheet(sheet, absolute(cell))}`;
  });
}

function describe(
  chart: Excel.Chart,
  { kind, title, at, categories, series, axes }: Chart,
  cells: (address: string) => Excel.Range,
): void {
  const [from = at, to = from] = at.split(':');
  chart.setPosition(from, to);
  for (const { name, values } of series) {
    const each = chart.series.add(name);
    each.setValues(cells(values));
    each.setXAxisValues(cells(categories));
  }
  chart.title.text = title;
  chart.legend.visible = series.length > 1;
  if (axes?.across) chart.axes.categoryAxis.title.text = axes.across;
  if (axes?.up) chart.axes.valueAxis.title.text = axes.up;
  // From the top down, as the cells are; Excel by itself begins at the bottom.
  if (kind === 'bars') chart.axes.categoryAxis.reversePlotOrder = true;
}

function rangeIn(workbook: Excel.Workbook, sheet: Excel.Worksheet, address: string): Excel.Range {
  const { sheet: name, cells } = partsOf(address);
  return (name ? workbook.worksheets.getItem(name) : sheet).getRange(cells);
}
