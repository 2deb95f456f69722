/** The drawing itself: Observable Plot comes with this file, when the first chart is seen. */
import {
  axisX,
  axisY,
  barX,
  barY,
  dot,
  gridX,
  gridY,
  line,
  plot,
  ruleX,
  ruleY,
  text,
} from '@observablehq/plot';
import type { ChartData } from './data';
import { folded, LETTER, sidesOf, widthOf } from './labels';

/** Colours of series, told apart by nearly everyone; see the style sheet. */
const COLOURS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)'];

export const colourOfSeries = (place: number): string => COLOURS[place % COLOURS.length] as string;

/** No line of a label takes more letters. */
const LONGEST = 14;
/** Where columns are this far apart, each has its label, cut if need be; nearer to each other only some have one. */
const ROOMY = 42;
/** The letters of a line where only some have one. */
const SHORT = 8;
const EDGE = 12;
/** Room for the numbers of the axis. */
const LEFT = 46;

interface Point {
  place: number;
  series: number;
  value: number;
}

/** Draws a chart into a box of so many pixels. */
export function drawChart(data: ChartData, width: number, height: number): Element {
  const points: Point[] = data.series.flatMap(({ values }, series) =>
    values.flatMap((value, place) => (value === null ? [] : [{ place, series, value }])),
  );
  const fill = ({ series }: Point) => colourOfSeries(series);
  const apart = (width - LEFT - EDGE) / Math.max(1, data.categories.length);
  const most =
    data.kind === 'bars'
      ? 2 * LONGEST
      : apart < ROOMY
        ? SHORT
        : Math.min(LONGEST, Math.floor((apart - 4) / LETTER));
  const labels = data.categories.map((category) =>
    typeof category === 'number' ? figure(category) : folded(category, most),
  );
  const label = (place: number) => labels[place] ?? '';
  const longest = Math.max(0, ...labels.map(widthOf));
  const below = data.kind !== 'points' && labels.some((each) => each.includes('\n')) ? 12 : 0;
  const { across, up } = data.axes;
  const places = data.categories.map((_, place) => place);
  const several = data.series.length > 1;
  const common = { width, height, style: { background: 'none', color: 'inherit', fontSize: '11px' } };
  const frame = {
    marginLeft: LEFT,
    marginRight: EDGE,
    marginTop: up ? 22 : EDGE,
    marginBottom: (across ? 36 : 24) + below,
  };
  const every = apart >= ROOMY ? 1 : Math.ceil((longest + 8) / Math.max(1, apart));
  const shown = places.filter((place) => place % every === 0);
  const valueAxis = [
    gridY({ ticks: 5 }),
    axisY({ ticks: 5, label: up ?? null, labelArrow: 'none', tickSize: 0, tickFormat: figure }),
  ];
  // Side by side without gaps, so that the lines behind them are not broken.
  const bands = { type: 'band', domain: places, padding: 0 } as const;
  const inner = {
    type: 'band',
    domain: data.series.map((_, series) => series),
    paddingInner: 0.08,
    paddingOuter: several ? 0.4 : 0.14,
  } as const;

  switch (data.kind) {
    case 'columns':
      return plot({
        ...common,
        ...frame,
        x: { ...inner, axis: null },
        fx: { ...bands, label: across ?? null, ticks: shown, tickFormat: label, tickSize: 0 },
        y: { nice: true, zero: true },
        marks: [
          ...valueAxis,
          barY(points, { fx: 'place', x: 'series', y: 'value', fill, rx2: 2 }),
          ruleY([0], { strokeOpacity: 0.4 }),
        ],
      });
    case 'bars':
      return plot({
        ...common,
        ...frame,
        marginTop: EDGE,
        marginLeft: Math.min(width / 2.5, longest + 14),
        marginBottom: up ? 36 : 24,
        y: { ...inner, axis: null },
        fy: { ...bands, axis: 'left', label: null, tickFormat: label, tickSize: 0 },
        x: { nice: true, zero: true },
        marks: [
          gridX({ ticks: 4 }),
          axisX({ ticks: 4, label: up ?? null, labelArrow: 'none', tickSize: 0, tickFormat: figure }),
          barX(points, { fy: 'place', y: 'series', x: 'value', fill, rx2: 2 }),
          ruleX([0], { strokeOpacity: 0.4 }),
        ],
      });
    case 'lines': {
      const stroke = fill;
      return plot({
        ...common,
        ...frame,
        x: { type: 'point', domain: places, padding: 0.5 },
        y: { nice: true },
        marks: [
          ...valueAxis,
          axisX({ ticks: shown, tickFormat: label, label: across ?? null, labelArrow: 'none', tickSize: 3 }),
          line(points, { x: 'place', y: 'value', z: 'series', stroke, strokeWidth: 2 }),
          ...(places.length <= 40 ? [dot(points, { x: 'place', y: 'value', fill, r: 2.5 })] : []),
        ],
      });
    }
    case 'points': {
      const dots = points.filter(({ place }) => typeof data.categories[place] === 'number');
      const x = ({ place }: Point) => data.categories[place] as number;
      const names = ({ place }: Point) => data.names?.[place] ?? '';
      const texts = (side: 'left' | 'right') =>
        text(
          dots.filter((_, i) => sides[i] === side),
          {
            x,
            y: 'value',
            text: names,
            textAnchor: side === 'left' ? 'end' : 'start',
            dx: side === 'left' ? -7 : 7,
            fill: 'currentColor',
          },
        );
      const sides = sidesOf(
        dots.map((each) => ({
          x: along(x(each), dots.map(x)) * (width - LEFT - EDGE),
          y:
            along(
              each.value,
              dots.map(({ value }) => value),
            ) * height,
          text: names(each),
        })),
      );
      // Room for the names of those at the edges.
      const inset = Math.min(80, Math.max(0, ...(data.names ?? []).map(widthOf)) + 8);
      return plot({
        ...common,
        ...frame,
        x: { nice: true, inset },
        y: { nice: true },
        marks: [
          ...valueAxis,
          gridX({ ticks: 5 }),
          axisX({ ticks: 5, label: across ?? null, labelArrow: 'none', tickSize: 0, tickFormat: figure }),
          dot(dots, { x, y: 'value', fill, r: 3 }),
          ...(data.names ? [texts('left'), texts('right')] : []),
        ],
      });
    }
  }
}

/** A number along an axis in few digits. */
const figure = (value: number): string => String(Number(value.toPrecision(3)));

/** Where a value lies between the least and the greatest, from 0 to 1. */
function along(value: number, values: readonly number[]): number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return most > least ? (value - least) / (most - least) : 0;
}
