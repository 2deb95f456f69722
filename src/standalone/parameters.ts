import { blockParameters } from '../gpt2/parameters';
import type { Model } from '../gpt2/reference';
import type { Sheet } from '../workbook/sheet';
import { Draft, type Place } from './draft';
import { BODY, DATA, putFrame, tabs } from './frame';
import { strings } from './strings';

/** Where each parameter lies, by its checkpoint name. */
export type ParameterPlaces = ReadonlyMap<string, Place>;

/** Sheets with all parameters: the embeddings, a sheet for each block, the last LayerNorm, and a head that is not tied. */
export function parameterSheets(
  model: Model,
  texts: readonly string[] | undefined,
): { readonly sheets: readonly Sheet[]; readonly places: ParameterPlaces } {
  const { config, weights } = model;
  const { n_layer, n_embd: d, vocab_size: V, n_positions } = config;
  const places = new Map<string, Place>();
  const drafts: Draft[] = [];
  const { names } = strings;
  const { about } = strings.start;

  const table = (name: string, rows: number, lead: string, on: string, labels?: readonly string[]) => {
    const draft = new Draft(name);
    putFrame(draft, `${name}.weight`, lead, { on });
    places.set(`${name}.weight`, putMatrix(draft, BODY, rows, d, weights.get(`${name}.weight`), labels));
    drafts.push(draft);
  };
  table('wte', V, strings.weights.wte, names.embedding, texts);
  table('wpe', n_positions, strings.weights.wpe, names.embedding);
  for (let layer = 0; layer < n_layer; layer++) {
    const draft = new Draft(strings.names.weights(layer));
    putFrame(draft, `h.${layer}`, strings.weights.lead, { on: strings.names.block(layer) });
    let row = BODY;
    for (const [name, shape] of Object.entries(blockParameters(config))) {
      const full = `h.${layer}.${name}`;
      const [rows, columns] = shape.length === 1 ? [1, shape[0] as number] : (shape as [number, number]);
      putHeading(draft, row, full, name);
      places.set(full, putMatrix(draft, row + 2, rows, columns, weights.get(full)));
      row += rows + 5;
    }
    drafts.push(draft);
  }
  const last = new Draft('ln_f');
  putFrame(last, 'ln_f', about.ln_f, { on: strings.names.output });
  ['weight', 'bias'].forEach((name, at) => {
    const [row, full] = [BODY + 6 * at, `ln_f.${name}`];
    putHeading(last, row, full, full);
    places.set(full, putMatrix(last, row + 2, 1, d, weights.get(full)));
  });
  drafts.push(last);
  if (weights.tied) places.set('lm_head.weight', places.get('wte.weight') as Place);
  else table('lm_head', V, about.lm_head, names.output, texts);
  return { sheets: drafts.map((draft) => draft.sheet({ rows: 1, columns: 2 }, tabs.weights)), places };
}

/** A parameter's name, and what it is for. */
function putHeading(draft: Draft, row: number, full: string, kind: string): void {
  draft.height(row, 30);
  draft.put(row, 1, full, 'heading');
  draft.put(row + 1, 1, strings.weights.about[kind] ?? '', 'text');
}

/** Numbers under the numbers of their columns, each row with its own number and perhaps a label. @returns the numbers */
function putMatrix(
  draft: Draft,
  row: number,
  rows: number,
  columns: number,
  values: Float32Array,
  labels?: readonly string[],
): Place {
  draft.put(row, 0, strings.captions.place, 'captionOfPositions');
  draft.put(row, 1, labels ? strings.captions.token : '', 'caption');
  for (let column = 0; column < columns; column++) draft.put(row, DATA + column, column, 'captionOfNumbers');
  for (let at = 0; at < rows; at++) {
    draft.put(row + 1 + at, 0, at, 'position');
    if (labels) putText(draft, row + 1 + at, 1, labels[at] ?? '', 'token');
  }
  return draft.weights(draft.at(row + 1, DATA, rows, columns), values);
}

/** A text as it is, also one that a cell would take for a formula. */
export function putText(draft: Draft, row: number, column: number, text: string, look: 'token'): void {
  if (text.startsWith('='))
    draft.put(row, column, `="${text.replaceAll('"', '""')}"`, look, { result: text });
  else draft.put(row, column, text, look);
}
