import { type ActivationName, MASKED } from '../gpt2/activations';
import { headWidth } from '../gpt2/config';
import { largest } from '../gpt2/sampling';
import type { Operand } from './explanation';
import { type Calculation, LISTED } from './kinds/calculation';
import { dot } from './kinds/dot';
import { geluOf } from './kinds/gelu';
import { lookup } from './kinds/lookup';
import { masked } from './kinds/masked';
import { norm } from './kinds/norm';
import { softmax } from './kinds/softmax';
import { sumOf } from './kinds/sum';
import { columnOperand, logitsOperand, numberOperand, rowOperand, weightOperand } from './operands';
import { type Part, positionLabel, type Run } from './run';
import { strings } from './strings';

/** One number of an activation. */
export interface Spot {
  readonly run: Run;
  readonly name: ActivationName;
  readonly layer: number;
  readonly head: number;
  /** The row of the activation: a position from 0. */
  readonly row: number;
  /** Its column; for logits the token's id. */
  readonly column: number;
}

type Stage = (spot: Spot) => Promise<Calculation>;

const dimension = (i: number): string => strings.axes.dimension(i);
const neuron = (i: number): string => strings.axes.neuron(i);

/** How each activation is computed from those before it and from the weights. */
const STAGES: Readonly<Record<ActivationName, Stage>> = {
  embed: ({ run, row, column }) => entry(run, 'embed', 'wte', run.ids?.[row] ?? 0, column),
  pos_embed: ({ run, row, column }) => entry(run, 'pos_embed', 'wpe', row, column),
  resid_pre: async (spot) =>
    spot.layer === 0
      ? streamSum(spot, 'resid_pre', [{ name: 'embed' }, { name: 'pos_embed' }])
      : streamSum(
          spot,
          'resid_pre',
          [
            { name: 'resid_mid', layer: spot.layer - 1 },
            { name: 'mlp_out', layer: spot.layer - 1 },
          ],
          [strings.notes.samePre(spot.layer - 1)],
        ),
  ln_1: (spot) => layerNorm(spot, { name: 'resid_pre', layer: spot.layer }, `h.${spot.layer}.ln_1`),
  q: (spot) => attentionInput(spot, 0),
  k: (spot) => attentionInput(spot, 1),
  v: (spot) => attentionInput(spot, 2),
  attn_scores: score,
  pattern,
  z: weightedValues,
  result: headResult,
  attn_out: async (spot) => {
    const { run, layer, row, column } = spot;
    const heads = Array.from({ length: run.config.n_head }, (_, head) =>
      numberOperand(run, { name: 'result', layer, head }, row, column, `result${subscript(head)}`),
    );
    const bias = weightOperand(run.reader, 'bias', `h.${layer}.attn.c_proj.bias`, { column });
    return sumOf({ symbol: 'attn_out', terms: await Promise.all([...heads, bias]) });
  },
  resid_mid: (spot) =>
    streamSum(spot, 'resid_mid', [
      { name: 'resid_pre', layer: spot.layer },
      { name: 'attn_out', layer: spot.layer },
    ]),
  ln_2: (spot) => layerNorm(spot, { name: 'resid_mid', layer: spot.layer }, `h.${spot.layer}.ln_2`),
  mlp_pre: (spot) => projection(spot, 'mlp_pre', { name: 'ln_2', layer: spot.layer }, 'mlp.c_fc', dimension),
  mlp_post: async ({ run, layer, row, column }) =>
    geluOf('mlp_post', await numberOperand(run, { name: 'mlp_pre', layer }, row, column, 'x')),
  mlp_out: (spot) =>
    projection(spot, 'mlp_out', { name: 'mlp_post', layer: spot.layer }, 'mlp.c_proj', neuron),
  resid_post: (spot) =>
    streamSum(spot, 'resid_post', [
      { name: 'resid_mid', layer: spot.layer },
      { name: 'mlp_out', layer: spot.layer },
    ]),
  ln_final: (spot) => layerNorm(spot, { name: 'resid_post', layer: spot.run.config.n_layer - 1 }, 'ln_f'),
  logits: async ({ run, row, column }) => {
    const d = run.config.n_embd;
    const [left, right] = await Promise.all([
      rowOperand(run, { name: 'ln_final' }, row, 'ln_final'),
      headName(run).then((name) =>
        weightOperand(run.reader, name.split('.')[0] as string, name, { row: column, columns: d }),
      ),
    ]);
    return dot({ symbol: 'logit', left, right, heading: strings.tables.dimension, labels: dimension });
  },
};

/** How one number of an activation came about. */
export const calculationOf = (spot: Spot): Promise<Calculation> => STAGES[spot.name](spot);

/** The mean over heads of a pattern's number: what ATTN shows without a head. */
export async function meanPattern({
  run,
  layer,
  row,
  column,
}: Omit<Spot, 'name' | 'head'>): Promise<Calculation> {
  const terms = Array.from({ length: run.config.n_head }, (_, head) =>
    numberOperand(run, { name: 'pattern', layer, head }, row, column, `pattern${subscript(head)}`),
  );
  const notes = column > row ? [strings.notes.maskedWeight(row, column)] : [];
  return sumOf({ symbol: strings.lines.mean, terms: await Promise.all(terms), mean: true, notes });
}

/** The probability of a token to come next: softmax of the logits of one position. */
export async function probability(run: Run, position: number, id: number): Promise<Calculation> {
  const row = await logitsOperand(run, position, 'logit');
  return softmaxOverVocabulary(run, row, id);
}

