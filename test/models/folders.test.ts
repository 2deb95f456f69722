import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UrlRef } from '../../src/models/api';
import { MemoryStore } from '../../src/models/store/memory';
import { checkpoint, type Files } from '../support/checkpoint';
import { type HubServer, sha, startHub } from '../support/hub-server';
import { randomModel } from '../support/random';
import { failure, files, libraryOn, model, WEIGHTS, weights } from './setting';

let hub: HubServer;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.close());
beforeEach(() => {
  hub.heal();
  hub.forget();
});

const newer = checkpoint(randomModel(model.config, 2));
const sumsOf = (some: Files): Uint8Array =>
  new TextEncoder().encode([...some].map(([name, bytes]) => `${sha('sha256', bytes)}  ${name}\n`).join(''));
const put = (path: string, some: Files): UrlRef => ({ kind: 'url', url: hub.putFolder(path, some) });

async function halfway(store: MemoryStore, ref: UrlRef): Promise<void> {
  const controller = new AbortController();
  hub.fail({ on: WEIGHTS, how: { slow: 400_000 } });
  const paused = libraryOn([hub.url], store).download(ref, {
    signal: controller.signal,
    onProgress: ({ file, bytes }) => file === WEIGHTS && bytes > 60_000 && controller.abort(),
  });
  expect((await failure(paused)).name).toBe('AbortError');
  hub.heal();
  await expect.poll(() => hub.sending).toBe(0);
  hub.forget();
}

describe('a folder on a plain server', () => {
  it('is kept under a fingerprint of what the server holds, with the hash that was found', async () => {
    const store = new MemoryStore();
    const mine = libraryOn([hub.url], store);
    const stored = await mine.download(put('/models/plain', files));
    expect(stored).toMatchObject({ name: 'plain', complete: true });
    expect(stored.commit).toMatch(/^[0-9a-f]{40}$/);
    expect((await mine.open(stored.key)).sha256).toBe(sha('sha256', weights));
  });

  it('is gone on with, by If-Range where the server is the page’s own', async () => {
    const store = new MemoryStore();
    const ref = put('/models/resumed', files);
    await halfway(store, ref);
    const [begun] = await libraryOn([hub.url], store).list();
    const have = begun?.bytes as number;
    expect((await libraryOn([hub.url], store).download(ref)).complete).toBe(true);
    const { range, ifRange } = hub.asked.find(({ path, range }) => path.endsWith(WEIGHTS) && range) ?? {};
    expect(range).toMatch(/^bytes=[1-9]\d*-$/);
    expect(ifRange).toMatch(/^".+"$/);
    expect(hub.sent.get(WEIGHTS)).toBe(weights.length - (have - (files.get('config.json')?.length ?? 0)));
  });

  it('begins anew where the server’s files have changed since, and forgets the half of the old', async () => {
    const store = new MemoryStore();
    const ref = put('/models/changed', files);
    await halfway(store, ref);
    put('/models/changed', newer);
    const mine = libraryOn([hub.url], store);
    const stored = await mine.download(ref);
    const expected = newer.get(WEIGHTS) as Uint8Array;
    expect((await mine.open(stored.key)).sha256).toBe(sha('sha256', expected));
    expect((await mine.list()).map(({ key }) => key)).toEqual([stored.key]);
  });

  it('begins anew where they change in the middle of a download', async () => {
    const ref = put('/models/changing', files);
    hub.fail({ on: WEIGHTS, how: { cutAfter: 100_000 }, times: 1 });
    let changed = false;
    const mine = libraryOn([hub.url]);
    const opened = await mine.open(ref, {
      onProgress: ({ bytes }) => {
        if (bytes > 50_000 && !changed) put('/models/changing', newer);
        changed ||= bytes > 50_000;
      },
    });
    expect(opened.sha256).toBe(sha('sha256', newer.get(WEIGHTS) as Uint8Array));
    const name = 'h.1.mlp.c_fc.weight';
    expect(opened.weights.get(name)).toEqual(randomModel(model.config, 2).weights.get(name));
  });

  it('is held to its SHA256SUMS', async () => {
    const ref = put('/models/sums', new Map(files).set('SHA256SUMS', sumsOf(files)));
    const mine = libraryOn([hub.url]);
    expect((await mine.describe(ref)).files.find(({ path }) => path === WEIGHTS)?.hash).toEqual({
      algorithm: 'sha256',
      value: sha('sha256', weights),
    });
    expect((await mine.download(ref)).complete).toBe(true);
    const wrong = put('/models/wrong', new Map(newer).set('SHA256SUMS', sumsOf(files)));
    const error = await failure(mine.download(wrong));
    expect(error.code).toBe('wrong');
    expect(error.message).toContain(sha('sha256', weights));
  });

  it('says what is missing, and where', async () => {
    const mine = libraryOn([hub.url]);
    const nothing = await failure(mine.download(put('/models/nothing', new Map())));
    expect(nothing.message).toContain(`has no ${WEIGHTS}`);
    expect(nothing.message).toContain('/models/nothing');
    expect((await failure(mine.download({ kind: 'url', url: 'models/none' }))).code).toBe('request');
    hub.fail({ on: 'config.json', how: 'page' });
    expect((await failure(mine.download(put('/models/page', files)))).code).toBe('page');
  });

  it('that comes with the pages is read without being kept', async () => {
    const ref = put('/models/built-in', files);
    const { config } = model;
    const known = {
      ref,
      name: 'built-in',
      config,
      parameters: 0,
      download: 0,
      dtype: 'F32',
      licence: 'MIT',
    } as const;
    const mine = libraryOn([hub.url], new MemoryStore(), {}, [known]);
    expect((await mine.open({ kind: 'url', url: `${ref.url}/` })).sha256).toBe(sha('sha256', weights));
    expect(await mine.list()).toEqual([]);
    // A file that is not there shows as an error in the browser's console.
    expect(hub.asked.map(({ path }) => path)).not.toContain('/models/built-in/SHA256SUMS');
  });
});

describe('a folder on this computer', () => {
  const picked = (some: Files, folder = 'mine') =>
    [...some].map(([name, bytes]) => {
      const file = new File([bytes as Uint8Array<ArrayBuffer>], name);
      Object.defineProperty(file, 'webkitRelativePath', { value: `${folder}/${name}` });
      return file;
    });

  it('is opened where it is, the folder within it that has a model', async () => {
    const some = picked(files, 'downloads/gpt2');
    const mine = libraryOn([hub.url]);
    const ref = { kind: 'files', name: 'downloads', files: some } as const;
    const opened = await mine.open(ref);
    expect(opened.sha256).toBe(sha('sha256', weights));
    expect(opened.weights.get('wte.weight')).toEqual(model.weights.get('wte.weight'));
    expect(await mine.describe(ref)).toMatchObject({ name: 'downloads', config: model.config });
    expect(await mine.list()).toEqual([]);
  });

  it('is held to its SHA256SUMS, and says what is missing or cut short', async () => {
    const mine = libraryOn([hub.url]);
    const open = (some: Files) => mine.open({ kind: 'files', name: 'mine', files: picked(some) });
    await open(new Map(files).set('SHA256SUMS', sumsOf(files)));
    expect((await failure(open(new Map(newer).set('SHA256SUMS', sumsOf(files))))).code).toBe('wrong');
    expect((await failure(open(new Map()))).message).toContain('mine has no config.json');
    const cut = new Map(files).set(WEIGHTS, weights.subarray(0, weights.length - 8));
    expect((await failure(open(cut))).message).toMatch(/model\.safetensors.*ends at byte/);
  });
});
