import { partsOf } from '../../workbook/address';
import type { Chart } from '../../workbook/sheet';

const KINDS = {
  columns: 'ColumnClustered',
  bars: 'BarClustered',
  lines: 'LineMarkers',
  points: 'XYScatter',
} as const;

/** Adds a chart of Excel's own. Office.js has no text alternative for charts: the title has to do. */
export function addChart(workbook: Excel.Workbook, sheet: Excel.Worksheet, described: Chart): void {
  const { kind, title, at, categories, series, axes } = described;
  const cells = (address: string) => rangeIn(workbook, sheet, address);
  const [first, ...others] = series;
  if (!first) return;
  const chart = sheet.charts.add(KINDS[kind], cells(first.values), 'Auto');
  const [from = at, to = from] = at.split(':');
  chart.setPosition(from, to);
  chart.title.text = title;
  chart.legend.visible = others.length > 0;
  const made = [chart.series.getItemAt(0), ...others.map(({ name }) => chart.series.add(name))];
  for (const [place, { name, values }] of series.entries()) {
    const each = made[place];
    if (!each) continue;
    each.name = name;
    if (place > 0) each.setValues(cells(values));
    each.setXAxisValues(cells(categories));
  }
  if (axes?.across) chart.axes.categoryAxis.title.text = axes.across;
  if (axes?.up) chart.axes.valueAxis.title.text = axes.up;
  // From the top down, as the cells are; Excel by itself begins at the bottom.
  if (kind === 'bars') chart.axes.categoryAxis.reversePlotOrder = true;
}

function rangeIn(workbook: Excel.Workbook, sheet: Excel.Worksheet, address: string): Excel.Range {
  const { sheet: name, cells } = partsOf(address);
  return (name ? workbook.worksheets.getItem(name) : sheet).getRange(cells);
}
