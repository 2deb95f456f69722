import type { ActivationName } from '../../../src/gpt2/activations';
import { shapeOf } from '../../../src/gpt2/activations';
import type { Numbers } from '../../../src/gpt2/arithmetic';
import type { Activations, Keep, Model } from '../../../src/gpt2/reference';
import { block, keyOf, unembed } from '../../../src/gpt2/reference';
import { randomNumbers } from '../../support/random';
import { type Case, cellsOf, column, type Given, type GivenPrompt } from './case';

/** Formulas that show one head of an activation. */
const OF_HEAD: readonly [id: string, name: ActivationName][] = [
  ['QUERY', 'q'],
  ['KEY', 'k'],
  ['VALUE', 'v'],
  ['SCORES', 'attn_scores'],
  ['ATTN', 'pattern'],
  ['HEAD', 'z'],
  ['RESULT', 'result'],
];
const PROBABILITIES: readonly ActivationName[] = ['pattern'];

/** The stages of the model: embeddings, the inside of every block, and what leaves the last, in both forms. */
export function stageCases({ model, prompts }: Given): Case[] {
  const fromPrompts = prompts.flatMap((prompt) => [
    ...embeddings(model, prompt),
    ...layersOf(model).flatMap((layer) => [
      ...attention(model, inputsOf(prompt), layer, prompt.acts, 'prompt'),
      ...mlp(model, inputsOf(prompt), layer, prompt.acts, 'prompt'),
    ]),
    ...inputsOf(prompt).flatMap((input) => blocksAndFinal(model, input, prompt.acts)),
  ]);
  return [...fromPrompts, ...fromCells(model, prompts[0])];
}

const layersOf = ({ config }: Model) => Array.from({ length: config.n_layer }, (_, layer) => layer);

/** The first argument of a formula: the text where there is one, and the token ids of a short prompt. */
export const inputsOf = ({ text, ids }: GivenPrompt): unknown[][][] => [
  ...(text === undefined ? [] : [[[text]]]),
  ...(text === undefined || ids.length < 20 ? [column(ids)] : []),
];

/** An activation, or one head of it, as a formula shows it. */
function shown(model: Model, acts: Activations, name: ActivationName, layer: number, head?: number) {
  const all = acts.get(keyOf(name, layer)) as Numbers;
  const size = all.length / (head === undefined ? 1 : model.config.n_head);
  const numbers = all.slice((head ?? 0) * size, ((head ?? 0) + 1) * size);
  const width = shapeOf(name, model.config, 1).at(-1) as number;
  // The widths of scores and patterns are the tokens themselves: squares.
  const rows = name === 'pattern' || name === 'attn_scores' ? Math.sqrt(size) : size / width;
  return { numbers, rows, probabilities: PROBABILITIES.includes(name) };
}

function embeddings(model: Model, prompt: GivenPrompt): Case[] {
  const show = (name: ActivationName, layer = 0) => shown(model, prompt.acts, name, layer);
  return inputsOf(prompt).flatMap((input): Case[] => [
    { id: 'EMBED', form: 'prompt', args: [input], right: show('embed') },
    // One number alone is how many places to show.
    ...(typeof input[0]?.[0] === 'number' && input.length === 1
      ? []
      : [{ id: 'POSITION', form: 'prompt', args: [input], right: show('pos_embed') } as const]),
    { id: 'POSITION', form: 'prompt', args: [[[prompt.ids.length]]], right: show('pos_embed') },
    ...layersOf(model).flatMap((layer) =>
      (['pre', 'mid', 'post'] as const).map(
        (point): Case => ({
          id: 'RESID',
          form: 'prompt',
          args: [input, layer, point],
          right: show(`resid_${point}`, layer),
        }),
      ),
    ),
  ]);
}

type Input = readonly unknown[][];

function attention(
  model: Model,
  inputs: readonly Input[],
  layer: number,
  acts: Activations,
  form: Case['form'],
): Case[] {
  const show = (name: ActivationName, head?: number) => shown(model, acts, name, layer, head);
  const heads = Array.from({ length: model.config.n_head }, (_, head) => head);
  return inputs.flatMap((input): Case[] => [
    ...OF_HEAD.flatMap(([id, name]) =>
      heads.map((head): Case => ({ id, form, args: [input, layer, head], right: show(name, head) })),
    ),
    { id: 'ATTN', form, args: [input, layer], right: meanPattern(model, acts, layer) },
    { id: 'ATTN_OUT', form, args: [input, layer], right: show('attn_out') },
    { id: 'LAYERNORM', form, args: [input, layer], right: show('ln_1') },
    { id: 'BLOCK', form, args: [input, layer], right: show('resid_post') },
  ]);
}

