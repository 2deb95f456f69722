import { expect, it } from 'vitest';
import { ACTIVATION_NAMES, ACTIVATIONS } from '../../src/gpt2/activations';
import { forward, keyOf } from '../../src/gpt2/reference';
import { FLOW, readersOf } from '../../src/trace/flow';
import { randomIds, randomModel, smallConfig } from '../support/random';

const model = randomModel(smallConfig(), 4);
const ids = randomIds(model.config, 6, 5);
const layers = model.config.n_layer;

it('names every activation of the table, and only those', () => {
  expect(Object.keys(FLOW)).toEqual(ACTIVATION_NAMES);
  for (const inflow of Object.values(FLOW).flat()) expect(ACTIVATION_NAMES).toContain(inflow.name);
});

/** What a change of one number changes, before anything computed from it does: the reference in float64 tells. */
it.each(ACTIVATION_NAMES)('has all who read %s at once', (name) => {
  for (const layer of ACTIVATIONS[name].per === 'layer' ? [0, layers - 1] : [0]) {
    const before = forward(model, ids, 'float64');
    const readers = readersOf(name, layer, layers).map((reader) => keyOf(reader.name, reader.layer));
    // Everything else is held where it was, so that only what reads the number itself can move.
    const moved: string[] = [];
    forward(model, ids, 'float64', (at, inLayer, values) => {
      const key = keyOf(at, inLayer);
      const was = before.get(key) as Float64Array;
      if (key === keyOf(name, layer)) {
        values[values.length - 1] = (values.at(-1) as number) + 1;
        return;
      }
      if (values.some((value, i) => Math.abs(value - (was[i] as number)) > 1e-12)) moved.push(key);
      values.set(was);
    });
    expect(moved.sort(), `${name}.${layer}`).toEqual([...new Set(readers)].sort());
  }
});