/** Softmax of a column of logits, with the likeliest tokens named. */
export async function softmaxOverVocabulary(run: Run, row: Operand, id: number): Promise<Calculation> {
  const listed = [...new Set([...largest(row.values, LISTED), id])];
  const { hasTokenizer } = (await run.reader.opened()).model;
  const names = hasTokenizer ? await run.reader.show(listed) : [];
  const named = new Map(listed.map((one, i) => [one, names[i]]));
  return softmax({
    symbol: 'p',
    row,
    at: id,
    heading: strings.tables.token,
    labels: (i) => strings.axes.id(i, named.get(i)),
  });
}

/** An entry of an embedding. */
async function entry(
  run: Run,
  symbol: string,
  short: string,
  row: number,
  column: number,
): Promise<Calculation> {
  const weight = await weightOperand(run.reader, `${short}[row, column]`, `${short}.weight`, { row, column });
  return lookup(symbol, `${short}[${row}, ${column}]`, weight);
}

/** A number of the residual stream: what was there and what was added. */
async function streamSum(
  { run, row, column }: Spot,
  symbol: string,
  parts: readonly Part[],
  notes?: readonly string[],
): Promise<Calculation> {
  const terms = await Promise.all(parts.map((part) => numberOperand(run, part, row, column, part.name)));
  return sumOf({ symbol, terms, notes });
}

async function layerNorm(
  { run, name, row, column }: Spot,
  before: Part,
  parameter: string,
): Promise<Calculation> {
  const [x, gain, bias] = await Promise.all([
    rowOperand(run, before, row, 'x'),
    weightOperand(run.reader, 'gain', `${parameter}.weight`, { column }),
    weightOperand(run.reader, 'bias', `${parameter}.bias`, { column }),
  ]);
  const epsilon = run.config.layer_norm_epsilon;
  return norm({ symbol: name, row: x, at: column, gain, bias, epsilon, labels: dimension });
}

/** A row through a matrix, plus the bias. */
async function projection(
  { run, layer, row, column }: Spot,
  symbol: string,
  before: Part,
  parameter: string,
  labels: (i: number) => string,
  weightColumn = column,
): Promise<Calculation> {
  const name = `h.${layer}.${parameter}`;
  const left = await rowOperand(run, before, row, before.name);
  const [right, bias] = await Promise.all([
    weightOperand(run.reader, 'w', `${name}.weight`, { column: weightColumn, rows: left.values.length }),
    weightOperand(run.reader, 'bias', `${name}.bias`, { column: weightColumn }),
  ]);
  const heading = labels === neuron ? strings.tables.neuron : strings.tables.dimension;
  return dot({ symbol, left, right, bias, heading, labels });
}

/** Queries, keys and values are the thirds of c_attn; each head has its own columns of a third. */
function attentionInput(spot: Spot, third: number): Promise<Calculation> {
  const { config } = spot.run;
  const column = third * config.n_embd + spot.head * headWidth(config) + spot.column;
  const before = { name: 'ln_1', layer: spot.layer } as const;
  return projection(spot, spot.name, before, 'attn.c_attn', dimension, column);
}

async function score({ run, layer, head, row, column }: Spot): Promise<Calculation> {
  if (column > row) return masked('score', row, column);
  const [left, right] = await Promise.all([
    rowOperand(run, { name: 'q', layer, head }, row, 'q'),
    rowOperand(run, { name: 'k', layer, head }, column, 'k'),
  ]);
  const root = { symbol: 'd_head', value: headWidth(run.config) };
  return dot({ symbol: 'score', left, right, root, heading: strings.tables.dimension, labels: dimension });
}

async function pattern({ run, layer, head, row, column }: Spot): Promise<Calculation> {
  const scores = await rowOperand(run, { name: 'attn_scores', layer, head }, row, 'score');
  const notes = scores.values[column] === MASKED ? [strings.notes.maskedWeight(row, column)] : [];
  return softmax({
    symbol: 'weight',
    row: scores,
    at: column,
    heading: strings.tables.key,
    labels: (i) => positionLabel(run, i),
    notes,
  });
}

async function weightedValues({ run, layer, head, row, column }: Spot): Promise<Calculation> {
  const [left, right] = await Promise.all([
    rowOperand(run, { name: 'pattern', layer, head }, row, 'pattern'),
    columnOperand(run, { name: 'v', layer, head }, column, 'v'),
  ]);
  const notes = row < run.tokens - 1 ? [strings.notes.futureValues(row)] : [];
  return dot({
    symbol: 'z',
    left,
    right,
    heading: strings.tables.key,
    labels: (i) => positionLabel(run, i),
    notes,
  });
}

async function headResult({ run, layer, head, row, column }: Spot): Promise<Calculation> {
  const width = headWidth(run.config);
  const [left, right] = await Promise.all([
    rowOperand(run, { name: 'z', layer, head }, row, 'z'),
    weightOperand(run.reader, 'w', `h.${layer}.attn.c_proj.weight`, {
      row: head * width,
      column,
      rows: width,
    }),
  ]);
  return dot({ symbol: 'result', left, right, heading: strings.tables.dimension, labels: dimension });
}

/** The parameter of the output head: the token embedding, unless the model has a head of its own. */
export async function headName(run: Run): Promise<string> {
  const all = await run.reader.parameters();
  return all.some(({ name }) => name === 'lm_head.weight') ? 'lm_head.weight' : 'wte.weight';
}

/** 12 → ₁₂ */
export const subscript = (n: number): string =>
  [...String(n)].map((digit) => String.fromCharCode(0x2080 + Number(digit))).join('');
