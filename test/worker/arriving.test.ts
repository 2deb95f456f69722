import { expect, it } from 'vitest';
import type { WeightSource } from '../../src/gpt2/weights';
import { ArrivingWeights } from '../../src/worker/arriving';
import { randomModel, smallConfig } from '../support/random';

const config = smallConfig();
const { weights } = randomModel(config, 1);

/** Reads as a disk does: into a new array each time. */
const source: WeightSource = {
  names: weights.names,
  shape: async (name) => {
    const { n_embd: d, n_inner, n_positions, vocab_size } = config;
    const sizes: Record<string, number[]> = {
      'wte.weight': [vocab_size, d],
      'wpe.weight': [n_positions, d],
      'attn.c_attn.weight': [d, 3 * d],
      'attn.c_proj.weight': [d, d],
      'mlp.c_fc.weight': [d, n_inner],
      'mlp.c_proj.weight': [n_inner, d],
    };
    return sizes[name.replace(/^h\.\d+\./, '')] ?? [weights.get(name).length];
  },
  here: async () => {},
  read: async (name) => weights.get(name).slice(),
};

it('what is taken may be sent away: all others still have their own', async () => {
  const arriving = new ArrivingWeights(config, source);
  for (const part of ['embedding', 0, 1, 'head'] as const) await arriving.arrived(part);
  for (const name of ['wte.weight', 'lm_head.weight', 'h.1.mlp.c_fc.weight', 'ln_f.bias']) {
    const taken = await arriving.take(name);
    expect(taken).toEqual(weights.get(name));
    structuredClone(taken, { transfer: [taken.buffer as ArrayBuffer] });
    expect(taken).toHaveLength(0);
    expect(await arriving.read(name)).toEqual(weights.get(name));
  }
  expect(arriving.get('wte.weight')).toEqual(weights.get('wte.weight'));
});
