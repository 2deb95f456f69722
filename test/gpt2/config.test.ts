import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/gpt2/config';
import { SHAPES } from '../../src/gpt2/shapes';

const GPT2 = {
  model_type: 'gpt2',
  n_layer: 12,
  n_head: 12,
  n_embd: 768,
  n_positions: 1024,
  vocab_size: 50257,
};

describe('parseConfig', () => {
  it("reads GPT-2's own keys and fills in what the checkpoints leave out", () => {
    expect(parseConfig(GPT2)).toEqual(SHAPES.gpt2);
    expect(parseConfig({ ...GPT2, n_inner: null, n_positions: undefined, n_ctx: 512 }).n_positions).toBe(512);
    expect(parseConfig({ ...GPT2, n_inner: 100 }).n_inner).toBe(100);
  });

  it.each([
    [{ model_type: 'llama' }, 'model_type is "llama"; only "gpt2" is supported'],
    [{ activation_function: 'relu' }, 'activation_function is "relu"'],
    [{ n_head: 7 }, 'n_head is 7; it must divide n_embd, which is 768'],
    [{ n_layer: 0 }, 'n_layer is 0; a whole number of at least 1'],
    [{ vocab_size: '50257' }, 'vocab_size is "50257"'],
    [{ layer_norm_epsilon: 0 }, 'layer_norm_epsilon is 0'],
    [{ scale_attn_weights: false }, 'scale_attn_weights is false'],
    [{ scale_attn_by_inverse_layer_idx: true }, 'scale_attn_by_inverse_layer_idx is true'],
  ])('refuses %j, naming key, value and what is allowed', (change, message) => {
    expect(() => parseConfig({ ...GPT2, ...change })).toThrow(message);
  });

  it('refuses what is not an object', () => {
    for (const json of [null, 3, 'gpt2', []]) expect(() => parseConfig(json)).toThrow('one JSON object');
  });
});
