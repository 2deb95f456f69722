import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Edit, Tensor } from '../../../../src/engine/api';
import type { BlockRun } from '../../../../src/engine/backends/backend';
import { ShardedBackend } from '../../../../src/engine/backends/shards/backend';
import { deal, SHARD_BYTES } from '../../../../src/engine/backends/shards/deal';
import { ShardServer } from '../../../../src/engine/backends/shards/server';
import { Engine } from '../../../../src/engine/engine';
import { EngineError } from '../../../../src/engine/errors';
import type { Supply } from '../../../../src/engine/supply';
import type { Model } from '../../../../src/gpt2/reference';
import { allWants } from '../../../support/agreement';
import { embeddedModel, loadModel, sortingModel } from '../../../support/models';
import { randomIds, randomModel, smallConfig } from '../../../support/random';
import { randomCases } from '../../cases';
import { shardsHere } from './in-this-thread';

const opened: Engine[] = [];
afterEach(async () => {
  for (const engine of opened.splice(0)) await engine.dispose();
});

/** An engine whose blocks lie in so many workers. */
async function openSharded(model: Model, workers: number, serverOf?: (name: string) => ShardServer) {
  const { start, started } = shardsHere(serverOf);
  const shares = deal(model.config, SHARD_BYTES, workers);
  const engine = await Engine.open(
    model,
    { backend: 'wasm' },
    async (given) => new ShardedBackend(given, { shares, threads: 1, start }),
  );
  opened.push(engine);
  return { engine, started, shares };
}

/** The small model in two workers, which asks this for its parameters. */
function inTwoShares(supply: Omit<Supply, 'arrived'>): ShardedBackend {
  const { start } = shardsHere();
  const shares = deal(config, SHARD_BYTES, 2);
  return new ShardedBackend(small, {
    shares,
    threads: 1,
    start,
    supply: { arrived: async () => {}, ...supply },
  });
}

/** Millions of numbers as texts that are the same when all bits are. */
const bits = (tensors: readonly Tensor[]): string[] =>
  tensors.map(({ dims, data: { buffer, byteOffset, byteLength } }) => {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    return `${dims.join('x')} ${createHash('sha256').update(bytes).digest('hex')}`;
  });

const one = (n: number) => ({ dims: [], data: Float32Array.of(n) });
const EDITS: Edit[] = [
  { name: 'q', layer: 0, scale: one(0.5) },
  { name: 'resid_mid', layer: 0, scale: one(2), bias: one(0.01) },
];

function models(): [name: string, model: Model, lengths: readonly number[]][] {
  const sorting = sortingModel();
  return [
    ['the embedded model', loadModel(embeddedModel().folder), [1, 9, 40]],
    ...(sorting.missing
      ? []
      : ([['the sorting model', loadModel(sorting.folder), [1, 11]]] as [string, Model, number[]][])),
    ...randomCases().map(
      ({ name, model, prompts }) =>
        [name, model, prompts.map(({ length }) => length)] as [string, Model, number[]],
    ),
  ];
}

describe('several memories', () => {
  it.each(models())('%s: every activation is that of one memory, to the bit', async (_, model, lengths) => {
    const { config } = model;
    const wants = allWants(config.n_layer);
    const whole = await Engine.open(model, { backend: 'wasm' });
    opened.push(whole);
    for (const workers of [2, config.n_layer + 1]) {
      const { engine, started, shares } = await openSharded(model, workers);
      for (const length of lengths) {
        const ids = randomIds(config, length, length);
        expect(bits(await engine.read({ ids, wants }))).toEqual(bits(await whole.read({ ids, wants })));
        const edited = { ids, wants, edits: EDITS };
        expect(bits(await engine.read(edited))).toEqual(bits(await whole.read(edited)));
        // Behind keys and values that are kept.
        const longer = { ids: [...ids, 1], wants: [{ name: 'logits', position: length } as const] };
        if (length < config.n_positions) {
          expect(await engine.read(longer)).toEqual(await whole.read(longer));
        }
      }
      expect(started.map(({ name }) => name)).toEqual(
        shares.map((_, i) => `WebAssembly, worker ${i + 1} of ${shares.length}`),
      );
    }
  });

  it('says how the model lies', async () => {
    const { engine } = await openSharded(small, 3);
    expect(engine.backend.reason).toContain(
      'Its 0.1 MB lie in 3 workers; one WebAssembly memory holds 4.29 GB at most.',
    );
  });

  it('leaves the model as it was, and asks for each parameter once', async () => {
    const before = small.weights.names.map((name) => small.weights.get(name).slice());
    const asked: string[] = [];
    const backend = inTwoShares({
      read: async (name) => {
        asked.push(name);
        return small.weights.get(name);
      },
    });
    for (let layer = 0; layer < config.n_layer; layer++) await backend.prepareBlock(layer);
    await backend.prepareFinal();
    await backend.runBlock(runOf(1));
    expect(small.weights.names.map((name) => small.weights.get(name))).toEqual(before);
    const parts = small.weights.names.filter((name) => !name.startsWith('wpe'));
    expect([...new Set(asked)].sort()).toEqual(
      [...parts.filter((name) => name !== 'wte.weight'), 'wte.weight'].sort(),
    );
    expect(asked.filter((name) => name.startsWith('h.'))).toHaveLength(12 * config.n_layer);
    await backend.dispose();
  });

  it('takes what it is given without a copy where that is its own', async () => {
    const given: Float32Array[] = [];
    const backend = inTwoShares({
      read: async (name) => small.weights.get(name),
      take: async (name) => {
        const own = small.weights.get(name).slice();
        given.push(own);
        return own;
      },
    });
    await backend.prepareBlock(0);
    expect(given).toHaveLength(12);
    for (const { buffer } of given) expect(buffer.byteLength).toBe(0); // it has gone to the worker
    await backend.dispose();
  });
});

