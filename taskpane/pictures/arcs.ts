import { type CurveFunction, dot, link, plot } from '@observablehq/plot';
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
import { bandScale, Edge, lengthOf } from './edge';
import { widthOf } from './labels';
import type { Drawing, Picture, Place } from './picture';
import { words } from './strings';

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
  const bands = { count: T, cell: rowOf(T), gap: 0 };
  const side = widthOf(tokens, 48, 110);
  const room = Math.max(80, width - side);
  const names = new Edge({ edge: 'side', names: tokens, bands, room: side });

  const drawArcs = (places: readonly Place[], css: string): Element => {
    const weight = (place: Place) => weightAt(attention, place);
    const itself = ({ row, column }: Place) => row === column;
    return plot({
      className: 'plot',
      width: room,
      height: lengthOf(bands),
      margin: 0,
      x: { domain: [0, 1], range: [INDENT, room], axis: null },
      y: bandScale(bands),
      opacity: { type: 'sqrt', domain: [0, 1], range: [0.1, 1] },
      r: { type: 'linear', domain: [0, 1], range: [1.5, 6] },
      marks: [
        link(
          places.filter((place) => !itself(place)),
          {
            ...{ x: () => 0, y1: 'row', y2: 'column', opacity: weight },
            strokeWidth: (place: Place) => Math.max(0.5, THICKEST * weight(place)),
            curve: bow(room - INDENT - 8, lengthOf(bands)),
            className: `arc ${css}`,
          },
        ),
        dot(places.filter(itself), {
          ...{ x: () => 0, y: 'row', r: weight, opacity: weight },
          className: `dot ${css}`,
        }),
      ],
    });
  };

  const { shown, left } = drawn(attention);
  const focus = element('div', { class: 'arcs-focus' });
  const cursor = element('div', { class: 'arcs-cursor' });
  const end = element('div', { class: 'arc-end', hidden: true, style: `left:${INDENT}px` });
  const field = element('div', { class: 'arcs-field' }, drawArcs(shown, 'arcs-all'), focus, cursor, end);
  const body = element('div', { class: 'arcs', 'aria-hidden': 'true' }, names.element, field);
  const hidden = shown.length < (T * (T + 1)) / 2 ? words.attention.cut(LEAST) : '';
  const more = left > 0 ? words.attention.strongest(MOST) : '';
  let marked: number | undefined;
  return {
    label: words.attention.label(layer, head, T),
    caption: T === 1 ? words.attention.one : words.attention.arcs(layer, head) + hidden + more,
    body,
    rows: T,
    columns: (row) => row + 1,
    start: strongest(attention, T - 1),
    describe: (place) => describeWeight(attention, place),
    mark(place) {
      body.classList.toggle('arcs-marked', place !== undefined);
      if (place?.row !== marked) {
        marked = place?.row;
        const places = Array.from({ length: (marked ?? -1) + 1 }, (_, column) => ({
          row: marked ?? 0,
          column,
        }));
        focus.replaceChildren(...(place ? [drawArcs(places, '')] : []));
      }
      cursor.replaceChildren(...(place ? [drawArcs([place], '')] : []));
      end.hidden = !place;
      if (place) end.style.top = `${names.middle(place.column)}px`;
      return names.mark(place?.row, place?.column);
    },
    at(event) {
      const row = names.at(event.clientY - body.getBoundingClientRect().top);
      return row === undefined ? undefined : strongest(attention, row);
    },
    insertion: () => attentionInsertion(reading, layer, head),
    table: () => attentionTable(attention),
  };
}

/**
 * A curve from a token up to another, out to the right and back. Those of all lengths fit: the longest reaches across,
 * short ones keep apart from each other.
 * @param reach how far one may go to the right, in pixels
 * @param longest how far apart two tokens may be
 */
const bow =
  (reach: number, longest: number): CurveFunction =>
  (context: CanvasPath) => {
    let from: [x: number, y: number] | undefined;
    return {
      lineStart() {
        from = undefined;
      },
      point(x: number, y: number) {
        if (!from) {
          from = [x, y];
          context.moveTo(x, y);
          return;
        }
        const high = Math.abs(y - from[1]);
        const wide = Math.min(reach * Math.sqrt(high / longest), 0.7 * high + 12);
        // A cubic goes three quarters of the way to its handles.
        const handle = x + (4 / 3) * wide;
        context.bezierCurveTo(handle, from[1], handle, y, x, y);
      },
      lineEnd() {},
      areaStart() {},
      areaEnd() {},
    };
  };

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
