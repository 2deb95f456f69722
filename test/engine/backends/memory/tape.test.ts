import { beforeAll, describe, expect, it } from 'vitest';
import type { BlockRun, HeldPast, Keys } from '../../../../src/engine/backends/backend';
import type { Held } from '../../../../src/engine/backends/held';
import { Tape } from '../../../../src/engine/backends/memory/tape';
import { OrtBackend } from '../../../../src/engine/backends/ort';
import type { OrtRuntime } from '../../../../src/engine/backends/runtime';
import { Engine } from '../../../../src/engine/engine';
import { headColumns } from '../../../../src/engine/onnx/final';
import { randomIds, randomModel, randomNumbers, smallConfig } from '../../../support/random';
import { type CountedMemory, countedRuntime, WatchedBackend } from './counted';

const config = smallConfig({ n_layer: 1, n_positions: 256 });
const { n_embd: d, n_head: heads } = config;
const headWidth = d / heads;
const model = randomModel(config, 3);
const stream = Float32Array.from({ length: 200 * d }, randomNumbers(1)); // [200, d_model]

let runtime: OrtRuntime;
let memory: CountedMemory;
beforeAll(async () => {
  ({ runtime, memory } = await countedRuntime());
});

/** The block over positions [from, to). */
const run = (from: number, to: number, past?: BlockRun['past']): BlockRun => ({
  layer: 0,
  residPre: stream.slice(from * d, to * d),
  tokens: to - from,
  names: ['resid_post', 'attn_scores', 'pattern', 'k'],
  edits: new Map(),
  past,
});

/** Keys [positions, d_model] as a tape has them. */
const keysOn = ({ keys, width }: Tape, positions: number): number[] =>
  Array.from({ length: positions * d }, (_, i) => keys[(i % d) * width + Math.floor(i / d)] as number);

describe('a tape', () => {
  const make = (positions: number) => Tape.for({}, { heads, headWidth }, memory, positions);
  /** Each number says where it is: position, then head and width. */
  const write = (tape: Tape, from: number, to: number) => {
    for (let t = from; t < to; t++)
      for (let i = 0; i < d; i++) {
        tape.keys[i * tape.width + t] = t + i / 1000;
        const [head, at] = [Math.floor(i / headWidth), i % headWidth];
        tape.values[(head * tape.width + t) * headWidth + at] = -t - i / 1000;
      }
  };
  const written = (tape: Tape, positions: number) => {
    for (let t = 0; t < positions; t++)
      for (let i = 0; i < d; i++) {
        const [head, at] = [Math.floor(i / headWidth), i % headWidth];
        const [key, value] = [
          tape.keys[i * tape.width + t],
          tape.values[(head * tape.width + t) * headWidth + at],
        ];
        if (key !== Math.fround(t + i / 1000) || value !== Math.fround(-t - i / 1000)) return t;
      }
    return positions;
  };

  it('is written on where nothing follows, and grows with what is on it', () => {
    const tape = make(5);
    write(tape, 0, 5);
    let length = 5;
    for (const tokens of [1, 9, 3, 40, 1]) {
      expect(tape.behind(length, tokens)).toBe(tape);
      expect(written(tape, length)).toBe(length);
      expect(tape.width % 16).toBe(0);
      expect(tape.width).toBeGreaterThanOrEqual(length + tokens);
      write(tape, length, length + tokens);
      length += tokens;
      tape.release();
    }
    expect(tape.bytes).toBe(2 * 4 * d * tape.width);
    expect(memory.numbers).toBe(tape.bytes / 4);
    tape.release();
    expect(memory.numbers).toBe(0);
  });

  it('is copied where something follows already', () => {
    const tape = make(20);
    write(tape, 0, 20);
    const other = tape.behind(12, 2);
    expect(other).not.toBe(tape);
    expect(written(other, 12)).toBe(12);
    write(other, 12, 14);
    other.keys.fill(0);
    expect(written(tape, 20)).toBe(20);
    tape.release();
    other.release();
    expect(memory.numbers).toBe(0);
  });

  it('takes nothing where only half of it has room', () => {
    memory.most = 1.5 * 16 * d;
    try {
      expect(() => make(16)).toThrow('There is no memory left');
      expect(memory.numbers).toBe(0);
    } finally {
      memory.most = Number.POSITIVE_INFINITY;
    }
  });
});

