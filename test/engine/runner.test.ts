import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BackendReport, Want } from '../../src/engine/api';
import type { BlockRun, ChainAnswer, ChainRun } from '../../src/engine/backends/backend';
import { ReferenceBackend } from '../../src/engine/backends/reference';
import { Engine } from '../../src/engine/engine';
import { EngineError } from '../../src/engine/errors';
import { type Part, partsOf } from '../../src/engine/supply';
import { forward } from '../../src/gpt2/reference';
import { randomIds } from '../support/random';
import { config, ids, model, open, RecordingBackend } from './recording';

const logits: Want[] = [{ name: 'logits' }];
const expected = forward(model, ids).get('logits');

/** A graphics device that there is only in tests: it computes as the reference does, and can be lost. */
class FakeDevice extends RecordingBackend {
  lost = false;
  override async runBlock(run: BlockRun) {
    if (this.lost)
      throw new EngineError('run', `WebGPU could not run block ${run.layer}: the device was lost`);
    return super.runBlock(run);
  }
}

/** A back end that can run blocks one behind the other. */
class ChainingBackend extends RecordingBackend {
  readonly runChain = async ({
    blocks: [from, to],
    residPre,
    tokens,
    first = 0,
    logitsOf,
  }: ChainRun): Promise<ChainAnswer> => {
    this.runs.push(`blocks ${from} to ${to}`);
    const residPosts: Float32Array[] = [];
    for (let layer = from; layer < to; layer++) {
      const { activations } = await ReferenceBackend.prototype.runBlock.call(this, {
        layer,
        residPre: residPosts.at(-1) ?? residPre,
        tokens,
        names: ['resid_post'],
        edits: new Map(),
      });
      residPosts.push(activations.get('resid_post') as Float32Array);
    }
    const { n_embd: d } = config;
    residPosts.push((residPosts.pop() as Float32Array).slice(first * d));
    if (!logitsOf) return { residPosts, keys: [] };
    const lnFinal = await this.runNorm(residPosts.at(-1) as Float32Array);
    const rows = logitsOf.map((row) => lnFinal.slice((row - first) * d, (row - first + 1) * d));
    const logits = await this.runHead(Float32Array.from(rows.flatMap((row) => [...row])));
    return { residPosts, keys: [], final: { lnFinal, logits } };
  };
}

/** An engine that begins on such a device, among the back ends of a machine that has one. */
async function onDevice(working: readonly string[] = ['wasm', 'reference'], Next = RecordingBackend) {
  vi.stubGlobal('navigator', {
    gpu: { requestAdapter: async () => ({ info: { isFallbackAdapter: false } }) },
    hardwareConcurrency: 2,
  });
  const heard: BackendReport[] = [];
  let device: FakeDevice | undefined;
  const made: RecordingBackend[] = [];
  const engine = await Engine.open(
    model,
    { cacheBytes: 0, onBackend: (report) => heard.push(report) },
    async (given, { name }) => {
      if (name === 'webgpu') {
        device = new FakeDevice(given);
        return device;
      }
      if (!working.includes(name)) throw new Error(`no ${name} today`);
      const backend = new Next(given);
      made.push(backend);
      return backend;
    },
  );
  return { engine, heard, made, device: device as FakeDevice };
}

afterEach(() => vi.unstubAllGlobals());

