import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Model } from '../../src/gpt2/reference';
import { openSafetensors } from '../../src/gpt2/safetensors';
import { weightsOf } from '../../src/gpt2/weights';
import type { DownloadProgress, HubRef } from '../../src/models/api';
import { LibraryError } from '../../src/models/errors';
import { MemoryStore } from '../../src/models/store/memory';
import { readText, writeText } from '../../src/models/store/store';
import { type Dtype, rounded } from '../support/checkpoint';
import { type HubServer, sha, startHub } from '../support/hub-server';
import { randomModel } from '../support/random';
import { alphabetical, longModel, sorted } from './alphabet';
import { failure, libraryOn, WEIGHTS } from './setting';

const ref: HubRef = { kind: 'hub', id: 'school/alphabet' };
const weights = alphabetical.get(WEIGHTS) as Uint8Array;
const { tensors, data } = openSafetensors(weights);
const start = weights.length - data.length;
const place = (name: string) => start + (tensors.get(name)?.data_offsets[0] as number);
const HEAD = 131_072;

let hub: HubServer;
let mirror: HubServer;
let commit: string;
beforeAll(async () => {
  [hub, mirror] = await Promise.all([startHub(), startHub()]);
  commit = hub.put(ref.id, alphabetical);
  mirror.put(ref.id, alphabetical);
});
afterAll(() => Promise.all([hub.close(), mirror.close()]));
beforeEach(() => {
  for (const server of [hub, mirror]) {
    server.heal();
    server.forget();
  }
});

const sent = (server = hub, file = WEIGHTS) => server.sent.get(file) ?? 0;
/** The ranges that the server of contents was asked for. */
const ranges = () =>
  hub.asked.filter(({ path }) => path.endsWith(`|${WEIGHTS}`)).map(({ range }) => range?.slice(6));

/** Whether two arrays have the same bits. */
const isSame = (a: Float32Array, b: Float32Array) => Buffer.from(a.buffer).equals(Buffer.from(b.buffer));

/** Whether a promise is still open after a while. */
const isWaiting = (promise: Promise<unknown>) =>
  Promise.race([promise.then(() => false), new Promise<boolean>((done) => setTimeout(done, 100, true))]);

/** Downloads the embeddings, the first blocks and some of the later ones, then pauses. */
async function halfway(store: MemoryStore): Promise<{ key: string; have: number; at: string }> {
  const controller = new AbortController();
  hub.fail({ on: WEIGHTS, how: { slow: 1_000_000 }, after: 3 });
  const paused = libraryOn([hub.url], store).download(ref, {
    signal: controller.signal,
    onProgress: ({ bytes }) => bytes > 800_000 && controller.abort(),
  });
  expect((await failure(paused)).name).toBe('AbortError');
  hub.heal();
  await expect.poll(() => hub.sending).toBe(0);
  hub.forget();
  const [listed] = await libraryOn([hub.url], store).list();
  const have = (listed?.bytes ?? 0) - (alphabetical.get('config.json')?.length ?? 0);
  const key = `school--alphabet/${commit}`;
  return { key, have, at: `models/${key}/${WEIGHTS}` };
}

