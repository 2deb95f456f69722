import type { Engine } from '../../src/engine/engine';
import type { ActivationName } from '../../src/gpt2/activations';
import { ACTIVATIONS, MASKED } from '../../src/gpt2/activations';
import type { Tokenizer } from '../../src/gpt2/tokenizer';
import type { Place } from '../../src/standalone/draft';
import type { Source } from '../../src/standalone/source';
import type { Standalone } from '../../src/standalone/workbook';
import { allWants, type Difference, difference } from './agreement';
import { loadModel } from './models';

/** A model folder as what a workbook is made from. */
export function sourceOf(name: string, folder: string, tokenizer?: Tokenizer): Source {
  return {
    name,
    model: loadModel(folder),
    ...(tokenizer && {
      vocabulary: tokenizer.vocabulary(),
      encode: (text: string) => tokenizer.encode(text),
    }),
  };
}

/** The cells of a sheet, by rows. */
export type Cells = (sheet: string) => readonly (readonly string[])[];

/** The text in the first cell of a place. */
export const textAt = (cells: Cells, { sheet, top, left }: Place): string =>
  cells(sheet)[top - 1]?.[left] ?? '';

/** The ids that the workbook reads. */
export function idsIn(cells: Cells, { ids, room }: Standalone): number[] {
  return Array.from({ length: room }, (_, t) => textAt(cells, { ...ids, top: ids.top + t }))
    .filter((text) => text !== '')
    .map(Number);
}

/** An activation's numbers in the workbook, in the order of the table's shapes; of a layer if it has any. */
export function numbersIn(
  cells: Cells,
  { activations, room }: Standalone,
  name: ActivationName,
  layer: number | undefined,
  T: number,
  H: number,
): Float64Array {
  const place = activations.get(layer === undefined ? name : `${name}.${layer}`) as Place;
  const rows = cells(place.sheet);
  const at = (row: number, column: number) =>
    Number(rows[place.top - 1 + row]?.[place.left + column] ?? Number.NaN);
  const out: number[] = [];
  if (name === 'logits') {
    for (let t = 0; t < T; t++) for (let v = 0; v < place.rows; v++) out.push(at(v, t));
    return Float64Array.from(out);
  }
  const heads = (ACTIVATIONS[name].shape as readonly string[]).includes('H') ? H : 1;
  const stride = place.columns / heads;
  const width = name === 'attn_scores' || name === 'pattern' ? T : stride;
  if (place.rows !== room) throw new Error(`${name} has ${place.rows} rows for a room of ${room}.`);
  for (let head = 0; head < heads; head++)
    for (let t = 0; t < T; t++)
      for (let column = 0; column < width; column++) out.push(at(t, head * stride + column));
  return Float64Array.from(out);
}

/** Every activation of the workbook against the engine's: the largest difference of each over all layers. */
export async function compared(
  cells: Cells,
  workbook: Standalone,
  engine: Engine,
  ids: readonly number[],
): Promise<Difference[]> {
  const { n_layer, n_head } = engine.config;
  const wants = allWants(n_layer);
  const tensors = await engine.read({ ids, wants });
  const worst = new Map<ActivationName, Difference>();
  wants.forEach(({ name, layer }, i) => {
    const ours = numbersIn(cells, workbook, name, layer, ids.length, n_head);
    const expected = tensors[i]?.data ?? new Float32Array(0);
    // Masked scores are the same number in float32 and in a cell.
    const { absolute, relative } = difference(
      ours,
      expected.map((x) => (x === Math.fround(MASKED) ? MASKED : x)),
    );
    const before = worst.get(name);
    worst.set(name, {
      name,
      absolute: Math.max(absolute, before?.absolute ?? 0),
      relative: Math.max(relative, before?.relative ?? 0),
    });
  });
  return [...worst.values()];
}
