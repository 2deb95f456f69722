import { expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine';
import { agreement, largest, table, worstOf } from '../../support/agreement';
import { randomCases } from '../cases';

it.each(randomCases())(
  'agrees, in float32, with itself in float64: $name',
  async ({ name, model, prompts }) => {
    const engine = await Engine.open(model, { backend: 'reference' });
    const runs = [];
    for (const ids of prompts) runs.push(await agreement(engine, model, ids));
    console.log(table(`reference, ${name}`, worstOf(runs)));
    expect(largest(worstOf(runs))).toBeLessThanOrEqual(1e-4);
  },
);
