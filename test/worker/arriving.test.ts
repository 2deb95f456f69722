import { expect, it } from 'vitest';
import { ArrivingWeights } from '../../src/worker/arriving';
import { randomModel, smallConfig } from '../support/random';
import { sourceOf } from './source';

const config = smallConfig();
const model = randomModel(config, 1);
const { weights } = model;

const source = sourceOf(model);
const width = config.n_embd;

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
  expect(() => arriving.get('wte.weight')).toThrow(/^The embedding of the model has not arrived yet/);
  await arriving.holdEmbedding();
  expect(arriving.get('wte.weight')).toEqual(weights.get('wte.weight'));
  const taken = await arriving.take('lm_head.weight');
  structuredClone(taken, { transfer: [taken.buffer as ArrayBuffer] });
  expect(arriving.get('wte.weight')).toEqual(weights.get('wte.weight'));
});

it('rows of the embedding come from whoever has it, and from the disk where that is gone', async () => {
  const arriving = new ArrivingWeights(config, source);
  for (const part of ['embedding', 0, 1, 'head'] as const) await arriving.arrived(part);
  const wte = weights.get('wte.weight');
  const rows = wte.subarray(3 * width, 7 * width);
  expect(await arriving.readRows('wte.weight', 3, 7)).toEqual(rows);
  expect(arriving.rows('wpe.weight', 1, 2)).toEqual(weights.get('wpe.weight').subarray(width, 2 * width));
  expect(() => arriving.rows('wte.weight', 3, 7)).toThrow(/^The embedding of the model/);

  let there = true;
  const asked: number[][] = [];
  await arriving.holdEmbedding((from, to) => {
    asked.push([from, to]);
    return there ? wte.subarray(from * width, to * width) : undefined;
  });
  expect(arriving.rows('lm_head.weight', 3, 7)).toEqual(rows);
  expect(arriving.get('wte.weight')).toEqual(wte);
  expect(asked).toEqual([
    [3, 7],
    [0, config.vocab_size],
  ]);
  there = false;
  expect(() => arriving.rows('wte.weight', 3, 7)).toThrow(/^The embedding of the model/);
  await arriving.holdEmbedding();
  expect(arriving.rows('wte.weight', 3, 7)).toEqual(rows);
  expect(await arriving.readRows('wte.weight', 3, 7)).toEqual(rows);
});
