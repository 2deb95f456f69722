import { describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine';
import type { ActivationName } from '../../src/gpt2/activations';
import { ACTIVATIONS } from '../../src/gpt2/activations';
import type { Numbers } from '../../src/gpt2/arithmetic';
import type { Model } from '../../src/gpt2/reference';
import { forward, keyOf } from '../../src/gpt2/reference';
import { weightsOf } from '../../src/gpt2/weights';
import type { Row } from '../../src/verify/api';
import { claimOf } from '../../src/verify/checkpoints';
import { engineSubject } from '../../src/verify/subjects';
import { summarise } from '../../src/verify/summary';
import { verify } from '../../src/verify/verify';
import published from '../../weights/published.json';
import { embeddedModel, embeddedTokenizer, loadModel } from '../support/models';

const { name, folder } = embeddedModel();
const model = loadModel(folder);
const tokenizer = embeddedTokenizer();

/** Whether the numbers give a model away; ends at the first that does. */
async function someRowFails(of: Model): Promise<boolean> {
  const claim = claimOf(of.config, name);
  if (!claim) throw new Error(`nothing is published of ${name}`);
  const engine = await Engine.open(of, { backend: 'reference' });
  for await (const { outcome } of verify(engineSubject(of, engine, tokenizer), claim.checkpoint)) {
    if (outcome === 'failed') return true;
  }
  return false;
}

async function rowsOf(of: Model, sha256 = ''): Promise<Row[]> {
  const claim = claimOf(of.config, name);
  if (!claim) throw new Error(`nothing is published of ${name}`);
  const engine = await Engine.open(of, { backend: 'wasm', threads: 1 });
  const rows: Row[] = [];
  for await (const row of verify(engineSubject(of, engine, tokenizer, sha256), claim.checkpoint))
    rows.push(row);
  await engine.dispose();
  return rows;
}

describe('weights/published.json', () => {
  it('has the activations that the float64 reference computes, though another program wrote it', () => {
    let worst = 0;
    for (const { prompt, name, position, columns, values, ...at } of published.published.activations) {
      const { layer, head } = at as { layer?: number; head?: number };
      const given = prompt as { text?: string; ids?: number[]; endOfText?: boolean };
      const own = given.ids ?? tokenizer.encode(given.text as string);
      const ids = given.endOfText ? [tokenizer.endOfText, ...own] : own;
      const T = ids.length;
      const all = forward(model, ids, 'float64').get(keyOf(name as ActivationName, layer)) as Numbers;
      const heads = ACTIVATIONS[name as ActivationName].shape[0] === 'H' ? model.config.n_head : 1;
      const width = all.length / T / heads;
      const start = ((head ?? 0) * T + (position < 0 ? T + position : position)) * width;
      columns.forEach((column, i) => {
        worst = Math.max(worst, Math.abs((all[start + column] as number) - (values[i] as number)));
      });
    }
    console.log(`published.json and the reference, both in float64: ${worst.toExponential(1)} apart`);
    expect(worst).toBeLessThan(1e-9); // the file has ten decimals
  });

  it('is passed by the embedded model', async () => {
    const rows = await rowsOf(model, published.sha256);
    const { verdict, worst, text } = summarise(rows);
    console.log(`${text} Worst: ${worst?.what}, off by ${worst?.difference?.toExponential(1)}`);
    expect(rows.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(verdict).toBe('passed');
  });

  it('is failed by its numbers, without its hash, when one weight of any parameter is another', async () => {
    const missed: string[] = [];
    for (const [i, name] of model.weights.names.entries()) {
      const array = model.weights.get(name).slice();
      const at = changedPlace(name, array.length, i);
      array[at] = (array[at] as number) + 0.5;
      const arrays = new Map(model.weights.names.map((name) => [name, model.weights.get(name)]));
      const weights = weightsOf(model.config, arrays.set(name, array));
      if (!(await someRowFails({ config: model.config, weights }))) missed.push(name);
    }
    expect(model.weights.names.length).toBe(52);
    expect(missed).toEqual([]);
  });

  it('is failed by its hash alone, whatever else passes', async () => {
    const rows = await rowsOf(model, published.sha256.replace(/^./, '0'));
    expect(rows.filter(({ outcome }) => outcome === 'failed').map(({ kind }) => kind)).toEqual(['file']);
    expect(summarise(rows).verdict).toBe('failed');
  });
});

/** A number of a parameter that the prompts make use of: a row of wte or wpe counts only where its token or place occurs. */
function changedPlace(name: string, length: number, i: number): number {
  const width = model.config.n_embd;
  if (name === 'wte.weight') return 300 * width + 40;
  if (name === 'wpe.weight') return 3 * width + 40;
  return (i * 7919) % length;
}