describe('when the graphics device is lost', () => {
  it('the next back end takes over, finishes what is waiting, and the loss is told', async () => {
    const { engine, device, heard, made } = await onDevice();
    device.before = ({ layer }) => {
      if (layer === 1) device.lost = true; // in the middle of a pass
    };
    const others = randomIds(config, 4, 9);
    const [first, second] = await Promise.all([
      engine.read({ ids, wants: logits }),
      engine.read({ ids: others, wants: logits }),
    ]);
    expect(first[0]?.data).toEqual(expected);
    expect(second[0]?.data).toEqual(forward(model, others).get('logits'));
    expect(heard).toEqual([engine.backend]);
    expect(engine.backend.reason).toMatch(
      /^WebAssembly, .*WebGPU stopped: WebGPU could not run block 2: the device was lost/,
    );
    expect(made).toHaveLength(1);
    expect(engine.stats.forwardPasses).toBe(2);
  });

  it('runs all blocks at once on the next back end, as soon as all of them are ready there', async () => {
    const { engine, device, made } = await onDevice(undefined, ChainingBackend);
    device.lost = true;
    expect((await engine.read({ ids, wants: logits }))[0]?.data).toEqual(expected);
    const [next] = made as [RecordingBackend];
    expect(next.runs).toContain('block 3: resid_post');
    next.runs.length = 0;
    const others = randomIds(config, 4, 9);
    const [again] = await engine.read({ ids: others, wants: logits });
    expect(again?.data).toEqual(forward(model, others).get('logits'));
    expect(next.runs).toEqual(['blocks 0 to 4', 'norm', 'head of 4']);
  });

  it('goes on to the one after, when the next does not work either', async () => {
    const { engine, device } = await onDevice(['reference']);
    device.lost = true;
    expect((await engine.read({ ids, wants: logits }))[0]?.data).toEqual(expected);
    expect(engine.backend.reason).toMatch(/^Plain JavaScript.*WebGPU stopped.*no wasm today/);
  });

  it('says all that was tried when nothing works any more', async () => {
    const { engine, device } = await onDevice([]);
    device.lost = true;
    await expect(engine.read({ ids, wants: logits })).rejects.toThrow(
      /could not be opened.*device was lost.*no wasm today.*no reference today/,
    );
  });

  it('a failure on the processor is told, and changes nothing', async () => {
    const { engine, backend } = await open();
    backend.before = () => {
      throw new EngineError('run', 'no memory left');
    };
    await expect(engine.read({ ids, wants: logits })).rejects.toThrow('no memory left');
    backend.before = () => {};
    expect((await engine.read({ ids, wants: logits }))[0]?.data).toEqual(expected);
  });
});

describe('while the parameters arrive', () => {
  /** Parts that arrive when told to. */
  function delivery() {
    interface Awaited {
      readonly promise: Promise<void>;
      readonly resolve: () => void;
      readonly reject: (reason: unknown) => void;
    }
    const parts = new Map<Part, Awaited>();
    for (const part of partsOf(config.n_layer)) {
      let resolve = () => {};
      let reject: (reason: unknown) => void = () => {};
      const promise = new Promise<void>((a, b) => {
        resolve = a;
        reject = b;
      });
      promise.catch(() => {});
      parts.set(part, { promise, resolve, reject });
    }
    return {
      supply: {
        arrived: (part: Part) => parts.get(part)?.promise as Promise<void>,
        read: async (name: string) => model.weights.get(name),
      },
      deliver: (...some: Part[]) => {
        for (const part of some) parts.get(part)?.resolve();
      },
      lose: (part: Part) => parts.get(part)?.reject(new Error('the network is gone')),
    };
  }

  it('opens with the embedding, and answers what has arrived', async () => {
    const { supply, deliver } = delivery();
    deliver('embedding', 0);
    const { engine } = await open({ supply });
    const [embed, z] = await engine.read({ ids, wants: [{ name: 'embed' }, { name: 'z', layer: 0 }] });
    expect(embed?.dims).toEqual([6, config.n_embd]);
    expect(z?.dims).toEqual([config.n_head, 6, 8]);
  });

  it('waits a while for a part, and then says which is missing and how many are here', async () => {
    const { supply, deliver } = delivery();
    deliver('embedding', 0);
    const { engine } = await open({ supply });
    const waiting = engine.read({ ids, wants: [{ name: 'z', layer: 1 }] });
    setTimeout(() => deliver(1), 300);
    expect((await waiting)[0]?.dims).toEqual([config.n_head, 6, 8]);
    await expect(engine.read({ ids, wants: logits })).rejects.toMatchObject({
      name: 'PartMissing',
      message:
        'Layer 2 of the model has not arrived yet; 3 of its 6 parts are here. The cell is calculated again when it has.',
    });
    deliver(2, 3, 'head');
    await engine.whole;
    expect((await engine.read({ ids, wants: logits }))[0]?.data).toEqual(expected);
  });

  it('says so when they do not come', async () => {
    const { supply, deliver, lose } = delivery();
    deliver('embedding', 0);
    const { engine } = await open({ supply });
    lose(1);
    await expect(engine.whole).rejects.toThrow('the network is gone');
    await expect(engine.read({ ids, wants: logits })).rejects.toThrow('the network is gone');
  });
});