const config = smallConfig({ n_layer: 4 });
const small = randomModel(config, 5);
const ids = randomIds(config, 6, 1);
const logits = [{ name: 'logits', position: 5 }] as const;
const runOf = (layer: number): BlockRun => ({
  layer,
  residPre: new Float32Array(2 * config.n_embd).fill(0.5),
  tokens: 2,
  names: ['resid_post'],
  edits: new Map(),
});

/** A server whose blocks never answer. */
class Silent extends ShardServer {
  override runBlock(): Promise<never> {
    return new Promise(() => {});
  }
}

/** A server whose memory is full. */
class Full extends ShardServer {
  override async prepareBlock(layer: number): Promise<void> {
    throw new EngineError(
      'run',
      `WebAssembly, worker 2 of 2 could not prepare block ${layer}: std::bad_alloc`,
    );
  }
}

const secondIs = (Second: typeof ShardServer) => (name: string) =>
  name.includes('worker 2') ? new Second() : new ShardServer();

describe('when a worker fails', () => {
  it('names the need where there is too little memory', async () => {
    await expect(openSharded(small, 2, secondIs(Full))).rejects.toThrow(
      'WebAssembly was tried and failed: WebAssembly, worker 2 of 2 could not prepare block 2: std::bad_alloc ' +
        'All of the model takes 0.1 MB of memory in float32; close other programs and pages, or open a smaller model.',
    );
  });

  it('fails what it was asked, and another takes its place for what comes next', async () => {
    const right = await (await openSharded(small, 2)).engine.read({ ids, wants: logits });
    let first = true;
    const { engine, started } = await openSharded(small, 2, (name) => {
      const breaks = first && name.includes('worker 2');
      if (breaks) first = false;
      return breaks ? new Silent() : new ShardServer();
    });
    const asked = engine.read({ ids, wants: logits });
    const failed = expect(asked).rejects.toThrow('WebAssembly, worker 2 of 2 stopped: it has crashed');
    await new Promise((resolve) => setTimeout(resolve, 200));
    started[1]?.break('it has crashed');
    await failed;
    expect(started.map(({ ended }) => ended)).toEqual([false, true]);
    expect(await engine.read({ ids, wants: logits })).toEqual(right);
    expect(started).toHaveLength(3);
  });

  it('fails what is asked when it cannot be started, and may be tried again', async () => {
    const { start } = shardsHere();
    let broken = true;
    const backend = new ShardedBackend(small, {
      shares: deal(config, SHARD_BYTES, 2),
      threads: 1,
      start: (name, onFailure) => {
        if (broken) throw new Error('no more workers today');
        return start(name, onFailure);
      },
    });
    await expect(backend.prepareBlock(0)).rejects.toThrow(
      'WebAssembly, worker 1 of 2 stopped: no more workers today',
    );
    broken = false;
    await backend.prepareBlock(0);
    await backend.dispose();
  });
});

describe('closing', () => {
  it('ends all workers, and fails what they were asked', async () => {
    const { start, started } = shardsHere(secondIs(Silent));
    const backend = new ShardedBackend(small, { shares: deal(config, SHARD_BYTES, 2), threads: 1, start });
    await backend.runBlock(runOf(0));
    const failed = expect(backend.runBlock(runOf(3))).rejects.toThrow('The model was closed');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await backend.dispose();
    await failed;
    expect(started.map(({ ended }) => ended)).toEqual([true, true]);
  });

  it('ends them while a pass is under way', async () => {
    const { engine, started } = await openSharded(small, 3);
    const failed = expect(engine.read({ ids, wants: logits })).rejects.toThrow('The model was closed');
    await engine.dispose();
    await failed;
    expect(started.map(({ ended }) => ended)).toEqual([true, true, true]);
  });

  it('refuses what comes after it', async () => {
    const { start, started } = shardsHere();
    const backend = new ShardedBackend(small, { shares: deal(config), threads: 1, start });
    await backend.dispose();
    await expect(backend.runBlock(runOf(0))).rejects.toThrow('The model was closed');
    expect(started).toHaveLength(0);
  });
});

it('a request that is cancelled ends, and the next one is answered', async () => {
  const { engine } = await openSharded(small, 3);
  const right = await engine.read({ ids, wants: logits });
  const controller = new AbortController();
  const others = randomIds(config, 9, 7);
  const asked = engine.read({ ids: others, wants: [{ name: 'logits' }], signal: controller.signal });
  const cancelled = expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  controller.abort();
  await cancelled;
  expect(await engine.read({ ids, wants: logits })).toEqual(right);
});

it('gives the bits of one memory where the head’s sums are long, alone and among others', async () => {
  const wide = randomModel(smallConfig({ n_embd: 300, n_head: 3, vocab_size: 51 }), 4);
  const ids = randomIds(wide.config, 7, 3);
  const inOne = await Engine.open(wide, { backend: 'wasm' });
  opened.push(inOne);
  const all = await inOne.read({ ids, wants: [{ name: 'logits' }] });
  const { engine } = await openSharded(wide, 2);
  const [last] = await engine.read({ ids, wants: [{ name: 'logits', position: 6 }] });
  expect(last?.data).toEqual(all[0]?.data.slice(6 * 51));
  expect(bits(await engine.read({ ids, wants: [{ name: 'logits' }] }))).toEqual(bits(all));
});
