import { plot, raster } from '@observablehq/plot';
import { element } from '../dom';
import { attentionInsertion } from './attention';
import { CellFrame, MARGIN } from './cell-frame';
import { colourScale, type Scale } from './colours';
import { type Bands, bandScale, Edge, lengthOf } from './edge';
import { type HeadSummary, summary } from './head-summary';
import { eachLayer } from './layers';
import { legend } from './legend';
import { currentScale } from './page-theme';
import type { Drawing, Picture, Place, Reading, Stagehand } from './picture';
import { UPON_PIXELS } from './pixels';
import { blockOf, pooled, shrunk } from './pool';
import { exact, words } from './strings';

/** The most weights across that are kept of a head; a map is no larger on the page. */
const KEPT = 64;
/** Twelve heads side by side fit into a pane of 320 pixels. */
const SMALLEST = 18;
const LARGEST = 72;
const GAP = 2;
const SIDE = 40;
const TOP = 26;

/** What is kept of all heads: at most 16 KB each, however long the prompt is. */
interface Heads {
  readonly reading: Reading;
  /** Weights across a map, and how many across the pattern each stands for. */
  readonly size: number;
  readonly block: number;
  /** By layer and head: [size, size]. */
  readonly maps: readonly (readonly Float32Array[])[];
  readonly summaries: readonly (readonly HeadSummary[])[];
}

/** Every head of every layer as a small map. */
export const headGrid: Picture = {
  controls: () => [],
  load: async (ask) => {
    const { reading } = ask;
    const T = reading.ids.length;
    const block = blockOf(T, KEPT);
    const maps: Float32Array[][] = [];
    const summaries: HeadSummary[][] = [];
    await eachLayer(
      ask,
      (layer) => [{ name: 'pattern', layer }],
      (layer, [pattern]) => {
        const { n_head } = reading.config;
        const heads = Array.from(
          { length: n_head },
          (_, head) => pattern?.data.subarray(head * T * T, (head + 1) * T * T) ?? new Float32Array(T * T),
        );
        maps[layer] = heads.map((weights) => pooled(weights, T, block));
        summaries[layer] = heads.map((weights) => summary(weights, T));
      },
    );
    const heads: Heads = { reading, size: Math.ceil(T / block), block, maps, summaries };
    return (choices, width, hand) => draw(heads, choices.layer, choices.head, width, hand);
  },
};

function draw(heads: Heads, layer: number, head: number | 'mean', width: number, hand: Stagehand): Drawing {
  const { reading, maps, summaries, block } = heads;
  const { n_layer, n_head } = reading.config;
  const T = reading.ids.length;
  const room = Math.floor((width - SIDE - MARGIN) / n_head) - GAP;
  const cell = Math.max(SMALLEST, Math.min(LARGEST, room));
  const scale = currentScale();
  const across = { count: n_head, cell, gap: GAP };
  const down = { count: n_layer, cell, gap: GAP };
  const frame = new CellFrame({
    css: 'heads',
    corner: [words.heads.heads, words.heads.layers],
    top: new Edge({ edge: 'top', names: numerals(n_head), bands: across, room: TOP }),
    side: new Edge({ edge: 'side', names: numerals(n_layer), bands: down, room: SIDE }),
    field: maps.map((row) => lazyRow(row, heads.size, across, scale)),
    sizes: { side: SIDE, top: TOP },
  });
  const describe = (row: number, column: number) => {
    const found = summaries[row]?.[column] as HeadSummary;
    return T === 1
      ? words.heads.valueOne(row, column)
      : words.heads.value(row, column, found.self, found.previous, found.first);
  };
  return {
    label: words.heads.label(n_layer, n_head),
    caption: words.heads.caption + (block > 1 ? words.heads.pooled(block) : ''),
    body: frame.body,
    legend: legend(scale),
    rows: n_layer,
    columns: () => n_head,
    start: { row: layer, column: head === 'mean' ? 0 : head },
    describe: ({ row, column }) => describe(row, column),
    mark: (place) => frame.mark(place),
    at: (event) => frame.at(event),
    activate: ({ row, column }) => hand.insert(attentionInsertion(reading, row, column)),
    insertion: ({ row, column }) => attentionInsertion(reading, row, column),
    way: ({ row, column }) => ({
      label: words.heads.large(row, column),
      choices: { picture: 'heatmap', layer: row, head: column },
    }),
    table: () => ({
      caption: words.heads.table,
      head: words.heads.columns,
      rows: summaries.flatMap((row, at) =>
        row.map(({ self, previous, first }, h) => [
          words.heads.row(at, h),
          ...[self, previous, first].map(exact),
        ]),
      ),
    }),
  };
}

const numerals = (n: number): string[] => Array.from({ length: n }, (_, i) => String(i));

/** A layer's maps side by side, drawn when they come into view: a large model has more than a thousand. */
function lazyRow(maps: readonly Float32Array[], size: number, bands: Bands, scale: Scale): HTMLElement {
  const row = element('div', { class: 'heads-row' });
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) return;
    seen.disconnect();
    row.append(drawRow(maps, size, bands, scale));
  });
  seen.observe(row);
  return row;
}

/** A weight of a map. */
interface Point extends Place {
  readonly head: number;
  readonly weight: number;
}

/** An image for each head, of as many points as the screen has for it at the most. @param maps [size, size] each */
function drawRow(maps: readonly Float32Array[], size: number, bands: Bands, scale: Scale): Element {
  const n = Math.min(size, Math.round(bands.cell * devicePixelRatio));
  const points: Point[] = [];
  maps.forEach((map, head) => {
    const weights = shrunk(map, size, n);
    for (let row = 0; row < n; row++) {
      for (let column = 0; column <= row; column++) {
        points.push({ head, row, column, weight: weights[row * n + column] as number });
      }
    }
  });
  return plot({
    className: 'plot',
    width: lengthOf(bands),
    height: bands.cell,
    margin: 0,
    fx: bandScale(bands),
    x: { domain: [0, n], axis: null },
    y: { domain: [n, 0], axis: null },
    color: colourScale(scale),
    marks: [
      raster(points, {
        fx: 'head',
        x: ({ column }: Point) => column + 0.5,
        y: ({ row }: Point) => row + 0.5,
        fill: 'weight',
        ...{ x1: 0, x2: n, y1: 0, y2: n, width: n, height: n },
        ...{ imageRendering: 'pixelated', dx: UPON_PIXELS, dy: UPON_PIXELS },
      }),
    ],
  });
}