function meanPattern({ config }: Model, acts: Activations, layer: number) {
  const all = acts.get(keyOf('pattern', layer)) as Numbers;
  const size = all.length / config.n_head;
  const numbers = Float64Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let head = 0; head < config.n_head; head++) sum += all[head * size + i] as number;
    return sum / config.n_head;
  });
  return { numbers, rows: Math.sqrt(size), probabilities: true };
}

function mlp(
  model: Model,
  inputs: readonly Input[],
  layer: number,
  acts: Activations,
  form: Case['form'],
): Case[] {
  const show = (name: ActivationName) => shown(model, acts, name, layer);
  return inputs.flatMap((input): Case[] => [
    { id: 'LAYERNORM', form, args: [input, layer, 'ln_2'], right: show('ln_2') },
    { id: 'MLP_PRE', form, args: [input, layer], right: show('mlp_pre') },
    { id: 'MLP_POST', form, args: [input, layer], right: show('mlp_post') },
    { id: 'MLP_OUT', form, args: [input, layer], right: show('mlp_out') },
  ]);
}

function blocksAndFinal(model: Model, input: Input, acts: Activations): Case[] {
  const last = model.config.n_layer - 1;
  const final = shown(model, acts, 'ln_final', 0);
  const after = shown(model, acts, 'resid_post', last);
  return [
    { id: 'BLOCK', form: 'prompt', args: [input, 0, last], right: after },
    { id: 'FINAL', form: 'prompt', args: [input], right: final },
    { id: 'LAYERNORM', form: 'prompt', args: [input, 0, 'ln_f'], right: final },
  ];
}

/** Every stage from cells that no prompt gives: the residual stream of one with noise of its own size. */
function fromCells(model: Model, { acts }: GivenPrompt): Case[] {
  const { n_embd: d, n_layer } = model.config;
  const cases = layersOf(model).flatMap((layer) => {
    const pre = noisy(acts.get(keyOf('resid_pre', layer)) as Numbers, layer);
    const mid = noisy(acts.get(keyOf('resid_mid', layer)) as Numbers, 100 + layer);
    const fromPre = blockFrom(model, layer, 'resid_pre', pre);
    const fromMid = blockFrom(model, layer, 'resid_mid', mid);
    return [
      ...attention(model, [cellsOf(pre, d)], layer, fromPre, 'cells'),
      ...mlp(model, [cellsOf(mid, d)], layer, fromMid, 'cells'),
    ];
  });
  const start = noisy(acts.get('resid_pre.0') as Numbers, 200);
  let x: Numbers = start;
  for (let layer = 0; layer < n_layer; layer++) x = block(model, layer, x, (_, values) => values);
  const all = { numbers: x, rows: x.length / d };
  const end = noisy(acts.get(keyOf('resid_post', n_layer - 1)) as Numbers, 300);
  const final = finalFrom(model, end);
  const input = cellsOf(end, d);
  return [
    ...cases,
    { id: 'BLOCK', form: 'cells', args: [cellsOf(start, d), 0, n_layer - 1], right: all },
    { id: 'FINAL', form: 'cells', args: [input], right: final },
    { id: 'LAYERNORM', form: 'cells', args: [input, 0, 'ln_f'], right: final },
  ];
}

/** Numbers plus as much again at random, as float32 holds them, which is what the engine is given of a cell. */
export function noisy(values: Numbers, seed: number): Float64Array {
  const next = randomNumbers(seed);
  const size = Math.hypot(...values) / Math.sqrt(values.length);
  return Float64Array.from(values, (value) => Math.fround(value + size * (2 * next() - 1)));
}

/** A block's activations where one of them is given, in float64. */
function blockFrom(model: Model, layer: number, name: ActivationName, given: Float64Array): Activations {
  const acts: Activations = new Map();
  const keep: Keep = (each, values) => {
    const kept = each === name ? given : values;
    acts.set(keyOf(each, layer), kept);
    return kept;
  };
  block(model, layer, given, keep);
  return acts;
}

function finalFrom(model: Model, given: Float64Array) {
  const acts: Activations = new Map();
  unembed(model, given, (name, values) => {
    acts.set(keyOf(name), values);
    return values;
  });
  return shown(model, acts, 'ln_final', 0);
}
