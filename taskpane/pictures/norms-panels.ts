import {
  axisX,
  axisY,
  dot,
  gridY,
  lineY,
  type Markish,
  type Plot,
  plot,
  rect,
  type ScaleOptions,
} from '@observablehq/plot';
import { count } from '../strings';
import { mean, type Norms } from './norms-data';
import { words } from './strings';
import { svg } from './svg';

const LEFT = 40;
const RIGHT = 14;
const TOP = 24;
const BOTTOM = 22;
/** Heights of the frames within the axes. */
const STREAM = 168;
const ADDED = 104;
/** The colour of numbers along the axes. */
const QUIET = 'var(--colorNeutralForeground3)';
/** From one number along the layers to the next there are at least so many pixels. */
const APART = 22;
const WIDEST_BAR = 16;
/** Norms lie between 10 to the power of minus this and of this. */
const MOST_POWER = 12;

export interface Asked {
  readonly norms: Norms;
  /** The token that stands out. */
  readonly token: number;
  readonly logScale: boolean;
  readonly width: number;
}

/** The two parts of the picture, one above the other, with the same scale along the layers. */
export interface Panels {
  readonly stream: Element & Plot;
  readonly added: Element & Plot;
  /** How wide a bar is, in layers. */
  readonly bar: number;
}

/** A norm of a token at one place along the layers. */
interface Point {
  readonly x: number;
  readonly y: number;
  readonly token: number;
}

export function normsPanels(asked: Asked): Panels {
  const { norms, width } = asked;
  const layers = norms.attn.length;
  const pixels = (width - LEFT - RIGHT) / layers;
  const bar = Math.max(1.5, Math.min(WIDEST_BAR, 0.36 * pixels)) / pixels;
  const every = Math.ceil(APART / pixels);
  const all = Array.from({ length: layers }, (_, layer) => layer);
  const numbered = all.filter((layer) => layer % every === 0);
  // "end" stands at the right edge; a number too near would run into it.
  const apart = numbered.filter((layer) => (layers - layer) * pixels > APART);
  return {
    bar,
    stream: panel(asked, {
      title: words.norms.stream,
      height: STREAM,
      lines: 4,
      values: norms.stream,
      ticks: [...apart, layers],
      tick: (at) => (at === layers ? words.norms.end : String(at)),
      marks: () => streamMarks(asked),
    }),
    added: panel(asked, {
      title: words.norms.added,
      height: ADDED,
      lines: 3,
      values: [...norms.attn, ...norms.mlp],
      ticks: numbered.map((layer) => layer + 0.5),
      tick: (at) => String(at - 0.5),
      marks: (bottom) => addedMarks(asked, all, bar, bottom),
    }),
  };
}

interface Panel {
  readonly title: string;
  readonly height: number;
  /** About how many lines run across. */
  readonly lines: number;
  /** All that the scale must hold, of every token. */
  readonly values: readonly Float64Array[];
  readonly ticks: readonly number[];
  tick(at: number): string;
  /** @param bottom the lowest value of the scale */
  marks(bottom: number): Markish[];
}

function panel({ norms, width, logScale }: Asked, given: Panel): Element & Plot {
  const y = upTo(given.values, logScale);
  const lines = logScale ? logTicks(y.domain as [number, number], given.lines) : given.lines;
  return plot({
    className: 'plot',
    width,
    height: TOP + given.height + BOTTOM,
    ...{ marginTop: TOP, marginRight: RIGHT, marginBottom: BOTTOM, marginLeft: LEFT },
    x: { type: 'linear', domain: [0, norms.attn.length], axis: null },
    y: { ...y, axis: null },
    marks: [
      gridY({ ticks: lines, className: 'norms-grid' }),
      axisY({
        ...{ ticks: lines, tickSize: 0, tickPadding: 8, text: short, label: null },
        fill: QUIET,
      }),
      axisX([...given.ticks], {
        ...{ text: given.tick, tickSize: 0, tickPadding: 7, fill: QUIET },
        ...{ label: words.norms.layers, labelAnchor: 'left', labelArrow: 'none', labelOffset: 19 },
      }),
      axisY([], {
        ...{ label: given.title + (logScale ? words.norms.logarithmic : ''), labelArrow: 'none' },
        ...{ fontSize: 12, fontWeight: 600 },
      }),
      ...given.marks(logScale ? ((y.domain as number[])[0] ?? 0) : 0),
    ],
  });
}

/** 12.5 → "12.5", 20000 → "20k" */
const short = (value: number): string => (value < 10000 ? String(value) : `${count(value / 1000)}k`);

/** From nothing to the largest value or, on a logarithmic scale, around the least that there are. */
function upTo(values: readonly Float64Array[], logScale: boolean): ScaleOptions {
  const all = values.flatMap((row) => [...row]);
  const most = all.reduce((a, b) => Math.max(a, b), 0) || 1;
  if (!logScale) return { type: 'linear', domain: [0, most], nice: 4 };
  const least = all.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), most);
  return { type: 'log', domain: [least / 1.2, most * 1.1], clamp: true };
}

/** 1, 2, 5, 10 and so on, or powers of ten alone; between numbers too near each other, `most` that Plot chooses. */
function logTicks([from, to]: readonly [number, number], most: number): number[] | number {
  const powers = Array.from({ length: 2 * MOST_POWER + 1 }, (_, i) => 10 ** (i - MOST_POWER));
  const within = (ticks: number[]) => ticks.filter((tick) => tick >= from && tick <= to);
  const some = within(powers.flatMap((power) => [power, 2 * power, 5 * power]));
  if (some.length < 2) return most;
  return some.length <= 2 * most ? some : within(powers);
}

/** A line for each token, thin, and for their mean, dashed; the one that is asked for stands out. */
function streamMarks({ norms: { stream }, token }: Asked): Markish[] {
  const tokens = stream[0]?.length ?? 0;
  const points = stream.flatMap((row, x) => Array.from(row, (y, token): Point => ({ x, y, token })));
  const own = points.filter((point) => point.token === token);
  const at = { x: 'x', y: 'y' };
  return [
    ...(tokens > 1
      ? [
          lineY(points, { ...at, z: 'token', className: 'norm-token' }),
          lineY(
            stream.map((row, x) => ({ x, y: mean(row) })),
            { ...at, className: 'norm-mean' },
          ),
        ]
      : []),
    lineY(own, { ...at, className: 'norm-line' }),
    dot(own, { ...at, r: 2.5, className: 'norm-dot' }),
  ];
}

/** Two bars for each layer, the right one hatched, so that they are told apart without their colours. */
function addedMarks(
  { norms: { attn, mlp }, token }: Asked,
  layers: readonly number[],
  bar: number,
  bottom: number,
): Markish[] {
  const bars = (values: readonly Float64Array[], left: number, css: string) =>
    rect(layers, {
      x1: (layer: number) => layer + left,
      x2: (layer: number) => layer + left + bar,
      y1: bottom,
      y2: (layer: number) => values[layer]?.[token],
      className: css,
    });
  return [hatching, bars(attn, 0.5 - bar, 'norm-attn'), bars(mlp, 0.5, 'norm-mlp')];
}

/** The texture of the hatched bars; the style sheet refers to it. */
const hatching = () =>
  svg(
    'defs',
    {},
    svg(
      'pattern',
      { id: 'slanted', width: 4, height: 4, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('rect', { width: 1.75, height: 4, class: 'slanted' }),
    ),
  );
