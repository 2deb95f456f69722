import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Edit, OpenOptions, ReadRequest, Tensor, Want } from '../../../../src/engine/api';
import type { BlockAnswer, BlockRun, ChainRun, HeldPast } from '../../../../src/engine/backends/backend';
import type { Held } from '../../../../src/engine/backends/held';
import type { HeldRows } from '../../../../src/engine/backends/memory/held-rows';
import { OrtBackend } from '../../../../src/engine/backends/ort';
import type { OrtRuntime } from '../../../../src/engine/backends/runtime';
import { Engine } from '../../../../src/engine/engine';
import { randomIds, randomModel, randomNumbers, smallConfig } from '../../../support/random';
import { type CountedMemory, countedRuntime } from './counted';

const config = smallConfig({ n_layer: 3, n_positions: 640 });
const { n_embd: d, n_layer } = config;
const model = randomModel(config, 8);
const stream = Float32Array.from({ length: 600 * d }, randomNumbers(4)); // [600, d_model]

let runtime: OrtRuntime;
let memory: CountedMemory;
beforeAll(async () => {
  ({ runtime, memory } = await countedRuntime());
});

/** A block over positions [from, to), wanted from row `first` on. */
const run = (layer: number, from: number, to: number, first: number, past?: HeldPast): BlockRun => ({
  layer,
  residPre: stream.slice(from * d, to * d),
  tokens: to - from,
  names: ['resid_post'],
  first,
  edits: new Map(),
  past,
});

const posts = ({ activations }: BlockAnswer) => activations.get('resid_post') as Float32Array;

describe('a run of the last block', () => {
  const last = n_layer - 1;

  it('computes the rows that are wanted alone, to the bits of all, and keys and values of all', async () => {
    const backend = new OrtBackend(model, runtime);
    for (const [from, to] of [
      [0, 5],
      [0, 40],
      [0, 200],
      [0, 600], // long enough to go stretch by stretch
      [24, 30],
      [30, 200],
      [300, 600],
    ] as const) {
      const before = from > 0 ? await backend.runBlock(run(last, 0, from, 0)) : undefined;
      const past = before && { held: before.keys as Held, positions: from };
      const all = await backend.runBlock(run(last, from, to, 0, past));
      for (const first of [0, 1, Math.floor((to - from) / 3), to - from - 1]) {
        const some = await backend.runBlock(run(last, from, to, first, past));
        expect(some.first).toBe(first);
        expect(posts(some)).toEqual(posts(all).slice(first * d));
        // Whoever goes on from either sees the same.
        const next = (keys: BlockAnswer['keys']) =>
          backend.runBlock(run(last, 599, 600, 0, { held: keys as Held, positions: to }));
        const [behindSome, behindAll] = [await next(some.keys), await next(all.keys)];
        expect(posts(behindSome)).toEqual(posts(behindAll));
        for (const { keys } of [some, behindSome, behindAll]) (keys as Held).release();
      }
      for (const answer of [all, before]) (answer?.keys as Held | undefined)?.release();
    }
    expect(memory.numbers).toBe(0);
  });

  it('leaves no more behind than those', async () => {
    const backend = new OrtBackend(model, runtime);
    const whole = await backend.runBlock(run(last, 0, 40, 0));
    const { stream: held, keys, first } = await backend.runBlock({ ...run(last, 0, 40, 37), hold: true });
    expect([held?.bytes, first]).toEqual([4 * 3 * d, 37]);
    expect((held as HeldRows).copy()).toEqual(posts(whole).slice(37 * d));
    for (const each of [held, keys, whole.keys]) (each as Held).release();
    expect(memory.numbers).toBe(0);
  });

  it('of another block all rows are computed, and it says so', async () => {
    const backend = new OrtBackend(model, runtime);
    const answer = await backend.runBlock(run(last - 1, 0, 40, 37));
    expect([answer.first ?? 0, posts(answer).length]).toEqual([0, 40 * d]);
    (answer.keys as Held).release();
  });

  it('ends a chain in the same way, with the logits of rows that are wanted', async () => {
    const backend = new OrtBackend(model, runtime);
    await backend.prepareFinal();
    const taken = memory.numbers; // the head's matrix
    const chain: ChainRun = {
      blocks: [0, n_layer],
      residPre: stream.slice(0, 9 * d),
      tokens: 9,
      every: true,
      logitsOf: [6, 8],
    };
    const all = await backend.runChain?.(chain);
    const some = await backend.runChain?.({ ...chain, first: 6 });
    expect(some?.residPosts.slice(0, -1)).toEqual(all?.residPosts.slice(0, -1));
    expect(some?.residPosts.at(-1)).toEqual(all?.residPosts.at(-1)?.slice(6 * d));
    expect(some?.final?.lnFinal).toEqual(all?.final?.lnFinal.slice(6 * d));
    expect(some?.final?.logits).toEqual(all?.final?.logits);
    for (const each of [...(all?.keys ?? []), ...(some?.keys ?? [])]) each.release();
    expect(memory.numbers).toBe(taken);
    await backend.dispose();
  });
});

