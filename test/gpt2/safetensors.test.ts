import { describe, expect, it } from 'vitest';
import { parameterShapes } from '../../src/gpt2/parameters';
import { openSafetensors, readTensor } from '../../src/gpt2/safetensors';
import { readWeights } from '../../src/gpt2/weights';
import { smallConfig } from '../support/models';
import { type Entry, f32, safetensorsFile } from '../support/safetensors';

const u16 = (dtype: string, words: number[]): Entry => ({
  dtype,
  shape: [words.length],
  bytes: new Uint8Array(new Uint16Array(words).buffer),
});

describe('safetensors', () => {
  it('reads F32 that is not aligned', () => {
    expect([...readTensor(openSafetensors(safetensorsFile({ a: f32([1, -2.5, 1e-40]) })), 'a')]).toEqual([
      ...new Float32Array([1, -2.5, 1e-40]),
    ]);
  });

  it('reads F16: zeros, subnormals, ones, the largest, infinities, NaN', () => {
    const words = [
      0x0000, 0x8000, 0x0001, 0x8001, 0x03ff, 0x0400, 0x3c00, 0xbc00, 0x3555, 0x7bff, 0x7c00, 0xfc00, 0x7e00,
    ];
    const read = [...readTensor(openSafetensors(safetensorsFile({ a: u16('F16', words) })), 'a')];
    const expected = [0, -0, 2 ** -24, -(2 ** -24), 1023 * 2 ** -24, 2 ** -14, 1, -1, 0.333251953125, 65504];
    expect(read).toEqual([...expected, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]);
  });

  it('reads BF16', () => {
    const read = readTensor(
      openSafetensors(safetensorsFile({ a: u16('BF16', [0x3f80, 0xc000, 0x3eab, 0x0001, 0x7f80]) })),
      'a',
    );
    expect([...read]).toEqual([1, -2, 0.333984375, 2 ** -133, Number.POSITIVE_INFINITY]);
  });

  it('says what is wrong with a file that is cut short or is something else', () => {
    const whole = safetensorsFile({ a: f32([1, 2, 3]) });
    expect(() => openSafetensors(whole.subarray(0, 5))).toThrow('it has 5 bytes');
    expect(() => openSafetensors(whole.subarray(0, 20))).toThrow('the file has 20');
    expect(() => openSafetensors(whole.subarray(0, whole.length - 1))).toThrow(
      'tensor "a" ends at byte 12 of 11',
    );
    expect(() => openSafetensors(new TextEncoder().encode('<!doctype html><html>'))).toThrow('safetensors');
    expect(() => openSafetensors(safetensorsFile({ a: f32([1, 2, 3], [4]) }))).toThrow(
      'takes 12 bytes where its shape needs 16',
    );
    expect(() => readTensor(openSafetensors(safetensorsFile({ a: u16('I16', [1]) })), 'a')).toThrow(
      'holds I16',
    );
  });
});

describe('readWeights', () => {
  const config = smallConfig({ n_layer: 1, n_embd: 6, vocab_size: 5 });
  const entries = (tied: boolean, prefix: string) =>
    Object.fromEntries(
      [...parameterShapes(config, tied)].map(([name, shape], i) => {
        const length = shape.reduce((product, n) => product * n, 1);
        return [(name === 'lm_head.weight' ? '' : prefix) + name, f32(new Array(length).fill(i), shape)];
      }),
    );

  it('tolerates the transformer. prefix and the causal-mask buffers', () => {
    const buffers = {
      'transformer.h.0.attn.bias': f32([1]),
      'transformer.h.0.attn.masked_bias': f32([-1e4]),
    };
    const weights = readWeights(config, safetensorsFile({ ...entries(true, 'transformer.'), ...buffers }));
    expect(weights.tied).toBe(true);
    expect(weights.get('lm_head.weight')).toBe(weights.get('wte.weight'));
    expect(weights.names).toContain('h.0.attn.c_attn.weight');
    expect(weights.names).not.toContain('h.0.attn.bias');
  });

  it('reads a head of its own', () => {
    const weights = readWeights(config, safetensorsFile(entries(false, '')));
    expect(weights.tied).toBe(false);
    expect(weights.get('lm_head.weight')).not.toBe(weights.get('wte.weight'));
  });

  it('names the parameter that is missing or of another shape', () => {
    const { 'h.0.ln_2.bias': _, ...rest } = entries(true, '');
    expect(() => readWeights(config, safetensorsFile(rest))).toThrow('no parameter "h.0.ln_2.bias"');
    const wrong = { ...entries(true, ''), 'h.0.mlp.c_fc.weight': f32(new Array(144).fill(0), [24, 6]) };
    expect(() => readWeights(config, safetensorsFile(wrong))).toThrow(
      '"h.0.mlp.c_fc.weight" is 24×6; this config asks for 6×24',
    );
    expect(() => readWeights(config, safetensorsFile(entries(true, ''))).get('nonsense')).toThrow(
      'no parameter "nonsense"',
    );
  });
});
