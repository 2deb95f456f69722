import type { Config } from './config';

/** A block's parameters by name within the block, with their shapes; matrices are input-by-output, as GPT-2 stores them. */
export function blockParameters(config: Config): Record<string, number[]> {
  const d = config.n_embd;
  const inner = config.n_inner;
  return {
    'ln_1.weight': [d],
    'ln_1.bias': [d],
    'attn.c_attn.weight': [d, 3 * d],
    'attn.c_attn.bias': [3 * d],
    'attn.c_proj.weight': [d, d],
    'attn.c_proj.bias': [d],
    'ln_2.weight': [d],
    'ln_2.bias': [d],
    'mlp.c_fc.weight': [d, inner],
    'mlp.c_fc.bias': [inner],
    'mlp.c_proj.weight': [inner, d],
    'mlp.c_proj.bias': [d],
  };
}

/** Every parameter of a model by its checkpoint name, with its shape; `lm_head.weight` only where the head is not tied. */
export function parameterShapes(config: Config, tied: boolean): Map<string, number[]> {
  const d = config.n_embd;
  const shapes = new Map<string, number[]>([
    ['wte.weight', [config.vocab_size, d]],
    ['wpe.weight', [config.n_positions, d]],
  ]);
  for (let layer = 0; layer < config.n_layer; layer++) {
    for (const [name, shape] of Object.entries(blockParameters(config))) {
      shapes.set(`h.${layer}.${name}`, shape);
    }
  }
  shapes.set('ln_f.weight', [d]).set('ln_f.bias', [d]);
  if (!tied) shapes.set('lm_head.weight', [config.vocab_size, d]);
  return shapes;
}
