import { axisX, barX, cell, identity, plot, text } from '@observablehq/plot';
import { largest, probabilities } from '../../src/gpt2/sampling';
import type { Tensor } from '../../src/gpt2/tensor';
import { element } from '../dom';
import { chooser, slider } from './controls';
import { bandScale, Edge, lengthOf } from './edge';
import { formulaOf } from './formula';
import { widthOf } from './labels';
import type { Choices, Drawing, Insertion, Picture, Reading, Stagehand } from './picture';
import { exact, log, percent, words } from './strings';
import { visible } from './tokens';

const COUNTS = [5, 10, 20, 50] as const;
const TEMPERATURE = { min: 0.1, max: 3, step: 0.1 } as const;
/** Room for "< 0.1 %" behind a bar. */
const FIGURE = 66;
/** Room for the axis below the bars. */
const AXIS = 24;
const BAR = 14;
const GAP = 10;

/** What is known of the next token: all logits, and the likeliest ids with their texts, most of which are not shown. */
interface Next {
  readonly reading: Reading;
  /** [V] */
  readonly logits: Float32Array;
  readonly ids: readonly number[];
  readonly texts: readonly string[];
}

/** The likeliest next tokens; a temperature changes their bars without another forward pass. */
export const nextBars: Picture = {
  controls: (_, { count, figures, temperature }, changed) => [
    chooser(
      words.next.count,
      COUNTS.map((n) => [String(n), String(n)]),
      String(count),
      (value) => changed({ count: Number(value) }, 'draw'),
    ),
    chooser(
      words.next.figures,
      [
        ['probability', words.next.probability],
        ['log', words.next.log],
      ],
      figures,
      (value) => changed({ figures: value as Choices['figures'] }, 'draw'),
    ),
    slider(
      words.next.temperature,
      { ...TEMPERATURE, value: temperature },
      (value) => value.toFixed(1),
      (value) => changed({ temperature: value }, 'draw'),
    ),
  ],
  load: async ({ client, reading, signal }) => {
    const wants = [{ name: 'logits' as const, position: reading.ids.length - 1 }];
    const { tensors } = await client.read({ from: { ids: reading.ids }, wants }, signal);
    const [{ data: logits }] = tensors as [Tensor];
    const ids = largest(logits, Math.min(logits.length, Math.max(...COUNTS)));
    const texts = 'ids' in reading.source ? ids.map(String) : (await client.show(ids)).map(visible);
    signal.throwIfAborted();
    return (choices, width, hand) => draw({ reading, logits, ids, texts }, choices, width, hand);
  },
};

function draw(
  { reading, logits, ids, texts }: Next,
  { count, figures, temperature }: Readonly<Choices>,
  width: number,
  hand: Stagehand,
): Drawing {
  const p = probabilities(logits, temperature);
  const shown = ids.slice(0, count);
  const of = (row: number) => p[shown[row] as number] as number;
  // Probabilities below the smallest float64 have a logarithm all the same.
  const base = logOfSum(logits, temperature);
  const lnOf = (row: number) => (logits[shown[row] as number] as number) / temperature - base;
  const side = widthOf(texts.slice(0, count), 48, 120);
  const last = reading.tokens.at(-1) as string;
  const rows = shown.map((_, row) => row);
  const bands = { count: shown.length, cell: BAR, gap: GAP };
  const names = new Edge({ edge: 'side', names: texts, bands, room: side });
  const picture = plot({
    className: 'plot',
    width: Math.max(FIGURE + 80, width - side),
    height: lengthOf(bands) + AXIS,
    margin: 0,
    marginBottom: AXIS,
    marginRight: FIGURE,
    x: { type: 'linear', domain: [0, of(0)], nice: 3, axis: null },
    y: bandScale(bands),
    marks: [
      cell(rows, { y: identity, className: 'bar-track' }),
      barX(rows, { x1: 0, x2: of, y: identity, className: 'bar-fill' }),
      text(rows, {
        y: identity,
        text: (row: number) => (figures === 'log' ? log(lnOf(row)) : percent(of(row))),
        ...{ frameAnchor: 'right', dx: FIGURE, className: 'bar-figure' },
      }),
      axisX({
        ticks: 3,
        tickFormat: (tick: number) => `${Number((100 * tick).toPrecision(2))} %`,
        ...{ tickSize: 4, tickPadding: 4, label: null },
      }),
    ],
  });
  const cursor = element('div', { class: 'bars-cursor', hidden: true, style: `height:${BAR + GAP}px` });
  const body = element('div', { class: 'bars', 'aria-hidden': 'true' }, cursor, names.element, picture);
  const insertion: Insertion = {
    label: words.insert.top(shown.length),
    formula: () => formulaOf('TOP', reading.source, shown.length),
  };
  const together = shown.reduce((sum, _, row) => sum + of(row), 0);
  const note = temperature === 1 ? words.next.clicks : words.next.atOne;
  return {
    label: words.next.label(shown.length, last),
    caption: words.next.caption(shown.length, logits.length, last, together, temperature) + note,
    body,
    rows: shown.length,
    columns: () => 1,
    start: { row: 0, column: 0 },
    describe: ({ row }) =>
      words.next.value(
        texts[row] as string,
        of(row),
        lnOf(row),
        logits[shown[row] as number] as number,
        shown[row] as number,
      ),
    mark(place) {
      cursor.hidden = !place;
      names.mark(place?.row);
      if (!place) return undefined;
      cursor.style.top = `${names.from(place.row) - GAP / 2}px`;
      return cursor;
    },
    at(event) {
      const row = names.at(event.clientY - body.getBoundingClientRect().top);
      return row === undefined ? undefined : { row, column: 0 };
    },
    activate: () => hand.insert(insertion),
    insertion: () => insertion,
    table: () => ({
      caption: words.next.table(temperature),
      head: words.next.columns,
      rows: shown.map((id, row) => [
        texts[row] as string,
        exact(of(row)),
        exact(lnOf(row)),
        exact(logits[id] as number),
        String(id),
      ]),
    }),
  };
}

/** The logarithm of the softmax's denominator, for logits [V] over a temperature. */
function logOfSum(logits: Float32Array, temperature: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const logit of logits) most = Math.max(most, logit);
  let sum = 0;
  for (const logit of logits) sum += Math.exp((logit - most) / temperature);
  return most / temperature + Math.log(sum);
}