describe('runs over tapes', () => {
  it('write keys where they lie, and give the bits of runs that are given arrays', async () => {
    const onTape = new OrtBackend(model, runtime);
    const byRows = new OrtBackend(model, { ...runtime, inMemory: undefined });
    let held: Held | undefined;
    let rows: Keys = { k: new Float32Array(0), v: new Float32Array(0) };
    let from = 0;
    for (const to of [7, 8, 23, 24, 25, 90, 91]) {
      const past = held && ({ held, positions: from } satisfies HeldPast);
      const [ours, theirs] = [
        await onTape.runBlock(run(from, to, past)),
        await byRows.runBlock(run(from, to, rows)),
      ];
      expect(ours.activations).toEqual(theirs.activations);
      const own = theirs.keys as Keys;
      rows = { k: Float32Array.of(...rows.k, ...own.k), v: Float32Array.of(...rows.v, ...own.v) };
      held?.release();
      held = ours.keys as Tape;
      expect(keysOn(held as Tape, to)).toEqual([...rows.k]);
      expect(memory.numbers).toBe(held.bytes / 4);
      from = to;
    }
    held?.release();
    expect(memory.numbers).toBe(0);
  });

  it('see nothing of what others have left behind them', async () => {
    const backend = new OrtBackend(model, runtime);
    const tape = (await backend.runBlock(run(0, 20))).keys as Tape;
    const past = { held: tape, positions: 20 };
    const clean = await backend.runBlock(run(20, 21, past));
    for (let row = 0; row < d; row++) tape.keys.fill(1e30, row * tape.width + 21, (row + 1) * tape.width);
    const again = await backend.runBlock(run(20, 21, past));
    expect(again.keys).not.toBe(tape); // position 20 is written already
    expect(again.activations).toEqual(clean.activations);
    for (const { keys } of [clean, again]) (keys as Tape).release();
    tape.release();
    expect(memory.numbers).toBe(0);
  });

  it('go one behind the other to the bits of block after block, and give all back where one fails', async () => {
    const deep = randomModel(smallConfig({ n_layer: 3, n_positions: 64 }), 6);
    const backend = new OrtBackend(deep, runtime);
    const blocks = async (residPre: Float32Array, pasts?: readonly HeldPast[]) => {
      const keys: Tape[] = [];
      const residPosts: Float32Array[] = [];
      let after = residPre;
      for (let layer = 0; layer < 3; layer++) {
        const tokens = after.length / d;
        const answer = await backend.runBlock({
          ...run(0, tokens, pasts?.[layer]),
          layer,
          residPre: after,
          names: ['resid_post'],
        });
        after = answer.activations.get('resid_post') as Float32Array;
        residPosts.push(after);
        keys.push(answer.keys as Tape);
      }
      return { residPosts, keys };
    };
    const before = await blocks(stream.slice(0, 30 * d));
    const pasts = before.keys.map((held) => ({ held, positions: 29 })); // the last is written over, on another tape
    const [residPre, tokens] = [stream.slice(40 * d, 43 * d), 3];
    const one = await blocks(residPre, pasts);
    const chain = { blocks: [0, 3] as const, residPre, tokens, pasts };
    const all = await backend.runChain?.(chain);
    expect(all?.residPosts).toEqual([one.residPosts[2]]);
    expect(all?.keys.map((tape) => keysOn(tape as Tape, 32))).toEqual(
      one.keys.map((tape) => keysOn(tape, 32)),
    );
    const two = await backend.runChain?.({
      blocks: [1, 3],
      residPre,
      tokens,
      pasts: pasts.slice(1),
    });
    expect(two?.keys).toHaveLength(2);
    expect(two?.residPosts).not.toEqual([one.residPosts[2]]);
    const first = await backend.runChain?.({
      blocks: [0, 3],
      residPre: stream.slice(0, 30 * d),
      tokens: 30,
      every: true,
    });
    expect(first?.residPosts).toEqual(before.residPosts);
    expect(first?.keys.map((tape) => keysOn(tape as Tape, 30))).toEqual(
      before.keys.map((tape) => keysOn(tape, 30)),
    );

    const taken = memory.numbers;
    const bytes = all?.keys[0]?.bytes ?? 0;
    memory.most = taken + (2.5 * bytes) / 4; // enough for the tapes of two blocks
    await expect(backend.runChain?.(chain)).rejects.toThrow(
      /^WebAssembly, one thread could not run block 2: There is no memory left/,
    );
    memory.most = Number.POSITIVE_INFINITY;
    expect(memory.numbers).toBe(taken);
    const more = [all, two, first].flatMap((each) => each?.keys ?? []);
    for (const each of [...before.keys, ...one.keys, ...more]) each.release();
    expect(memory.numbers).toBe(0);
  });

  it('have ln_f and the head run behind them, to the same bits', async () => {
    const backend = new OrtBackend(model, runtime);
    await backend.prepareFinal();
    const taken = memory.numbers; // the head's matrix
    const [residPre, tokens] = [stream.slice(0, 3 * d), 3];
    const chain = { blocks: [0, 1] as const, residPre, tokens, every: true };
    const bare = await backend.runChain?.(chain);
    expect(bare?.final).toBeUndefined();
    const lnFinal = await backend.runNorm(bare?.residPosts[0] as Float32Array);
    const logits = await backend.runHead(lnFinal as Float32Array); // [3, V]
    const row = (t: number) => logits.slice((t * logits.length) / 3, ((t + 1) * logits.length) / 3);
    for (const rows of [[2], [0, 2], [0, 1, 2]]) {
      const ended = await backend.runChain?.({ ...chain, logitsOf: rows });
      expect(ended?.residPosts).toEqual(bare?.residPosts);
      expect(ended?.final?.lnFinal).toEqual(lnFinal);
      expect([...(ended?.final?.logits ?? [])]).toEqual(rows.flatMap((t) => [...row(t)]));
      for (const each of ended?.keys ?? []) each.release();
    }
    memory.most = memory.numbers + (bare?.keys[0]?.bytes ?? 0) / 4 + 3 * tokens * d; // the blocks run, and there is no room for logits
    await expect(backend.runChain?.({ ...chain, logitsOf: [2] })).rejects.toThrow(
      /^WebAssembly, one thread could not run the output head: There is no memory left/,
    );
    memory.most = Number.POSITIVE_INFINITY;
    for (const each of bare?.keys ?? []) each.release();
    expect(memory.numbers).toBe(taken);
    await backend.dispose();
    expect(memory.numbers).toBe(0);
  });

  it('fail with a name where there is no memory, or the run does, and keep none', async () => {
    const backend = new OrtBackend(model, runtime);
    memory.most = 100;
    await expect(backend.runBlock(run(0, 9))).rejects.toThrow(
      'WebAssembly, one thread could not run block 0: There is no memory left for',
    );
    memory.most = Number.POSITIVE_INFINITY;
    await expect(backend.runBlock({ ...run(0, 9), tokens: 4 })).rejects.toThrow(
      /^WebAssembly, one thread could not run block 0: .*/,
    );
    expect(memory.numbers).toBe(0);
    const { keys } = await backend.runBlock(run(0, 9));
    (keys as Tape).release();
    expect(memory.numbers).toBe(0);
  });
});