describe('a file whose tensors are stored by name', () => {
  it('is fetched in the order of need, in a handful of requests', async () => {
    const seen: DownloadProgress[] = [];
    const store = new MemoryStore();
    const stored = await libraryOn([hub.url], store).download(ref, { onProgress: (one) => seen.push(one) });
    expect(stored).toMatchObject({ complete: true });
    expect(ranges()).toEqual([
      `0-${HEAD - 1}`,
      `${place('ln_f.bias')}-`,
      `${HEAD}-${place('h.10.attn.bias') - 1}`,
      `${place('h.2.attn.bias')}-${place('ln_f.bias') - 1}`,
      `${place('h.10.attn.bias')}-${place('h.2.attn.bias') - 1}`,
    ]);
    expect(sent()).toBe(weights.length);
    // What came out of order is hashed at the end, and the bytes that are there do not become fewer meanwhile.
    const checking = seen.slice(seen.map(({ phase }) => phase).lastIndexOf('downloading') + 1);
    expect(checking.map(({ phase }) => phase)).toEqual(['checking', 'done']);
    expect(checking[0]).toMatchObject({ bytes: stored.bytes, checked: 1 });
    // Nothing is left but the model.
    expect((await store.list(`models/${stored.key}`)).map(({ name }) => name).sort()).toEqual([
      'config.json',
      'manifest-copy.json',
      'manifest.json',
      WEIGHTS,
    ]);
    const opened = await libraryOn([hub.url], store).open(stored.key);
    for (const name of longModel.weights.names) {
      expect(isSame(opened.weights.get(name), longModel.weights.get(name)), name).toBe(true);
    }
  });

  it('gives the embeddings when nothing else is there, then block after block', async () => {
    // The third answer, with the rest of h.0 and h.1, is held back: all of it, then from the middle of h.1 on.
    const middle = place('h.1.attn.bias') + 1000 - HEAD;
    hub.fail({ on: WEIGHTS, how: { holdAt: [0, middle] }, after: 2, times: 1 });
    const { source, whole } = await libraryOn([hub.url]).arrive(ref);
    expect(source.names[0]).toMatch(/^w[tp]e\.weight$/);
    const stages = source.names.map((name) => name.replace(/^(h\.\d+|\w+)\..*/, '$1'));
    const blocks = Array.from({ length: 12 }, (_, layer) => `h.${layer}`);
    expect([...new Set(stages)]).toEqual(['wpe', 'wte', ...blocks, 'ln_f']);
    const read = async (name: string) =>
      expect(isSame(await source.read(name), longModel.weights.get(name)), name).toBe(true);

    const norm = source.read('h.0.mlp.c_proj.weight');
    await read('wte.weight');
    await read('wpe.weight');
    await expect.poll(() => hub.held).toBe(1);
    expect(await isWaiting(norm)).toBe(true);
    expect(sent()).toBe(HEAD + weights.length - place('ln_f.bias'));

    hub.release();
    await norm;
    const next = source.read('h.1.mlp.c_proj.weight');
    for (const name of longModel.weights.names) if (name.startsWith('h.0.')) await read(name);
    await expect.poll(() => hub.held).toBe(1);
    expect(await isWaiting(next)).toBe(true);
    expect(await isWaiting(whole)).toBe(true);

    hub.release();
    await read('h.11.mlp.c_proj.weight');
    expect(await whole).toEqual({ bytes: weights.length, sha256: sha('sha256', weights) });
    expect(sent()).toBe(weights.length);
  });

  it('is gone on with after a pause, and nothing is fetched twice', async () => {
    const store = new MemoryStore();
    const { key, have } = await halfway(store);
    expect(have).toBeGreaterThan(700_000);
    expect(have).toBeLessThan(weights.length);
    expect((await libraryOn([hub.url], store).resume(key)).complete).toBe(true);
    expect(sent()).toBe(weights.length - have);
    expect(ranges().length).toBe(2);
  });

  it('is not trusted where its journal says nothing, or something else', async () => {
    const store = new MemoryStore();
    const { key, have, at } = await halfway(store);
    // A byte of wte is another one than was noted: only the piece that it lies in is fetched again.
    (await store.write(at)).write(new Uint8Array([1]), place('wte.weight') + 5);
    await libraryOn([hub.url], store).resume(key);
    expect(sent()).toBeGreaterThan(weights.length - have);
    expect(sent()).toBeLessThan(weights.length);

    const other = new MemoryStore();
    const again = await halfway(other);
    const lines = (await readText(other, `${again.at}.parts`)) as string;
    const kept = lines.slice(0, lines.lastIndexOf('\n', lines.length - 2) + 4); // the last line is cut short
    await writeText(other, `${again.at}.parts`, kept);
    const [, begin, end] = /(\d+) (\d+) \w+\n$/.exec(lines) as unknown as string[];
    expect((await libraryOn([hub.url], other).resume(again.key)).complete).toBe(true);
    expect(sent()).toBe(weights.length - again.have + Number(end) - Number(begin));

    const third = new MemoryStore();
    const { key: bare, at: there } = await halfway(third);
    await third.remove(`${there}.parts`);
    expect((await libraryOn([hub.url], third).resume(bare)).complete).toBe(true);
    expect(sent()).toBe(weights.length);
  });

  it('keeps what has arrived where there is no room for what comes from its end', async () => {
    const store = new MemoryStore();
    const write = store.write.bind(store);
    store.write = async (path) => {
      const file = await write(path);
      if (!path.endsWith(WEIGHTS)) return file;
      return {
        get size() {
          return file.size;
        },
        read: (into, at) => file.read(into, at),
        write(bytes, at) {
          if (at + bytes.length > HEAD) throw new LibraryError('full', `There is no room for ${path}.`);
          file.write(bytes, at);
        },
        truncate: (size) => file.truncate(size),
        flush() {},
        close() {},
      };
    };
    expect((await failure(libraryOn([hub.url], store).download(ref))).code).toBe('full');
    store.write = write;
    await expect.poll(() => hub.sending).toBe(0);
    hub.forget();
    expect((await libraryOn([hub.url], store).download(ref)).complete).toBe(true);
    expect(sent()).toBe(weights.length - HEAD);
  });

  it('comes from its first byte to its last where the server ignores ranges', async () => {
    hub.fail({ on: WEIGHTS, how: 'no-range' });
    hub.fail({ on: WEIGHTS, how: { cutAfter: 400_000 }, times: 1 });
    const store = new MemoryStore();
    const { source, whole } = await libraryOn([hub.url], store).arrive(ref);
    expect(await source.read('wte.weight')).toEqual(longModel.weights.get('wte.weight'));
    expect((await whole).sha256).toBe(sha('sha256', weights));
    expect(ranges().length).toBe(1);
    expect(sent()).toBe(weights.length);
  });

  it('is completed by a server that ignores ranges, from parts that another gave', async () => {
    hub.fail({ on: WEIGHTS, how: { status: 404 }, after: 4 });
    mirror.fail({ on: WEIGHTS, how: 'no-range' });
    const { source, whole } = await libraryOn([hub.url, mirror.url]).arrive(ref);
    expect(await source.read('h.11.ln_1.weight')).toEqual(longModel.weights.get('h.11.ln_1.weight'));
    expect((await whole).sha256).toBe(sha('sha256', weights));
    expect(sent()).toBe(HEAD + weights.length - place('ln_f.bias'));
    expect(sent(mirror)).toBe(weights.length);
  });

  it('is found to be damaged in whatever part it is, and fetched again', async () => {
    hub.fail({ on: WEIGHTS, how: { corrupt: place('wte.weight') + 77 } });
    const store = new MemoryStore();
    const error = await failure(libraryOn([hub.url], store).download(ref));
    expect(error.code).toBe('wrong');
    expect(error.message).toContain(sha('sha256', weights));
    // Another server stands in, and whoever has read from the first hears of it.
    const arriving = await libraryOn([hub.url, mirror.url], store).arrive(ref);
    await arriving.source.read('wte.weight');
    expect((await failure(arriving.whole)).code).toBe('changed');
    expect(sent(mirror)).toBe(weights.length);
    const kept = await libraryOn([hub.url], store).open(ref);
    expect(kept.weights.get('wte.weight')).toEqual(longModel.weights.get('wte.weight'));
  });

  it('is fetched as it is stored where its header makes no sense', async () => {
    const strange = weights.slice();
    strange.fill(0x7b, 0, 8);
    hub.put('school/strange', new Map(alphabetical).set(WEIGHTS, strange));
    expect((await libraryOn([hub.url]).download({ kind: 'hub', id: 'school/strange' })).complete).toBe(true);
    expect(ranges()).toEqual([`0-${HEAD - 1}`, `${HEAD}-`]);
  });
});

