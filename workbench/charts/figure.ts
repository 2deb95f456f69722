import type { Chart } from '../../src/workbook/sheet';
import { strings } from '../strings';
import type { ChartData } from './data';

/** So many rows of a chart are read out; the others are in its cells. */
const READ_OUT = 50;

const create = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

/** A chart on the sheet: its title, its drawing, and for screen readers the same as a table. */
export class ChartFigure {
  readonly element: HTMLElement;
  private readonly picture = create('div', 'chart-picture');
  private readonly words = create('div', 'unseen');
  private readonly legend = create('div', 'chart-legend');
  private drawn = '';
  private data: ChartData | undefined;

  constructor(private readonly chart: Chart) {
    this.picture.ariaHidden = 'true';
    this.legend.ariaHidden = 'true';
    const title = create('figcaption', 'chart-title', chart.title);
    this.element = create('figure', 'chart', title, this.legend, this.picture, this.words);
    this.element.hidden = true;
  }

  /** Shows values. The drawing comes when its code is there. */
  show(data: ChartData): void {
    this.data = data;
    void this.draw();
  }

  /** To be called when the size may have changed. */
  async draw(): Promise<void> {
    const { data, element } = this;
    if (!data || element.hidden) return;
    const { drawChart, colourOfSeries } = await import(/* webpackChunkName: "charts" */ './draw');
    if (data !== this.data) return;
    const several = data.series.length > 1;
    this.legend.hidden = !several;
    const [width, height] = [this.picture.clientWidth, this.picture.clientHeight];
    const key = JSON.stringify([width, height, data]);
    if (key === this.drawn || width < 1 || height < 1) return;
    this.drawn = key;
    this.legend.replaceChildren(
      ...data.series.map(({ name }, place) => {
        const swatch = create('i', '');
        swatch.style.background = colourOfSeries(place);
        return create('span', '', swatch, name);
      }),
    );
    const nothing = data.series.every(({ values }) => values.every((value) => value === null));
    this.picture.classList.toggle('chart-empty', nothing);
    try {
      if (nothing) this.picture.replaceChildren(strings.chart.empty);
      else this.picture.replaceChildren(drawChart(data, this.picture.clientWidth, this.picture.clientHeight));
    } catch {
      this.picture.replaceChildren(strings.chart.lost(this.chart.title));
    }
    this.words.replaceChildren(tableOf(this.chart.title, data));
  }
}

function tableOf(title: string, { axes, categories, series, names: texts }: ChartData): HTMLElement {
  const row = (kind: 'td' | 'th', first: string, others: readonly string[]) => {
    const head = create('th', '', first);
    head.scope = 'row';
    return create('tr', '', head, ...others.map((text) => create(kind, '', text)));
  };
  const names = series.map(({ name }) => name);
  const rows = categories.slice(0, READ_OUT).map((category, place) =>
    row(
      'td',
      texts ? `${texts[place]}: ${category}` : String(category),
      series.map(({ values }) => String(values[place] ?? '')),
    ),
  );
  const table = create(
    'table',
    '',
    create('caption', '', title),
    create('thead', '', row('th', axes.across ?? '', names)),
    create('tbody', '', ...rows),
  );
  const left = categories.length - rows.length;
  return left > 0 ? create('div', '', table, strings.chart.more(left)) : table;
}
