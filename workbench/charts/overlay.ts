import type { FWorksheet } from '@univerjs/presets/preset-sheets-core';
import { area } from '../../src/workbook/address';
import type { Chart } from '../../src/workbook/sheet';
import { chartsOf } from '../grid/charts';
import { placeOf } from '../overlay/places';
import type { Session } from '../session';
import { dataOf } from './data';
import { ChartFigure } from './figure';

/**
 * Draws the charts of the sheet that is shown over their cells: Univer has none. They scroll with the cells, follow their
 * values, and let the pointer through.
 */
export function showCharts(session: Session, grid: HTMLElement): void {
  const { univer, univerAPI, onCalculated } = session;
  const layer = document.createElement('div');
  layer.className = 'charts';
  grid.append(layer);

  let figures = new Map<Chart, ChartFigure>();
  let coming = 0;

  const update = (reread: boolean) => {
    const sheet = univerAPI.getActiveWorkbook()?.getActiveSheet();
    const charts = sheet ? chartsOf(sheet.getSheet()) : [];
    const now = new Map(charts.map((chart) => [chart, figures.get(chart) ?? new ChartFigure(chart)]));
    for (const [chart, { element }] of figures) if (!now.has(chart)) element.remove();
    const fresh = charts.filter((chart) => !figures.has(chart));
    figures = now;
    if (!sheet) return;
    for (const [chart, figure] of figures) {
      if (!figure.element.isConnected) layer.append(figure.element);
      if (reread || fresh.includes(chart)) read(sheet, chart, figure);
      place(sheet, chart, figure);
    }
  };
  const read = (sheet: FWorksheet, chart: Chart, figure: ChartFigure) => {
    try {
      figure.show(dataOf(univer, univerAPI, sheet.getSheetName(), chart));
    } catch {
      // Its cells are on a sheet that is gone: what was drawn last stays.
    }
  };
  const place = (sheet: FWorksheet, chart: Chart, figure: ChartFigure) => {
    const found = placeOf(univer, sheet, area(chart.at));
    const { element } = figure;
    if (!found) {
      element.hidden = true;
      return;
    }
    const { box, view, canvas } = found;
    const outside =
      box.left + box.width <= view.left ||
      box.top + box.height <= view.top ||
      box.left >= view.left + view.width ||
      box.top >= view.top + view.height;
    element.hidden = outside;
    if (outside) return;
    const around = grid.getBoundingClientRect();
    const { left, top } = canvas.getBoundingClientRect();
    element.style.translate = `${left - around.left + box.left}px ${top - around.top + box.top}px`;
    element.style.width = `${box.width}px`;
    element.style.height = `${box.height}px`;
    // Headers and frozen cells stay in front, and so do the scroll bars.
    const cut = [
      view.top - box.top,
      box.left + box.width - (view.left + view.width),
      box.top + box.height - (view.top + view.height),
      view.left - box.left,
    ].map((pixels) => `${Math.max(0, pixels)}px`);
    element.style.clipPath = `inset(${cut.join(' ')})`;
    void figure.draw();
  };

  let rereadNext = false;
  const soon = (reread: boolean) => {
    rereadNext ||= reread;
    if (coming) return;
    coming = requestAnimationFrame(() => {
      coming = 0;
      const again = rereadNext;
      rereadNext = false;
      update(again);
    });
  };
  onCalculated(() => soon(true));
  univerAPI.onCommandExecuted(() => soon(true));
  univerAPI.addEvent(univerAPI.Event.Scroll, () => soon(false));
  new ResizeObserver(() => soon(false)).observe(grid);
  soon(true);
}
