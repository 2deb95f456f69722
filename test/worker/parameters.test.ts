import { describe, expect, it } from 'vitest';
import { parameterShapes } from '../../src/gpt2/parameters';
import type { Model } from '../../src/gpt2/reference';
import { ModelParameters, nearest } from '../../src/worker/parameters';
import { randomModel, smallConfig } from '../support/random';

const config = smallConfig();
const model = randomModel(config, 1);
const d = config.n_embd;

/** Those of a model, and the names that were read. */
function parametersOf(of: Model) {
  const read: string[] = [];
  const parameters = new ModelParameters(of, async (name) => {
    read.push(name);
    return of.weights.get(name);
  });
  return { parameters, read };
}
const { parameters } = parametersOf(model);

describe('parameters', () => {
  it('are those of the checkpoint, the head only where it is not tied', () => {
    const names = parameters.list.map(({ name }) => name);
    expect(names).toEqual([...model.weights.names]);
    const untied = randomModel(config, 1, false);
    expect(parametersOf(untied).parameters.list.map(({ name }) => name)).toEqual([
      ...names,
      'lm_head.weight',
    ]);
  });

  it('come in parts, number by number', async () => {
    for (const [name, shape] of parameterShapes(config, true)) {
      const all = model.weights.get(name);
      const [rows, columns] = shape.length > 1 ? (shape as [number, number]) : [1, shape[0] as number];
      const whole = await parameters.slice(name, { row: 0, col: 0, rows, cols: columns });
      expect([...whole.data]).toEqual([...all]);
      const row = rows - 1;
      const part = await parameters.slice(name, { row, col: 2, rows: 1, cols: 3 });
      expect(part.dims).toEqual([1, 3]);
      expect([...part.data]).toEqual([0, 1, 2].map((c) => all[row * columns + 2 + c]));
    }
  });

  it('come in rows of the token embedding for the head of a tied model', async () => {
    expect(model.weights.tied).toBe(true);
    const part = { row: 2, col: 1, rows: 2, cols: 3 };
    const head = await parameters.slice('lm_head.weight', part);
    const wte = model.weights.get('wte.weight');
    expect(head.dims).toEqual([2, 3]);
    expect([...head.data]).toEqual([2, 3].flatMap((r) => [1, 2, 3].map((c) => wte[r * d + c])));
    expect(head).toEqual(await parameters.slice('wte.weight', part));
  });

  it('are refused by name when there are none of it', async () => {
    const one = { row: 0, col: 0, rows: 1, cols: 1 };
    await expect(parameters.slice('h.0.attn.weight', one)).rejects.toThrow(
      'There is no parameter "h.0.attn.weight"',
    );
  });

  it('are read once for many cells, and again after that failed', async () => {
    const one = { row: 0, col: 0, rows: 1, cols: 1 };
    const { parameters: again, read } = parametersOf(model);
    await Promise.all(Array.from({ length: 20 }, (_, col) => again.slice('wpe.weight', { ...one, col })));
    expect(read).toEqual(['wpe.weight']);
    let there = false;
    const late = new ModelParameters(model, async (name) => {
      if (!there) throw new Error('not yet');
      return model.weights.get(name);
    });
    await expect(late.slice('wpe.weight', one)).rejects.toThrow('not yet');
    there = true;
    expect((await late.slice('wpe.weight', one)).dims).toEqual([1, 1]);
  });
});

describe('nearest', () => {
  const wte = model.weights.get('wte.weight');
  const row = (id: number) => Float64Array.from(wte.subarray(id * d, (id + 1) * d));

  it('has the token itself first, whatever its length, and the rest in order', () => {
    const { ids, similarities } = nearest(
      model,
      row(7).map((value) => 3 * value),
      config.vocab_size,
      [],
    );
    expect(ids[0]).toBe(7);
    expect(similarities[0]).toBeCloseTo(1, 14);
    expect([...ids].sort((a, b) => a - b)).toEqual(Array.from({ length: config.vocab_size }, (_, i) => i));
    expect([...similarities].sort((a, b) => b - a)).toEqual(similarities);
  });

  it('leaves out what it is told to', () => {
    const all = nearest(model, row(7), 5, []);
    const without = nearest(model, row(7), 3, [all.ids[0] as number, all.ids[2] as number]);
    expect(without.ids).toEqual([all.ids[1], all.ids[3], all.ids[4]]);
  });
});
