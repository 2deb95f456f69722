import { element } from '../dom';
import { attentionInsertion } from './attention';
import { type Scale, step } from './colours';
import { type HeadSummary, summary } from './head-summary';
import { eachLayer } from './layers';
import { legend } from './legend';
import { currentScale } from './page-theme';
import type { Drawing, Picture, Reading, Stagehand } from './picture';
import { blockOf, pooled } from './pool';
import { exact, words } from './strings';

/** The most weights across that are kept of a head; a map is no larger on the page. */
const KEPT = 64;
const SMALLEST = 20;
const LARGEST = 72;
const GAP = 2;
const SIDE = 40;
/** For the cursor around the last map. */
const MARGIN = 4;

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
  const pitch = cell + GAP;
  const cursor = element('div', { class: 'map-cursor', hidden: true });
  const field = element(
    'div',
    { class: 'heads-field' },
    ...maps.map((row) => lazyRow(row, heads, cell, scale)),
    cursor,
  );
  const names = (n: number, edge: string) =>
    element(
      'div',
      { class: `labels labels-${edge}` },
      ...Array.from({ length: n }, (_, i) => element('span', {}, String(i))),
    );
  const top = names(n_head, 'heads');
  const left = names(n_layer, 'layers');
  const body = element(
    'div',
    { class: 'heads', 'aria-hidden': 'true', style: `--cell:${cell}px;--gap:${GAP}px;--side:${SIDE}px` },
    element(
      'div',
      { class: 'heads-corner' },
      element('span', {}, words.heads.heads),
      element('span', {}, words.heads.layers),
    ),
    top,
    left,
    field,
  );
  const describe = (row: number, column: number) => {
    const found = summaries[row]?.[column] as HeadSummary;
    return T === 1
      ? words.heads.valueOne(row, column)
      : words.heads.value(row, column, found.self, found.previous, found.first);
  };
  return {
    label: words.heads.label(n_layer, n_head),
    caption: words.heads.caption + (block > 1 ? words.heads.pooled(block) : ''),
    body,
    legend: legend(scale),
    rows: n_layer,
    columns: () => n_head,
    start: { row: layer, column: head === 'mean' ? 0 : head },
    describe: ({ row, column }) => describe(row, column),
    mark(place) {
      cursor.hidden = !place;
      for (const marked of body.querySelectorAll('.marked')) marked.classList.remove('marked');
      if (!place) return undefined;
      cursor.style.translate = `${place.column * pitch}px ${place.row * pitch}px`;
      left.children[place.row]?.classList.add('marked');
      top.children[place.column]?.classList.add('marked');
      return cursor;
    },
    at(event) {
      const box = field.getBoundingClientRect();
      const row = Math.floor((event.clientY - box.top) / pitch);
      const column = Math.floor((event.clientX - box.left) / pitch);
      return row >= 0 && row < n_layer && column >= 0 && column < n_head ? { row, column } : undefined;
    },
    activate: ({ row, column }) => hand.open({ picture: 'heatmap', layer: row, head: column }),
    insertion: ({ row, column }) => attentionInsertion(reading, row, column),
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

/** A layer's maps side by side, painted when they come into view: a large model has more than a thousand. */
function lazyRow(
  maps: readonly Float32Array[],
  { size }: Heads,
  cell: number,
  scale: Scale,
): HTMLCanvasElement {
  const dots = Math.max(1, Math.round(cell * devicePixelRatio));
  const pitch = Math.round((cell + GAP) * devicePixelRatio);
  const canvas = element('canvas', {
    class: 'heads-row',
    width: maps.length * pitch,
    height: dots,
    style: `width:${maps.length * (cell + GAP)}px`,
  });
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) return;
    seen.disconnect();
    const context = canvas.getContext('2d');
    maps.forEach((map, head) => {
      context?.putImageData(thumbnail(map, size, dots, scale), head * pitch, 0);
    });
  });
  seen.observe(canvas);
  return canvas;
}

/** A map [n, n] in `dots` × `dots` points: each the largest weight that falls into it; the future stays clear. */
function thumbnail(map: Float32Array, n: number, dots: number, scale: Scale): ImageData {
  const image = new ImageData(dots, dots);
  const first = Array.from({ length: dots }, (_, i) => Math.floor((i * n) / dots));
  const last = Array.from({ length: dots }, (_, i) => Math.ceil(((i + 1) * n) / dots));
  for (let y = 0; y < dots; y++) {
    for (let x = 0; x < dots; x++) {
      let largest = -1;
      for (let row = first[y] as number; row < (last[y] as number); row++) {
        for (let column = first[x] as number; column < Math.min(last[x] as number, row + 1); column++) {
          largest = Math.max(largest, map[row * n + column] as number);
        }
      }
      if (largest < 0) continue;
      image.data.set([...(scale[step(largest)] ?? []), 255], 4 * (y * dots + x));
    }
  }
  return image;
}