describe('an engine', () => {
  const engines: Engine[] = [];
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
    expect(memory.numbers).toBe(0);
  });

  /** It and how many rows were left out of each run of the last block. */
  async function watched(options: OpenOptions = {}): Promise<{ engine: Engine; left: number[] }> {
    const left: number[] = [];
    class Watched extends OrtBackend {
      override async runBlock(run: BlockRun) {
        const answer = await super.runBlock(run);
        if (run.layer === n_layer - 1) left.push(answer.first ?? 0);
        return answer;
      }
    }
    const engine = await Engine.open(model, { backend: 'wasm', ...options }, async () => {
      const backend = new Watched(model, runtime);
      const { runChain } = backend;
      const watchedChain = (run: ChainRun) => {
        if (run.blocks[1] === n_layer) left.push(run.first ?? 0);
        return (runChain as NonNullable<typeof runChain>)(run);
      };
      return Object.assign(backend, { runChain: watchedChain });
    });
    engines.push(engine);
    return { engine, left };
  }

  /** What an engine says that has all rows computed, since all are asked for. */
  async function ofAll(request: Omit<ReadRequest, 'wants'> & { ids: number[] }, wants: readonly Want[]) {
    const { engine, left } = await watched();
    const everything: Want[] = [{ name: 'resid_post', layer: n_layer - 1 }, ...wants];
    const [, ...answers] = await engine.read({ ...request, wants: everything } as ReadRequest);
    expect(left.every((rows) => rows === 0)).toBe(true);
    return answers;
  }

  const logits = (position: number): Want => ({ name: 'logits', position });

  it.each([2, 16, 17, 60, 200, 600])(
    'asked for the next token alone, leaves all rows but the last out, of %i',
    async (T) => {
      const ids = randomIds(config, T, T);
      const { engine, left } = await watched();
      expect(await engine.read({ ids, wants: [logits(T - 1)] })).toEqual(
        await ofAll({ ids }, [logits(T - 1)]),
      );
      expect(left).toEqual([T - 1]);
    },
  );

  it('leaves out those before the first that anybody wants, and no others when more is wanted', async () => {
    const ids = randomIds(config, 40, 7);
    for (const [wants, rows] of [
      [[logits(39), logits(35)], 35],
      [[logits(39), { name: 'ln_final', position: 30 }], 30],
      [[logits(39), { name: 'ln_final' }], 0],
      [[{ name: 'logits' }], 0],
      [[logits(39), { name: 'pattern', layer: n_layer - 1, head: 1 }], 0],
      [[logits(39), { name: 'resid_post', layer: n_layer - 1, position: 39 }], 0],
      [[logits(39), { name: 'resid_post', layer: n_layer - 2 }], 39],
    ] as const satisfies [Want[], number][]) {
      const { engine, left } = await watched();
      expect(await engine.read({ ids, wants })).toEqual(await ofAll({ ids }, wants));
      expect(left).toEqual([rows]);
    }
  });

  it.each([9, 40])('runs the last block alone for rows of %i that were left out', async (T) => {
    const ids = randomIds(config, T, 9);
    const { engine, left } = await watched();
    await engine.read({ ids, wants: [logits(T - 1)] });
    const { blocksRun } = engine.stats;
    expect(blocksRun).toBe(n_layer);
    const earlier = [logits(3), logits(T - 1)];
    expect(await engine.read({ ids, wants: earlier })).toEqual(await ofAll({ ids }, earlier));
    expect(engine.stats.blocksRun).toBe(blocksRun + 1);
    const all: Want[] = [{ name: 'ln_final' }, { name: 'z', layer: n_layer - 1 }];
    expect(await engine.read({ ids, wants: all })).toEqual(await ofAll({ ids }, all));
    expect(left).toEqual([T - 1, 3, 0]);
  });

  it('does so behind a prompt that ran before, whose rows it may need as well', async () => {
    const ids = randomIds(config, 90, 11);
    const { engine, left } = await watched();
    for (const [T, wants, rows] of [
      [40, [logits(39)], 39],
      [41, [logits(40)], 0], // the one that is new
      [50, [logits(49), logits(45)], 4],
      [90, [logits(89)], 39],
      [90, [{ name: 'logits' }], 0],
      [30, [logits(29)], 0], // its last token runs anew
    ] as [number, Want[], number][]) {
      left.length = 0;
      const own = ids.slice(0, T);
      expect(await engine.read({ ids: own, wants })).toEqual(await ofAll({ ids: own }, wants));
      expect(left).toEqual([rows]);
    }
    expect(engine.stats.positionsReused).toBeGreaterThan(0);
  });

  it('does so with edits before and behind the last block, and not with one in it', async () => {
    const ids = randomIds(config, 40, 12);
    const bias = (shape: readonly number[], seed: number): Tensor => {
      const length = shape.reduce((a, b) => a * b, 1);
      return { dims: [...shape], data: Float32Array.from({ length }, randomNumbers(seed)) };
    };
    const before: Edit = { name: 'z', layer: 0, bias: bias([config.n_head, 40, d / config.n_head], 1) };
    const after: Edit = { name: 'ln_final', bias: bias([40, d], 2), scale: bias([1, d], 3) };
    const within: Edit = { name: 'mlp_out', layer: n_layer - 1, bias: bias([40, d], 4) };
    for (const [edits, rows] of [
      [[before], 37],
      [[after], 37],
      [[before, after], 37],
      [[after, within], 0],
    ] as const) {
      const wants = [logits(37), logits(39), { name: 'ln_final', position: 38 } as const];
      const { engine, left } = await watched();
      expect(await engine.read({ ids, edits, wants })).toEqual(await ofAll({ ids, edits }, wants));
      expect(left).toEqual([rows]);
    }
  });

  it.each([0, 1 << 20])(
    'serves whoever joins for earlier rows while it runs, with %i bytes to keep things in',
    async (cacheBytes) => {
      const ids = randomIds(config, 40, 13);
      const { engine } = await watched({ cacheBytes });
      const first = engine.read({ ids, wants: [logits(39)] });
      const joined: Promise<Tensor[]>[] = [];
      const asked: Want[][] = [[logits(5)], [{ name: 'ln_final' }], [{ name: 'logits' }]];
      // Each a little later than the one before, so that some come at each stage of the pass.
      for (const wants of [...asked, ...asked, ...asked]) {
        await new Promise((done) => setTimeout(done));
        joined.push(engine.read({ ids, wants }));
      }
      const own = [[logits(39)], ...asked, ...asked, ...asked];
      for (const [i, answer] of (await Promise.all([first, ...joined])).entries())
        expect(answer).toEqual(await ofAll({ ids }, own[i] as Want[]));
    },
  );
});
