import type { Tensor } from '../../src/gpt2/tensor';
import { chooser, numbers } from './controls';
import { formulaOf } from './formula';
import type { Ask, Changed, Choices, Insertion, Place, Reading, Table } from './picture';
import { exact, words } from './strings';

/** Tokens that a table of attention shows at most: as many again across. */
const TABLE_TOKENS = 64;

/** An attention pattern [T, T], of one head or of the mean over a layer's heads. */
export interface Attention {
  readonly weights: Float32Array;
  readonly reading: Reading;
  readonly layer: number;
  readonly head: number | 'mean';
}

export async function readAttention({ client, reading, choices, signal }: Ask): Promise<Attention> {
  const { layer, head } = choices;
  const want =
    head === 'mean' ? { name: 'pattern' as const, layer } : { name: 'pattern' as const, layer, head };
  const { tensors } = await client.read({ from: { ids: reading.ids }, wants: [want] }, signal);
  const [pattern] = tensors as [Tensor];
  const weights = head === 'mean' ? meanOverHeads(pattern) : pattern.data;
  return { weights, reading, layer, head };
}

/** [H, T, T] → [T, T] */
function meanOverHeads({ dims, data }: Tensor): Float32Array {
  const [heads = 1] = dims;
  const size = data.length / heads;
  return Float32Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let h = 0; h < heads; h++) sum += data[h * size + i] as number;
    return sum / heads;
  });
}

/** What the row's token gives the column's. */
export const weightAt = ({ weights, reading }: Attention, { row, column }: Place): number =>
  weights[row * reading.ids.length + column] as number;

export function describeWeight(attention: Attention, place: Place): string {
  const { tokens } = attention.reading;
  const [from, to] = [tokens[place.row] as string, tokens[place.column] as string];
  return words.attention.value(from, place.row, to, place.column, weightAt(attention, place));
}

/** The place of the largest weight in a row. */
export function strongest(attention: Attention, row: number): Place {
  let best = { row, column: 0 };
  for (let column = 1; column <= row; column++) {
    if (weightAt(attention, { row, column }) > weightAt(attention, best)) best = { row, column };
  }
  return best;
}

export const attentionInsertion = ({ source }: Reading, layer: number, head: number | 'mean'): Insertion => ({
  label: words.insert.attention(layer, head),
  formula: () => formulaOf('ATTN', source, layer, ...(head === 'mean' ? [] : [head])),
});

export function attentionTable(attention: Attention): Table {
  const { reading, layer, head } = attention;
  const { tokens } = reading;
  const shown = tokens.slice(0, TABLE_TOKENS);
  const cut = shown.length < tokens.length ? words.tableCut(shown.length, tokens.length) : '';
  return {
    caption: words.attention.table(layer, head) + cut,
    head: [words.attention.token, ...shown],
    rows: shown.map((token, row) => [
      token,
      ...shown.map((_, column) => (column > row ? '–' : exact(weightAt(attention, { row, column })))),
    ]),
  };
}

/** Choosers of a layer and of a head, or of the mean of all heads. */
export const headControls = (
  { config }: Reading,
  { layer, head }: Readonly<Choices>,
  changed: Changed,
): HTMLElement[] => [
  chooser(words.layer, numbers(config.n_layer), String(layer), (value) =>
    changed({ layer: Number(value) }, 'load'),
  ),
  chooser(words.head, [['mean', words.meanOfHeads], ...numbers(config.n_head)], String(head), (value) =>
    changed({ head: value === 'mean' ? 'mean' : Number(value) }, 'load'),
  ),
];
