import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendName, Edit, Tensor } from '../../src/engine/api';
import { Engine } from '../../src/engine/engine';
import type { ActivationName } from '../../src/gpt2/activations';
import { ACTIVATION_NAMES, ACTIVATIONS, shapeOf } from '../../src/gpt2/activations';
import type { Hook } from '../../src/gpt2/reference';
import type { Difference } from '../support/agreement';
import { agreement, largest, table } from '../support/agreement';
import { randomIds, randomModel, randomNumbers, smallConfig } from '../support/random';

const config = smallConfig({ n_layer: 3, n_head: 5, n_embd: 35, n_inner: 61, vocab_size: 101 });
const model = randomModel(config, 11);
const ids = randomIds(config, 6, 12);
const LAYER = 1;

const size = (dims: readonly number[]) => dims.reduce((product, n) => product * n, 1);

function randomTensor(dims: readonly number[], seed: number): Tensor {
  const next = randomNumbers(seed);
  return { dims, data: Float32Array.from({ length: size(dims) }, () => next() * 2 - 1) };
}

/** The same edits, written into the reference one number at a time. */
function hookOf(edits: readonly Edit[]): Hook {
  return (name, layer, values) => {
    const shape = shapeOf(name, config, ids.length);
    for (const edit of edits) {
      if (edit.name !== name || (edit.layer ?? 0) !== layer) continue;
      for (let i = 0; i < values.length; i++) {
        const scale = edit.scale ? at(edit.scale, shape, i) : 1;
        const bias = edit.bias ? at(edit.bias, shape, i) : 0;
        values[i] = (values[i] as number) * scale + bias;
      }
    }
  };
}

/** The number of a broadcast tensor that stands at place `i` of `shape`. */
function at({ dims, data }: Tensor, shape: readonly number[], i: number): number {
  let rest = i;
  const place = shape.map(() => 0);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place[axis] = rest % (shape[axis] as number);
    rest = Math.floor(rest / (shape[axis] as number));
  }
  const own = place.slice(shape.length - dims.length);
  return data[
    own.reduce((sum, p, axis) => sum * (dims[axis] as number) + (dims[axis] === 1 ? 0 : p), 0)
  ] as number;
}

const place = (name: ActivationName) =>
  ACTIVATIONS[name].per === 'layer' ? { name, layer: LAYER } : { name };

describe.each(['wasm', 'reference'] as const satisfies BackendName[])('edits on %s', (backend) => {
  let engine: Engine;
  const found: Difference[] = [];
  beforeAll(async () => {
    engine = await Engine.open(model, { backend });
  });
  afterAll(async () => {
    console.log(table(`${backend}, by the activation that was edited`, found));
    await engine.dispose();
  });

  const check = async (what: string, edits: readonly Edit[]) => {
    const rows = await agreement(engine, model, ids, edits, hookOf(edits));
    expect(largest(rows), table(what, rows)).toBeLessThanOrEqual(1e-4);
    return rows;
  };

  it.each(ACTIVATION_NAMES)('can scale and shift every number of %s', async (name) => {
    const shape = shapeOf(name, config, ids.length);
    const edit: Edit = { ...place(name), scale: randomTensor(shape, 1), bias: randomTensor(shape, 2) };
    const rows = await check(name, [edit]);
    found.push({ name, absolute: Math.max(...rows.map((row) => row.absolute)), relative: largest(rows) });
  });

  it('can ablate one head with one number per head', () =>
    check('ablate', [
      { name: 'z', layer: 0, scale: { dims: [5, 1, 1], data: Float32Array.of(1, 1, 0, 1, 1) } },
    ]));

  it('can steer with one vector for all positions', () =>
    check('steer', [{ name: 'resid_post', layer: 0, bias: randomTensor([35], 3) }]));

  it('can patch a whole activation', () =>
    check('patch', [
      {
        name: 'mlp_out',
        layer: 2,
        scale: { dims: [], data: Float32Array.of(0) },
        bias: randomTensor([ids.length, 35], 4),
      },
    ]));

  it('can edit several places, and one place twice', () =>
    check('several', [
      { name: 'embed', bias: randomTensor([35], 5) },
      { name: 'q', layer: 0, scale: randomTensor([5, 1, 7], 6) },
      { name: 'q', layer: 0, scale: randomTensor([1, 6, 1], 7), bias: randomTensor([7], 8) },
      { name: 'resid_pre', layer: 2, bias: randomTensor([6, 1], 9) },
      { name: 'logits', scale: randomTensor([6, 1], 10), bias: randomTensor([101], 11) },
    ]));

  it('leaves unedited passes as they were', () => check('none', []));
});
