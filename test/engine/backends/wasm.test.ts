import { describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine';
import type { Model } from '../../../src/gpt2/reference';
import { agreement, largest, table, worstOf } from '../../support/agreement';
import { embeddedModel, loadModel, randomIds, sortingModel } from '../../support/models';
import { randomCases } from '../cases';

const LIMIT = 1e-4;

async function check(name: string, model: Model, prompts: readonly (readonly number[])[]): Promise<void> {
  const engine = await Engine.open(model, { backend: 'wasm' });
  const runs = [];
  for (const ids of prompts) runs.push(await agreement(engine, model, ids));
  await engine.dispose();
  const worst = worstOf(runs);
  console.log(table(`wasm, ${name}`, worst));
  expect(largest(worst)).toBeLessThanOrEqual(LIMIT);
}

describe('WebAssembly agrees with the reference in float64', () => {
  it.each(randomCases())('on a random model: $name', ({ name, model, prompts }) =>
    check(name, model, prompts),
  );

  it.for([sortingModel(), embeddedModel()])('on a trained model: $name', async (found, { skip }) => {
    if (found.missing) skip(found.missing);
    const model = loadModel(found.folder);
    const { n_positions } = model.config;
    await check(found.name, model, [
      randomIds(model.config, 1, 1),
      randomIds(model.config, Math.min(7, n_positions), 2),
      randomIds(model.config, n_positions, 3),
    ]);
  });
});
