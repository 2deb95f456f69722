import { element } from '../dom';
import {
  type Attention,
  attentionInsertion,
  attentionTable,
  describeWeight,
  headControls,
  readAttention,
  strongest,
  weightAt,
} from './attention';
import { isLight, type Scale, step } from './colours';
import { labels, widthOf } from './labels';
import { legend } from './legend';
import { currentScale } from './page-theme';
import type { Drawing, Picture } from './picture';
import { words } from './strings';
import { svg } from './svg';

/** How small and how large a cell may be, in pixels, and from what size on its weight is written into it. */
const SMALLEST = 14;
const LARGEST = 44;
const WRITTEN = 26;

/** The attention of one head, token by token. */
export const heatmap: Picture = {
  controls: headControls,
  load: async (ask) => {
    const attention = await readAttention(ask);
    return (_, width) => draw(attention, width);
  },
};

function draw(attention: Attention, width: number): Drawing {
  const { reading, layer, head } = attention;
  const { tokens } = reading;
  const T = tokens.length;
  const side = widthOf(tokens, 60, 92);
  const cell = Math.max(SMALLEST, Math.min(LARGEST, Math.floor((width - side) / T)));
  const scale = currentScale();
  const cursor = element('div', { class: 'map-cursor', hidden: true });
  const map = element(
    'div',
    { class: 'map' },
    bitmap(attention, scale),
    ...(cell >= WRITTEN ? [figures(attention, cell, scale)] : []),
    cursor,
  );
  const top = labels(tokens, 'top');
  const left = labels(tokens, 'side');
  const body = element(
    'div',
    { class: 'heatmap', 'aria-hidden': 'true', style: `--cell:${cell}px;--tokens:${T};--side:${side}px` },
    element(
      'div',
      { class: 'heatmap-corner' },
      element('span', {}, words.attention.to),
      element('span', {}, words.attention.from),
    ),
    top,
    left,
    map,
  );
  return {
    label: words.attention.label(layer, head, T),
    caption: T === 1 ? words.attention.one : words.attention.map(layer, head),
    body,
    legend: legend(scale),
    rows: T,
    columns: (row) => row + 1,
    start: strongest(attention, T - 1),
    describe: (place) => describeWeight(attention, place),
    mark(place) {
      cursor.hidden = !place;
      for (const marked of body.querySelectorAll('.marked')) marked.classList.remove('marked');
      if (!place) return undefined;
      cursor.style.translate = `${place.column * cell}px ${place.row * cell}px`;
      left.children[place.row]?.classList.add('marked');
      top.children[place.column]?.classList.add('marked');
      return cursor;
    },
    at(event) {
      const box = map.getBoundingClientRect();
      const row = Math.floor((event.clientY - box.top) / cell);
      const column = Math.floor((event.clientX - box.left) / cell);
      return row >= 0 && row < T && column >= 0 && column <= row ? { row, column } : undefined;
    },
    insertion: () => attentionInsertion(reading, layer, head),
    table: () => attentionTable(attention),
  };
}

/** A point for each weight, which the page enlarges: small however long the prompt is. What is hidden stays clear. */
function bitmap({ weights, reading }: Attention, scale: Scale): HTMLCanvasElement {
  const T = reading.ids.length;
  const canvas = element('canvas', { width: T, height: T });
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  const image = context.createImageData(T, T);
  for (let row = 0; row < T; row++) {
    for (let column = 0; column <= row; column++) {
      const at = row * T + column;
      image.data.set([...(scale[step(weights[at] as number)] ?? []), 255], 4 * at);
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** The weights themselves, in hundredths, where cells have room for them: ".52". */
function figures(attention: Attention, cell: number, scale: Scale): SVGElement {
  const T = attention.reading.ids.length;
  const texts: SVGElement[] = [];
  for (let row = 0; row < T; row++) {
    for (let column = 0; column <= row; column++) {
      const value = weightAt(attention, { row, column });
      if (value < 0.005) continue;
      const dark = isLight(scale[step(value)] ?? [0, 0, 0]);
      const place = { x: (column + 0.5) * cell, y: (row + 0.5) * cell, class: dark ? 'on-light' : 'on-dark' };
      texts.push(svg('text', place, value.toFixed(2).replace(/^0/, '')));
    }
  }
  return svg('svg', { class: 'map-figures', width: T * cell, height: T * cell }, ...texts);
}
