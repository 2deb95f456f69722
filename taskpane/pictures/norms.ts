import type { Scale } from '@observablehq/plot';
import { element } from '../dom';
import { chooser, tick } from './controls';
import { formulaOf } from './formula';
import { mean, type Norms, readNorms } from './norms-data';
import { normsPanels } from './norms-panels';
import type { Choices, Drawing, Picture, Place, Table } from './picture';
import { exact, words } from './strings';

/** The cursor: how far around a dot, and around a bar, in pixels. */
const RING = 7;
const EDGE = 3;

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
  const panels = normsPanels({ norms: read, token: at, logScale, width });
  const x = panels.stream.scale('x') as Scale;
  const y = { stream: panels.stream.scale('y') as Scale, added: panels.added.scale('y') as Scale };
  const cursor = element('div', { class: 'norms-cursor', hidden: true });
  const body = element('div', { class: 'norms', 'aria-hidden': 'true' }, panels.stream, panels.added, cursor);
  /** How far below the top of the picture the bars begin. */
  const below = () => panels.added.getBoundingClientRect().top - body.getBoundingClientRect().top;
  const values = [stream, attn, mlp] as const;
  return {
    label: words.norms.label(layers, name),
    caption: tokens.length > 1 ? words.norms.caption(name, at) : words.norms.single(name, at),
    body,
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
      cursor.hidden = !place;
      if (!place) return undefined;
      const { left, top, wide, high } = box(place);
      cursor.classList.toggle('round', place.row === 0);
      Object.assign(cursor.style, {
        width: `${wide}px`,
        height: `${high}px`,
        translate: `${left}px ${top}px`,
      });
      return cursor;
    },
    at(event) {
      const { left, top } = body.getBoundingClientRect();
      const across = x.invert?.(event.clientX - left) ?? 0;
      const inside = (column: number, last: number) => Math.max(0, Math.min(last, column));
      if (event.clientY - top < below()) return { row: 0, column: inside(Math.round(across), layers) };
      const layer = inside(Math.floor(across), layers - 1);
      return { row: across < layer + 0.5 ? 1 : 2, column: layer };
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

  /** Around a dot of the line, or around a bar. */
  function box({ row, column }: Place): Record<'left' | 'top' | 'wide' | 'high', number> {
    if (row === 0) {
      const middle = y.stream.apply(of(stream, column));
      return { left: x.apply(column) - RING, top: middle - RING, wide: 2 * RING, high: 2 * RING };
    }
    const from = column + 0.5 - (row === 1 ? panels.bar : 0);
    const top = y.added.apply(of(row === 1 ? attn : mlp, column));
    const bottom = Math.max(...(y.added.range as number[]));
    return {
      left: x.apply(from) - EDGE,
      top: below() + top - EDGE,
      wide: x.apply(from + panels.bar) - x.apply(from) + 2 * EDGE,
      high: bottom - top + 2 * EDGE,
    };
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
