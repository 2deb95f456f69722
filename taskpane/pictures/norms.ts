import { scaleLinear, scaleLog } from 'd3-scale';
import { element } from '../dom';
import { chooser, tick } from './controls';
import { formulaOf } from './formula';
import { mean, type Norms, readNorms } from './norms-data';
import { normsFrame, type Panel } from './norms-frame';
import type { Choices, Drawing, Picture, Place, Table } from './picture';
import { exact, words } from './strings';
import { svg } from './svg';

const LEFT = 40;
const RIGHT = 14;
const STREAM: Panel = { top: 22, height: 168 };
const ADDED: Panel = { top: 236, height: 104 };
const HEIGHT = 372;

/** The length of the residual stream from layer to layer, and what attention and MLP add to it. */
export const norms: Picture = {
  controls: ({ tokens }, { token, logScale }, changed) => [
    chooser(
      words.norms.token,
      [
        ['last', words.norms.last],
        ...tokens.map((text, at): [string, string] => [String(at), words.norms.choice(text, at)]),
      ],
      String(token),
      (value) => changed({ token: value === 'last' ? 'last' : Number(value) }, 'draw'),
    ),
    tick(words.norms.logScale, logScale, (logScale) => changed({ logScale }, 'draw')),
  ],
  load: async (ask) => {
    const read = await readNorms(ask);
    return (choices, width) => draw(read, choices, width);
  },
};

function draw(read: Norms, { token, logScale }: Readonly<Choices>, width: number): Drawing {
  const { reading, stream, attn, mlp } = read;
  const { tokens, config } = reading;
  const at = token === 'last' ? tokens.length - 1 : Math.min(token, tokens.length - 1);
  const name = tokens[at] as string;
  const layers = config.n_layer;
  const of = (values: readonly Float64Array[], i: number) => values[i]?.[at] as number;
  const x = scaleLinear([0, layers], [LEFT, width - RIGHT]);
  const y = (panel: Panel, values: readonly Float64Array[]) => {
    const all = values.flatMap((row) => [...row]);
    const range = [panel.top + panel.height, panel.top];
    const most = all.reduce((a, b) => Math.max(a, b), 0) || 1;
    const least = all.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), most);
    return logScale
      ? scaleLog([least / 1.2, most * 1.1], range).clamp(true)
      : scaleLinear([0, most], range).nice(4);
  };
  const yStream = y(STREAM, stream);
  const yAdded = y(ADDED, [...attn, ...mlp]);
  const line = (value: (i: number) => number, css: string) =>
    svg('path', {
      class: css,
      d: stream
        .map((_, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${yStream(value(i)).toFixed(1)}`)
        .join(''),
    });
  const wide = Math.max(1.5, Math.min(16, 0.36 * (x(1) - x(0))));
  const bar = (values: readonly Float64Array[], layer: number, side: 0 | 1, css: string) => {
    const top = yAdded(of(values, layer));
    const left = x(layer + 0.5) + (side === 0 ? -wide : 0);
    return svg('rect', { class: css, x: left, y: top, width: wide, height: ADDED.top + ADDED.height - top });
  };
  const cursor = svg('g', { class: 'norms-cursor' });
  const blocks = Array.from({ length: layers }, (_, layer) => layer);
  const picture = svg(
    'svg',
    { width, height: HEIGHT },
    ...normsFrame({ x, yStream, yAdded, stream: STREAM, added: ADDED, layers, width, left: LEFT, logScale }),
    ...(tokens.length > 1 ? tokens.map((_, t) => line((i) => stream[i]?.[t] as number, 'norm-token')) : []),
    ...(tokens.length > 1 ? [line((i) => mean(stream[i] as Float64Array), 'norm-mean')] : []),
    line((i) => of(stream, i), 'norm-line'),
    ...stream.map((_, i) =>
      svg('circle', { class: 'norm-dot', cx: x(i), cy: yStream(of(stream, i)), r: 2.5 }),
    ),
    ...blocks.flatMap((l) => [bar(attn, l, 0, 'norm-attn'), bar(mlp, l, 1, 'norm-mlp')]),
    cursor,
  );
  const values = [stream, attn, mlp] as const;
  return {
    label: words.norms.label(layers, name),
    caption: tokens.length > 1 ? words.norms.caption(name, at) : words.norms.single(name, at),
    body: element('div', { class: 'norms', 'aria-hidden': 'true' }, picture),
    legend: legend(`${name} (${at})`, tokens.length > 1),
    rows: 3,
    columns: (row) => (row === 0 ? layers + 1 : layers),
    start: { row: 0, column: 0 },
    describe({ row, column }) {
      const value = of(values[row] as Float64Array[], column);
      const average = mean(values[row]?.[column] as Float64Array);
      if (row === 1) return words.norms.attnValue(column, value, average);
      if (row === 2) return words.norms.mlpValue(column, value, average);
      if (column === layers) return words.norms.after(value, average);
      return words.norms.before(column, value, average);
    },
    mark(place) {
      cursor.replaceChildren(...(place ? [ring(place)] : []));
      return cursor;
    },
    at(event) {
      const box = picture.getBoundingClientRect();
      const across = event.clientX - box.left;
      const column = Math.max(0, Math.min(layers, Math.round(x.invert(across))));
      if (event.clientY - box.top < (STREAM.top + STREAM.height + ADDED.top) / 2) return { row: 0, column };
      const layer = Math.max(0, Math.min(layers - 1, Math.floor(x.invert(across))));
      return { row: across < x(layer + 0.5) ? 1 : 2, column: layer };
    },
    insertion: ({ row, column }) => {
      const layer = Math.min(column, layers - 1);
      const formula = row === 1 ? 'ATTN_OUT' : row === 2 ? 'MLP_OUT' : 'RESID';
      const post = row === 0 && column === layers;
      return {
        label: words.insert.norms(formula, layer, post),
        formula: () => formulaOf(formula, reading.source, layer, ...(post ? ['"post"'] : [])),
      };
    },
    table: () => table(read, at),
  };

  function ring({ row, column }: Place): SVGElement {
    if (row === 0) return svg('circle', { cx: x(column), cy: yStream(of(stream, column)), r: 6 });
    const top = yAdded(of(row === 1 ? attn : mlp, column));
    const left = x(column + 0.5) - (row === 1 ? wide : 0);
    const height = ADDED.top + ADDED.height - top;
    return svg('rect', { x: left - 1.5, y: top - 1.5, width: wide + 3, height: height + 3 });
  }
}

function legend(token: string, several: boolean): HTMLElement {
  const entry = (css: string, text: string) =>
    element('li', {}, element('i', { class: `key ${css}` }), element('bdi', {}, text));
  return element(
    'ul',
    { class: 'keys' },
    entry('key-line', token),
    ...(several ? [entry('key-mean', words.norms.mean), entry('key-token', words.norms.others)] : []),
    entry('key-attn', words.norms.attn),
    entry('key-mlp', words.norms.mlp),
  );
}

function table({ reading, stream, attn, mlp }: Norms, at: number): Table {
  const cells = (values: Float64Array | undefined) =>
    values ? [exact(values[at] as number), exact(mean(values))] : ['–', '–'];
  return {
    caption: words.norms.table(reading.tokens[at] as string, at),
    head: words.norms.columns,
    rows: stream.map((row, layer) => [
      layer < attn.length ? String(layer) : words.norms.end,
      ...cells(row),
      ...cells(attn[layer]),
      ...cells(mlp[layer]),
    ]),
  };
}
