import type { Config } from './config';
import { headWidth } from './config';

/** The letters in which shapes are written: T tokens, H heads, V vocabulary, and three widths. */
export type Dim = 'T' | 'H' | 'V' | 'd_model' | 'd_head' | 'd_mlp';

/** Everything there is to say about one activation; formulas, graph outputs, help and tests are held against it. */
export interface Activation {
  /** Once in the whole model, or once in every block. */
  readonly per: 'model' | 'layer';
  /** Row-major; the last T before the width counts positions. */
  readonly shape: readonly Dim[];
  /** The formula that shows it, without the namespace. */
  readonly formula: string;
  /** Parameters that make it out of the activations before it; `h.{layer}.` stands before a block's own. */
  readonly weights: readonly string[];
  /** The activations that it is computed from; `sourcesOf` holds the names to this table. */
  readonly from: readonly string[];
  /** How, in one line. */
  readonly math: string;
  /** One line for people. */
  readonly about: string;
}

/**
 * Every activation of GPT-2, in the order in which they arise.
 * Names are those of TransformerLens without `hook_`.
 */
export const ACTIVATIONS = {
  embed: {
    per: 'model',
    shape: ['T', 'd_model'],
    formula: 'EMBED(input)',
    weights: ['wte.weight'],
    from: [],
    math: 'embed[t] = wte[id[t]]',
    about: 'The row of the token embedding for each token.',
  },
  pos_embed: {
    per: 'model',
    shape: ['T', 'd_model'],
    formula: 'POSITION(input)',
    weights: ['wpe.weight'],
    from: [],
    math: 'pos_embed[t] = wpe[t]',
    about: 'The row of the position embedding for each place, counted from 0.',
  },
  resid_pre: {
    per: 'layer',
    shape: ['T', 'd_model'],
    formula: 'RESID(input, layer, "pre")',
    weights: [],
    from: ['embed', 'pos_embed'],
    math: 'resid_pre = embed + pos_embed in block 0, resid_post of the block before in the others',
    about: 'The residual stream as it enters the block: in block 0, embed + pos_embed.',
  },
  ln_1: {
    per: 'layer',
    shape: ['T', 'd_model'],
    formula: 'LAYERNORM(input, layer, "ln_1")',
    weights: ['ln_1.weight', 'ln_1.bias'],
    from: ['resid_pre'],
    math: 'ln_1 = (resid_pre − mean) / √(variance + eps) · ln_1.weight + ln_1.bias, row by row',
    about: 'Each row of resid_pre at mean 0 and variance 1, times the gain, plus the bias.',
  },
  q: {
    per: 'layer',
    shape: ['H', 'T', 'd_head'],
    formula: 'QUERY(input, layer, head)',
    weights: ['attn.c_attn.weight', 'attn.c_attn.bias'],
    from: ['ln_1'],
    math: 'q = ln_1 · W_q + b_q, with the head’s d_head columns of the first third of c_attn',
    about: 'What each position looks for: ln_1 through the first third of c_attn.',
  },
  k: {
    per: 'layer',
    shape: ['H', 'T', 'd_head'],
    formula: 'KEY(input, layer, head)',
    weights: ['attn.c_attn.weight', 'attn.c_attn.bias'],
    from: ['ln_1'],
    math: 'k = ln_1 · W_k + b_k, with the head’s d_head columns of the second third of c_attn',
    about: 'What each position offers to be found by: ln_1 through the second third of c_attn.',
  },
  v: {
    per: 'layer',
    shape: ['H', 'T', 'd_head'],
    formula: 'VALUE(input, layer, head)',
    weights: ['attn.c_attn.weight', 'attn.c_attn.bias'],
    from: ['ln_1'],
    math: 'v = ln_1 · W_v + b_v, with the head’s d_head columns of the last third of c_attn',
    about: 'What each position hands over when found: ln_1 through the last third of c_attn.',
  },
  attn_scores: {
    per: 'layer',
    shape: ['H', 'T', 'T'],
    formula: 'SCORES(input, layer, head)',
    weights: [],
    from: ['q', 'k'],
    math: 'attn_scores[i, j] = q[i] · k[j] / √d_head where j ≤ i, and -1e10 where j > i',
    about: 'q · k / √d_head for every pair of positions; -1e10 where the key lies in the future.',
  },
  pattern: {
    per: 'layer',
    shape: ['H', 'T', 'T'],
    formula: 'ATTN(input, layer, head)',
    weights: [],
    from: ['attn_scores'],
    math: 'pattern[i, j] = exp(attn_scores[i, j]) / Σ exp(attn_scores[i, ·])',
    about: 'The softmax of each row of attn_scores: how much each position attends to each before it.',
  },
  z: {
    per: 'layer',
    shape: ['H', 'T', 'd_head'],
    formula: 'HEAD(input, layer, head)',
    weights: [],
    from: ['pattern', 'v'],
    math: 'z[i] = Σ pattern[i, j] · v[j], over all j',
    about: 'The values, averaged with the weights of the pattern.',
  },
  result: {
    per: 'layer',
    shape: ['H', 'T', 'd_model'],
    formula: 'RESULT(input, layer, head)',
    weights: ['attn.c_proj.weight'],
    from: ['z'],
    math: 'result = z · W_o, with the head’s d_head rows of attn.c_proj.weight',
    about:
      "What one head writes to the residual stream: z through the head's rows of c_proj, without the bias.",
  },
  attn_out: {
    per: 'layer',
    shape: ['T', 'd_model'],
    formula: 'ATTN_OUT(input, layer)',
    weights: ['attn.c_proj.weight', 'attn.c_proj.bias'],
    from: ['result'],
    math: 'attn_out = Σ result over all heads + attn.c_proj.bias',
    about: "All heads' results added up, plus the bias of c_proj.",
  },
  resid_mid: {
    per: 'layer',
    shape: ['T', 'd_model'],
    formula: 'RESID(input, layer, "mid")',
    weights: [],
    from: ['resid_pre', 'attn_out'],
    math: 'resid_mid = resid_pre + attn_out',
    about: 'resid_pre + attn_out.',
  },
  ln_2: {
    per: 'layer',
    shape: ['T', 'd_model'],
    formula: 'LAYERNORM(input, layer, "ln_2")',
    weights: ['ln_2.weight', 'ln_2.bias'],
    from: ['resid_mid'],
    math: 'ln_2 = (resid_mid − mean) / √(variance + eps) · ln_2.weight + ln_2.bias, row by row',
    about: 'Each row of resid_mid at mean 0 and variance 1, times the gain, plus the bias.',
  },
  mlp_pre: {
    per: 'layer',
    shape: ['T', 'd_mlp'],
    formula: 'MLP_PRE(input, layer)',
    weights: ['mlp.c_fc.weight', 'mlp.c_fc.bias'],
    from: ['ln_2'],
    math: 'mlp_pre = ln_2 · mlp.c_fc.weight + mlp.c_fc.bias',
    about: 'ln_2 through c_fc: the hidden layer before GELU.',
  },
  mlp_post: {
    per: 'layer',
    shape: ['T', 'd_mlp'],
    formula: 'MLP_POST(input, layer)',
    weights: [],
    from: ['mlp_pre'],
    math: 'mlp_post = ½x · (1 + tanh(√(2/π) · (x + 0.044715x³))) for each x of mlp_pre',
    about: "GELU of mlp_pre, in GPT-2's tanh form.",
  },
  mlp_out: {
    per: 'layer',
    shape: ['T', 'd_model'],
    formula: 'MLP_OUT(input, layer)',
    weights: ['mlp.c_proj.weight', 'mlp.c_proj.bias'],
    from: ['mlp_post'],
    math: 'mlp_out = mlp_post · mlp.c_proj.weight + mlp.c_proj.bias',
    about: 'mlp_post through c_proj: what the MLP writes to the residual stream.',
  },
  resid_post: {
    per: 'layer',
    shape: ['T', 'd_model'],
    formula: 'RESID(input, layer, "post")',
    weights: [],
    from: ['resid_mid', 'mlp_out'],
    math: 'resid_post = resid_mid + mlp_out',
    about: 'resid_mid + mlp_out: the residual stream as it leaves the block.',
  },
  ln_final: {
    per: 'model',
    shape: ['T', 'd_model'],
    formula: 'FINAL(input)',
    weights: ['ln_f.weight', 'ln_f.bias'],
    from: ['resid_post'],
    math: 'ln_final = (resid_post − mean) / √(variance + eps) · ln_f.weight + ln_f.bias, row by row',
    about: 'Each row of the last resid_post at mean 0 and variance 1, times the gain, plus the bias.',
  },
  logits: {
    per: 'model',
    shape: ['T', 'V'],
    formula: 'LOGITS(input, position)',
    weights: ['lm_head.weight'],
    from: ['ln_final'],
    math: 'logits[t, v] = ln_final[t] · wte[v]',
    about: 'ln_final · each row of the output head, which in GPT-2 is the token embedding wte.',
  },
} as const satisfies Record<string, Activation>;

export type ActivationName = keyof typeof ACTIVATIONS;

/** The activations that one is computed from. */
export const sourcesOf = (name: ActivationName): readonly ActivationName[] => ACTIVATIONS[name].from;

export const ACTIVATION_NAMES = Object.keys(ACTIVATIONS) as ActivationName[];

/** The value of a masked attention score: GPT-2's own, and a native `EXP()` of it is 0. */
export const MASKED = -1e10;

/** What a letter of a shape stands for in this model, for a prompt of `tokens` tokens. */
export function dimension(dim: Dim, config: Config, tokens: number): number {
  switch (dim) {
    case 'T':
      return tokens;
    case 'H':
      return config.n_head;
    case 'V':
      return config.vocab_size;
    case 'd_model':
      return config.n_embd;
    case 'd_head':
      return headWidth(config);
    case 'd_mlp':
      return config.n_inner;
  }
}

/** The shape of an activation in numbers, for a prompt of `tokens` tokens. */
export const shapeOf = (name: ActivationName, config: Config, tokens: number): number[] =>
  ACTIVATIONS[name].shape.map((dim) => dimension(dim, config, tokens));
