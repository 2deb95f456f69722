import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BlockRun, HeldPast } from '../../../../src/engine/backends/backend';
import type { HeldRows } from '../../../../src/engine/backends/memory/held-rows';
import { startedInstance } from '../../../../src/engine/backends/memory/instance';
import { stretches } from '../../../../src/engine/backends/memory/long-runs';
import { Runs } from '../../../../src/engine/backends/memory/runs';
import type { Tape } from '../../../../src/engine/backends/memory/tape';
import { OrtBackend } from '../../../../src/engine/backends/ort';
import { randomModel, randomNumbers, smallConfig } from '../../../support/random';
import { type CountedMemory, countedRuntime } from './counted';

const config = smallConfig({ n_layer: 2, n_positions: 1024 });
const d = config.n_embd;
const stream = Float32Array.from({ length: 1000 * d }, randomNumbers(6)); // [1000, d_model]

let backend: OrtBackend;
let memory: CountedMemory;
/** Blocks that have run. */
let ran = 0;
/** The run that fails. */
let fails = Number.POSITIVE_INFINITY;
beforeAll(async () => {
  const counted = await countedRuntime();
  memory = counted.memory;
  class WatchedRuns extends Runs {
    override call(...given: Parameters<Runs['call']>) {
      if (++ran === fails) throw new Error('so it was told');
      return super.call(...given);
    }
  }
  const runs = new WatchedRuns(counted.runtime.ort, startedInstance, memory);
  backend = new OrtBackend(randomModel(config, 6), { ...counted.runtime, inMemory: { memory, runs } });
});
afterEach(() => {
  expect(memory.numbers).toBe(0);
  ran = 0;
  fails = Number.POSITIVE_INFINITY;
});

/** The first block over positions [from, to). */
const run = (from: number, to: number, past?: HeldPast): BlockRun => ({
  layer: 0,
  residPre: stream.slice(from * d, to * d),
  tokens: to - from,
  names: ['resid_post'],
  edits: new Map(),
  past,
});
/** The same in one run: scores are asked for. */
const whole = (from: number, to: number): BlockRun => ({
  ...run(from, to),
  names: ['resid_post', 'attn_scores'],
});

it('stretches are of 256 positions, and those that nobody wants go with the first', () => {
  expect(stretches(1)).toEqual([[0, 1]]);
  expect(stretches(256)).toEqual([[0, 256]]);
  expect(stretches(600)).toEqual([
    [0, 256],
    [256, 512],
    [512, 600],
  ]);
  expect(stretches(600, 100)).toEqual([
    [0, 356],
    [356, 600],
  ]);
  expect(stretches(600, 599)).toEqual([[0, 600]]);
});

describe('a block over many positions', () => {
  it('runs stretch by stretch if only the stream is wanted, to the bits of one run, on a tape of its length', async () => {
    for (const [tokens, times] of [
      [256, 1],
      [257, 2],
      [768, 3],
      [1000, 4],
    ] as const) {
      ran = 0;
      const answer = await backend.runBlock(run(0, tokens));
      expect(ran).toBe(times);
      const once = await backend.runBlock(whole(0, tokens));
      expect(ran).toBe(times + 1);
      expect(answer.activations.get('resid_post')).toEqual(once.activations.get('resid_post'));
      const [tape, other] = [answer.keys as Tape, once.keys as Tape];
      expect([tape.width, tape.keys, tape.values]).toEqual([other.width, other.keys, other.values]);
      tape.release();
      other.release();
    }
  });

  it('goes on from a stream that was held, and holds its own', async () => {
    const [first, once] = [
      await backend.runBlock({ ...run(0, 600), hold: true }),
      await backend.runBlock(run(0, 600)),
    ];
    const held = first.stream as HeldRows;
    expect(held.copy()).toEqual(once.activations.get('resid_post'));
    const [behindHeld, behindArray] = [
      await backend.runBlock({ ...run(0, 600), residPre: held }),
      await backend.runBlock({ ...run(0, 600), residPre: held.copy() }),
    ];
    expect(behindHeld.activations).toEqual(behindArray.activations);
    for (const { keys } of [first, once, behindHeld, behindArray]) (keys as Tape).release();
    held.release();
  });

  it('follows the keys of others, whether it may write behind them or has to copy them', async () => {
    const alone = await backend.runBlock(run(0, 1000));
    const all = alone.activations.get('resid_post');
    const before = (await backend.runBlock(run(0, 300))).keys as Tape;
    const past = { held: before, positions: 300 };
    const behind = await backend.runBlock(run(300, 1000, past));
    expect(behind.keys).toBe(before);
    const beside = await backend.runBlock(run(300, 1000, past)); // somebody has written there
    expect(beside.keys).not.toBe(before);
    for (const { activations } of [behind, beside])
      expect(activations.get('resid_post')).toEqual(all?.slice(300 * d));
    for (const tape of [before, behind.keys, beside.keys, alone.keys]) (tape as Tape).release();
  });

  it('keeps nothing when a stretch fails, or there is no memory for one, and says which block it was', async () => {
    const before = (await backend.runBlock(run(0, 300))).keys as Tape;
    for (const past of [undefined, { held: before, positions: 300 }]) {
      for (const stretch of [1, 2, 3]) {
        [ran, fails] = [0, stretch];
        await expect(backend.runBlock(run(300, 1000, past))).rejects.toThrow(
          'WebAssembly, one thread could not run block 0: so it was told',
        );
        expect(ran).toBe(stretch);
      }
      fails = Number.POSITIVE_INFINITY;
    }
    for (const more of [1, 800 * d, 2000 * d]) {
      memory.most = memory.numbers + more;
      await expect(backend.runBlock(run(300, 1000))).rejects.toThrow(
        'WebAssembly, one thread could not run block 0: There is no memory left for',
      );
      memory.most = Number.POSITIVE_INFINITY;
    }
    before.release();
    await expect(backend.runBlock({ ...run(0, 300), tokens: 400 })).rejects.toThrow(
      'WebAssembly, one thread could not run block 0: The stream has 300 rows, and not 400.',
    );
  });
});