it('an engine that ran all blocks at once goes on from any of them', async () => {
  const deep = randomModel(smallConfig({ n_layer: 3, n_positions: 64 }), 5);
  const backend = new WatchedBackend(deep, runtime);
  const engine = await Engine.open(deep, { backend: 'wasm' }, async () => backend);
  const ids = randomIds(deep.config, 9, 2);
  await engine.read({ ids, wants: [{ name: 'logits', position: 8 }] });
  expect([backend.ran, engine.stats.blocksRun]).toEqual([[], 3]);
  const [pattern] = await engine.read({ ids, wants: [{ name: 'pattern', layer: 2 }] });
  expect(backend.ran).toEqual([2]);
  const right = await Engine.open(deep, { backend: 'reference' });
  const [wanted] = await right.read({ ids, wants: [{ name: 'pattern', layer: 2 }] });
  (wanted?.data ?? []).forEach((value, i) => {
    expect(pattern?.data[i]).toBeCloseTo(value, 5);
  });
  await Promise.all([engine.dispose(), right.dispose()]);
  expect(memory.numbers).toBe(0);
});

it('an engine keeps no more of the memory than it says, and gives all of it back', async () => {
  const deep = randomModel(smallConfig({ n_layer: 3, n_positions: 64 }), 5);
  const cacheBytes = 150_000;
  const engine = await Engine.open(
    deep,
    { backend: 'wasm', cacheBytes },
    async () => new OrtBackend(deep, runtime),
  );
  const text = randomIds(deep.config, 64, 1);
  const head = headColumns(deep.config).reduce((sum, { from, to, width }) => sum + (to - from) * width, 0);
  let most = 0;
  for (let i = 0; i < 80; i++) {
    const own = randomIds(deep.config, 1 + (i % 5), i);
    const ids = i % 3 === 0 ? text.slice(0, 5 + (i % 40)) : [...text.slice(0, i % 30), ...own];
    const reading = new AbortController();
    const read = engine.read({
      ids,
      wants: [{ name: 'logits', position: ids.length - 1 }],
      signal: reading.signal,
    });
    if (i % 7 === 0) reading.abort();
    await read.catch(() => {});
    most = Math.max(most, 4 * (memory.numbers - head));
  }
  console.log(`of ${cacheBytes / 2} bytes for keys and values at most ${most} were taken`);
  expect(most).toBeGreaterThan(0.5 * (cacheBytes / 2));
  expect(most).toBeLessThanOrEqual(cacheBytes / 2);
  expect(engine.stats.positionsReused).toBeGreaterThan(0);
  await engine.dispose();
  expect(memory.numbers).toBe(0);
});
