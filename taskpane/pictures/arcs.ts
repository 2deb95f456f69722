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
import { labels, widthOf } from './labels';
import type { Drawing, Picture, Place } from './picture';
import { words } from './strings';
import { svg } from './svg';

/** A row's height: more where there are few, so that arcs are round. */
const rowOf = (tokens: number): number => (tokens <= 10 ? 36 : 24);
/** Arcs of lesser weights show only while their token is pointed at. */
const LEAST = 0.02;
/** As many arcs as a page draws without effort. */
const MOST = 2000;
const THICKEST = 7;
/** From the labels to the points where arcs begin. */
const INDENT = 10;

/** The attention of one head as arcs from each token up to those that it looks at. */
export const arcs: Picture = {
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
  const height = rowOf(T);
  const side = widthOf(tokens, 48, 110);
  const room = Math.max(80, width - side);
  const reach = room - INDENT - 8;
  const middle = (row: number) => (row + 0.5) * height;

  const stroke = (place: Place): SVGElement => {
    const weight = weightAt(attention, place);
    const thick = Math.max(0.5, THICKEST * weight);
    const opacity = (0.1 + 0.9 * Math.sqrt(weight)).toFixed(2);
    if (place.row === place.column) {
      return svg('circle', {
        class: 'dot',
        cx: INDENT,
        cy: middle(place.row),
        r: 1.5 + 4.5 * weight,
        opacity,
      });
    }
    const high = middle(place.row) - middle(place.column);
    // Arcs of all lengths fit: the longest reaches across, short ones keep apart from each other.
    const share = Math.sqrt((place.row - place.column) / Math.max(1, T - 1));
    const wide = Math.min(reach * share, 0.7 * high + 12);
    const d = `M${INDENT} ${middle(place.row)}a${wide} ${high / 2} 0 0 0 0 ${-high}`;
    return svg('path', { class: 'arc', d, 'stroke-width': thick.toFixed(2), opacity });
  };

  const { shown, left } = drawn(attention);
  const all = svg('g', {}, ...shown.map(stroke));
  const focus = svg('g', { class: 'arcs-focus' });
  const cursor = svg('g', { class: 'arcs-cursor' });
  const picture = svg('svg', { width: room, height: T * height }, all, focus, cursor);
  const names = labels(tokens, 'side');
  const body = element(
    'div',
    { class: 'arcs', 'aria-hidden': 'true', style: `--cell:${height}px;--tokens:${T};--side:${side}px` },
    names,
    picture,
  );
  const hidden = shown.length < (T * (T + 1)) / 2 ? words.attention.cut(LEAST) : '';
  const more = left > 0 ? words.attention.strongest(MOST) : '';
  let marked = -1;
  return {
    label: words.attention.label(layer, head, T),
    caption: T === 1 ? words.attention.one : words.attention.arcs(layer, head) + hidden + more,
    body,
    rows: T,
    columns: (row) => row + 1,
    start: strongest(attention, T - 1),
    describe: (place) => describeWeight(attention, place),
    mark(place) {
      const row = place?.row ?? -1;
      body.classList.toggle('arcs-marked', row >= 0);
      if (row !== marked) {
        marked = row;
        const places = Array.from({ length: row + 1 }, (_, column) => ({ row, column }));
        focus.replaceChildren(...places.map(stroke));
      }
      cursor.replaceChildren(...(place ? [stroke(place), end(INDENT, middle(place.column))] : []));
      for (const [at, name] of [...names.children].entries()) {
        name.classList.toggle('marked', at === row);
        name.classList.toggle('marked-end', at === place?.column && at !== row);
      }
      return place && names.children[place.row];
    },
    at(event) {
      const row = Math.floor((event.clientY - body.getBoundingClientRect().top) / height);
      return row >= 0 && row < T ? strongest(attention, row) : undefined;
    },
    insertion: () => attentionInsertion(reading, layer, head),
    table: () => attentionTable(attention),
  };
}

/** The ring around the token that an arc leads to. */
const end = (cx: number, cy: number) => svg('circle', { class: 'arc-end', cx, cy, r: 4 });

/** The weights that are drawn, weakest first so that the strong lie on top, and how many more there would have been. */
function drawn(attention: Attention): { shown: Place[]; left: number } {
  const T = attention.reading.ids.length;
  const places: Place[] = [];
  for (let row = 0; row < T; row++) {
    for (let column = 0; column <= row; column++) {
      if (weightAt(attention, { row, column }) >= LEAST) places.push({ row, column });
    }
  }
  places.sort((a, b) => weightAt(attention, a) - weightAt(attention, b));
  const shown = places.slice(-MOST);
  return { shown, left: places.length - shown.length };
}