describe('shards', () => {
  const shard = (number: number) => `model-0000${number}-of-00003.safetensors`;

  it.each(['F16', 'BF16'] as const)('come as they are needed, each in its order: %s', async (dtype) => {
    const model = roundedTo(dtype);
    const files = sorted(model, { shards: 3, prefix: true, dtype });
    // Renamed, so that the last shard by name is the first that is needed.
    const id = `school/shards-${dtype}`;
    const turned = new Map([...files].map(([path, bytes]) => [turn(path), bytes]));
    const index = 'model.safetensors.index.json';
    const text = new TextDecoder().decode(files.get(index));
    turned.set(index, new TextEncoder().encode(text.replace(/model-0000[13]/g, turn)));
    hub.put(id, turned);
    hub.fail({ on: shard(2), how: { holdAt: [0] } });
    const { source, whole } = await libraryOn([hub.url]).arrive({ kind: 'hub', id });
    const later = source.read('h.6.mlp.c_fc.weight');
    const read = async (name: string) =>
      expect(isSame(await source.read(name), model.weights.get(name)), name).toBe(true);
    await read('wte.weight');
    await read('wpe.weight');
    await read('h.0.ln_1.bias');
    await expect.poll(() => hub.held).toBe(1);
    expect(await isWaiting(later)).toBe(true);
    expect(sent(hub, shard(1))).toBe(0);
    hub.heal();
    hub.release();
    await later;
    for (const name of model.weights.names) await read(name);
    await whole;
    const order = hub.asked.map(({ path }) => /\|(model-\d.*)/.exec(path)?.[1]).filter(Boolean);
    expect([...new Set(order)]).toEqual([3, 2, 1].map(shard));
    for (const number of [1, 2, 3]) {
      expect(sent(hub, shard(number))).toBe(turned.get(shard(number))?.length);
    }
  });

  /** A model with a head of its own, whose numbers a format can hold. */
  function roundedTo(dtype: Dtype): Model {
    const { config, weights } = randomModel(longModel.config, 22, false);
    const values = (name: string) => weights.get(name).map((value) => rounded(value, dtype));
    return { config, weights: weightsOf(config, new Map(weights.names.map((name) => [name, values(name)]))) };
  }

  const turn = (path: string) =>
    path.replace(/^model-0000([13])/, (_, number) => `model-0000${4 - Number(number)}`);
});
