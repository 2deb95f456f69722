import { ModelError } from './errors';

/** The shape of a GPT-2, under the keys of the checkpoint's own `config.json`. */
export interface Config {
  /** Blocks. */
  readonly n_layer: number;
  /** Attention heads per block. */
  readonly n_head: number;
  /** Width of the residual stream, d_model. */
  readonly n_embd: number;
  /** Width of the MLP's hidden layer, d_mlp; four times `n_embd` unless the checkpoint says otherwise. */
  readonly n_inner: number;
  /** The longest prompt, in tokens. */
  readonly n_positions: number;
  /** Tokens in the vocabulary, V. */
  readonly vocab_size: number;
  readonly layer_norm_epsilon: number;
}

/** Width of one attention head. */
export const headWidth = (config: Config): number => config.n_embd / config.n_head;

const TANH_GELU = ['gelu_new', 'gelu_pytorch_tanh', 'gelu_fast'];

/**
 * Reads a checkpoint's `config.json`.
 * @param json the parsed file
 * @throws ModelError naming the key, its value and what is allowed, when this is not a GPT-2 that we compute exactly
 */
export function parseConfig(json: unknown): Config {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ModelError('config.json must hold one JSON object.');
  }
  const raw = json as Record<string, unknown>;
  const refuse = (key: string, allowed: string): never => {
    throw new ModelError(`config.json: ${key} is ${JSON.stringify(raw[key])}; ${allowed}.`);
  };
  const count = (key: string, fallback?: number): number => {
    const value = raw[key] ?? fallback;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
      return refuse(key, 'a whole number of at least 1 is needed');
    }
    return value;
  };

  if ((raw.model_type ?? 'gpt2') !== 'gpt2') refuse('model_type', 'only "gpt2" is supported');
  if (!TANH_GELU.includes(String(raw.activation_function ?? 'gelu_new'))) {
    refuse('activation_function', `only the tanh form of GELU is supported (${TANH_GELU.join(', ')})`);
  }
  if (raw.scale_attn_weights === false) refuse('scale_attn_weights', 'only true is supported');
  if (raw.scale_attn_by_inverse_layer_idx === true) {
    refuse('scale_attn_by_inverse_layer_idx', 'only false is supported');
  }

  const n_embd = count('n_embd');
  const n_head = count('n_head');
  if (n_embd % n_head !== 0) refuse('n_head', `it must divide n_embd, which is ${n_embd}`);
  const epsilon = raw.layer_norm_epsilon ?? 1e-5;
  if (typeof epsilon !== 'number' || !(epsilon > 0)) {
    return refuse('layer_norm_epsilon', 'a number above 0 is needed');
  }
  return {
    n_layer: count('n_layer'),
    n_head,
    n_embd,
    n_inner: count('n_inner', 4 * n_embd),
    n_positions: count('n_positions', raw.n_ctx as number | undefined),
    vocab_size: count('vocab_size'),
    layer_norm_epsilon: epsilon,
  };
}
