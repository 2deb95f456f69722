import type { ActivationName } from './activations';
import { ACTIVATIONS, MASKED } from './activations';
import type { Numbers, Precision } from './arithmetic';
import { add, columns, concat, dotRows, gelu, layerNorm, linear, softmax, zeros } from './arithmetic';
import type { Config } from './config';
import { headWidth } from './config';
import { rowsOf, type Weights } from './weights';

/** A model on paper: its shape and its numbers. */
export interface Model {
  readonly config: Config;
  readonly weights: Weights;
}

/** Activations by name; those of a block under `name.layer`, as in `pattern.3`. Shapes are those of the table. */
export type Activations = Map<string, Numbers>;

/** Sees every activation as it arises and may write into it: everything after follows. */
export type Hook = (name: ActivationName, layer: number, values: Numbers) => void;

export const keyOf = (name: ActivationName, layer = 0): string =>
  ACTIVATIONS[name].per === 'layer' ? `${name}.${layer}` : name;

/**
 * GPT-2 as the paper has it: what the engine is measured against, and what runs where no engine can.
 * @param ids token ids [T], 1 ≤ T ≤ n_positions
 */
export function forward(
  model: Model,
  ids: readonly number[],
  precision: Precision = 'float32',
  hook?: Hook,
): Activations {
  const acts: Activations = new Map();
  let x = embed(model, ids, precision, keep(acts, 0, hook)); // [T, d]
  for (let layer = 0; layer < model.config.n_layer; layer++)
    x = block(model, layer, x, keep(acts, layer, hook));
  unembed(model, x, keep(acts, 0, hook));
  return acts;
}

/** Takes an activation's values as they arise and hands them on. */
export type Keep = (name: ActivationName, values: Numbers) => Numbers;

const keep =
  (acts: Activations, layer: number, hook?: Hook): Keep =>
  (name, values) => {
    hook?.(name, layer, values);
    acts.set(keyOf(name, layer), values);
    return values;
  };

/**
 * ids [T] → embed + pos_embed [T, d].
 * @param from the position of the first id
 */
export function embed(
  { config, weights }: Model,
  ids: readonly number[],
  precision: Precision,
  keep: Keep,
  from = 0,
): Numbers {
  const d = config.n_embd;
  const tokens = zeros(ids.length * d, precision); // [T, d]
  const places = zeros(ids.length * d, precision); // [T, d]
  ids.forEach((id, t) => {
    tokens.set(rowsOf(weights, 'wte.weight', [id, id + 1], d), t * d);
    places.set(rowsOf(weights, 'wpe.weight', [from + t, from + t + 1], d), t * d);
  });
  return add(keep('embed', tokens), keep('pos_embed', places));
}

/** One block: x [T, d] → [T, d]. */
export function block({ config, weights }: Model, layer: number, x: Numbers, keep: Keep): Numbers {
  const { n_embd: d, n_inner, n_head } = config;
  const w = (name: string) => weights.get(`h.${layer}.${name}`);
  const norm = (y: Numbers, which: string) =>
    layerNorm(y, w(`${which}.weight`), w(`${which}.bias`), config.layer_norm_epsilon);
  const dh = headWidth(config);
  const heads = (y: Numbers, at: number) =>
    concat(Array.from({ length: n_head }, (_, h) => columns(y, 3 * d, at + h * dh, dh))); // [T, 3d] → [H, T, dh]
  const perHead = (f: (h: number) => Numbers) => concat(Array.from({ length: n_head }, (_, h) => f(h)));

  const pre = keep('resid_pre', x.slice()); // [T, d]
  const T = pre.length / d;
  const part = (y: Numbers, h: number) => y.subarray((h * y.length) / n_head, ((h + 1) * y.length) / n_head);

  const ln1 = keep('ln_1', norm(pre, 'ln_1')); // [T, d]
  const qkv = linear(ln1, w('attn.c_attn.weight'), d, 3 * d, w('attn.c_attn.bias')); // [T, 3d]
  const q = keep('q', heads(qkv, 0)); // [H, T, dh]
  const k = keep('k', heads(qkv, d)); // [H, T, dh]
  const v = keep('v', heads(qkv, 2 * d)); // [H, T, dh]
  const scores = perHead((h) => causal(dotRows(part(q, h), part(k, h), dh), T, Math.sqrt(dh)));
  const pattern = keep('pattern', softmax(keep('attn_scores', scores), T)); // [H, T, T]
  const z = keep(
    'z',
    perHead((h) => linear(part(pattern, h), part(v, h), T, dh)),
  ); // [H, T, dh]
  const out = w('attn.c_proj.weight'); // [H · dh, d]
  const result = keep(
    'result',
    perHead((h) => linear(part(z, h), part(out, h), dh, d)),
  ); // [H, T, d]
  const attnOut = keep('attn_out', sumOver(result, n_head, w('attn.c_proj.bias'))); // [T, d]
  const mid = keep('resid_mid', add(pre, attnOut)); // [T, d]

  const ln2 = keep('ln_2', norm(mid, 'ln_2')); // [T, d]
  const hidden = keep('mlp_pre', linear(ln2, w('mlp.c_fc.weight'), d, n_inner, w('mlp.c_fc.bias'))); // [T, d_mlp]
  const active = keep('mlp_post', gelu(hidden)); // [T, d_mlp]
  const mlpOut = keep('mlp_out', linear(active, w('mlp.c_proj.weight'), n_inner, d, w('mlp.c_proj.bias'))); // [T, d]
  return keep('resid_post', add(mid, mlpOut)); // [T, d]
}

/** The last block's output [T, d] → logits [T, V]. */
export function unembed({ config, weights }: Model, x: Numbers, keep: Keep): Numbers {
  const norm = layerNorm(x, weights.get('ln_f.weight'), weights.get('ln_f.bias'), config.layer_norm_epsilon);
  const final = keep('ln_final', norm); // [T, d]
  return keep('logits', dotRows(final, weights.get('lm_head.weight'), config.n_embd)); // [T, V]
}

/** Divides scores [T, T] by `scale` and hides from every position what comes after it. */
function causal(scores: Numbers, T: number, scale: number): Numbers {
  return scores.map((score, i) => (i % T > Math.floor(i / T) ? MASKED : score / scale));
}

/** Adds up the heads of x [H, T, d], and the bias [d] → [T, d]. */
function sumOver(x: Numbers, n_head: number, bias: Numbers): Numbers {
  const total = zeros(x.length / n_head, x instanceof Float64Array ? 'float64' : 'float32');
  for (let i = 0; i < total.length; i++) {
    let sum = bias[i % bias.length] as number;
    for (let h = 0; h < n_head; h++) sum += x[h * total.length + i] as number;
    total[i] = sum;
  }
  return total;
}
