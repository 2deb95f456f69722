import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadProgress, HubRef } from '../../src/models/api';
import { LibraryError } from '../../src/models/errors';
import { MemoryFile, MemoryStore } from '../../src/models/store/memory';
import { readText, writeText } from '../../src/models/store/store';
import { checkpoint } from '../support/checkpoint';
import { gitHash, type HubServer, sha, startHub } from '../support/hub-server';
import { randomModel } from '../support/random';
import { failure, files, libraryOn, model, WEIGHTS, weights } from './setting';

const ref: HubRef = { kind: 'hub', id: 'school/small' };
const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);

let hub: HubServer;
let commit: string;
beforeAll(async () => {
  hub = await startHub();
  commit = hub.put('school/small', files);
});
afterAll(() => hub.close());
beforeEach(() => {
  hub.heal();
  hub.forget();
});

const weightRequests = () => hub.asked.filter(({ path, range }) => path.endsWith(WEIGHTS) && range);
const sent = (file: string) => hub.sent.get(file) ?? 0;

/** Downloads until so much of the weights is there, then pauses. */
async function halfway(store: MemoryStore, bytes: number): Promise<string> {
  const controller = new AbortController();
  hub.fail({ on: WEIGHTS, how: { slow: 400_000 }, times: 1 });
  const paused = libraryOn([hub.url], store).download(ref, {
    signal: controller.signal,
    onProgress: (progress) => progress.file === WEIGHTS && progress.bytes > bytes && controller.abort(),
  });
  expect((await failure(paused)).name).toBe('AbortError');
  hub.heal();
  await expect.poll(() => hub.sending).toBe(0);
  hub.forget();
  return `school--small/${commit}`;
}

describe('a download', () => {
  it('keeps a model, which opens with the numbers it was made with', async () => {
    const mine = libraryOn([hub.url]);
    const seen: DownloadProgress[] = [];
    const stored = await mine.download(ref, { onProgress: (progress) => seen.push(progress) });
    expect(stored).toMatchObject({ complete: true, bytes: total, total, commit });
    expect(seen.at(-1)).toMatchObject({ phase: 'done', bytes: total, total });
    expect(seen.map(({ server }) => server)).toContain(new URL(hub.url).host);
    const opened = await mine.open(stored.key);
    expect(opened.sha256).toBe(sha('sha256', weights));
    expect(opened.bytes).toBe(weights.length);
    for (const name of model.weights.names) expect(opened.weights.get(name)).toEqual(model.weights.get(name));
  });

  it('describes what it would fetch, without fetching the weights', async () => {
    const found = await libraryOn([hub.url]).describe(ref);
    expect(found).toMatchObject({ commit, download: total, fetched: 0, config: model.config });
    expect(found.files.find(({ path }) => path === WEIGHTS)?.hash).toEqual({
      algorithm: 'sha256',
      value: sha('sha256', weights),
    });
    expect(found.files.find(({ path }) => path === 'config.json')?.hash).toEqual({
      algorithm: 'git-sha1',
      value: gitHash(files.get('config.json') as Uint8Array),
    });
    expect(sent(WEIGHTS)).toBe(0);
  });

  it('goes on after the connection broke, and fetches nothing twice', async () => {
    hub.fail({ on: WEIGHTS, how: { cutAfter: 100_000 }, times: 1 });
    hub.fail({ on: WEIGHTS, how: { cutAfter: 60_000 }, times: 1 });
    const problems: string[] = [];
    await libraryOn([hub.url]).download(ref, {
      onProgress: ({ problem }) => problem && problems.push(problem),
    });
    expect(weightRequests().map(({ range }) => range)).toEqual([
      'bytes=0-131071',
      'bytes=0-131071',
      'bytes=100000-',
      'bytes=100000-',
      'bytes=160000-',
      'bytes=160000-',
    ]);
    expect(sent(WEIGHTS)).toBe(weights.length);
    expect(problems[0]).toContain(
      `${WEIGHTS}: the connection to ${new URL(hub.url).host} broke after 100.0 kB`,
    );
  });

  it('goes on after a pause and a new start, and hashes what was there', async () => {
    const store = new MemoryStore();
    const key = await halfway(store, 60_000);
    const have = (await store.read(`models/${key}/${WEIGHTS}`))?.size ?? 0;
    expect(have).toBeGreaterThan(50_000);
    const seen: DownloadProgress[] = [];
    const stored = await libraryOn([hub.url], store).resume(key, { onProgress: (one) => seen.push(one) });
    expect(stored.complete).toBe(true);
    expect(weightRequests()[0]?.range).toBe(`bytes=${have}-`);
    expect(sent(WEIGHTS)).toBe(weights.length - have);
    expect(sent('config.json')).toBe(0);
    expect(seen.some(({ phase }) => phase === 'checking')).toBe(true);
  });

  it('skips what is there where the server starts from the beginning', async () => {
    const store = new MemoryStore();
    const key = await halfway(store, 60_000);
    hub.fail({ on: WEIGHTS, how: 'no-range' });
    expect((await libraryOn([hub.url], store).resume(key)).complete).toBe(true);
  });

  it('goes on at the commit it began with, whatever the branch is now', async () => {
    const store = new MemoryStore();
    const key = await halfway(store, 60_000);
    const newer = checkpoint(randomModel(model.config, 2));
    try {
      const next = hub.put('school/small', newer);
      const mine = libraryOn([hub.url], store);
      expect(await mine.resume(key)).toMatchObject({ commit, complete: true });
      expect(await mine.download(ref)).toMatchObject({ commit: next, complete: true });
      expect((await mine.list()).map((one) => one.commit).sort()).toEqual([commit, next].sort());
      expect((await mine.open(key)).sha256).toBe(sha('sha256', weights));
    } finally {
      hub.put('school/small', files);
    }
  });

  it('deletes a damaged file alone, says which, and fetches only that one again', async () => {
    hub.fail({ on: WEIGHTS, how: { corrupt: 150_000 } });
    const store = new MemoryStore();
    const error = await failure(libraryOn([hub.url], store).download(ref));
    const damaged = weights.slice();
    damaged[150_000] = (damaged[150_000] as number) ^ 0x20;
    expect(error.code).toBe('wrong');
    for (const part of [WEIGHTS, new URL(hub.url).host, sha('sha256', weights), sha('sha256', damaged)]) {
      expect(error.message).toContain(part);
    }
    hub.heal();
    hub.forget();
    const stored = await libraryOn([hub.url], store).download(ref);
    expect(stored.complete).toBe(true);
    expect(sent(WEIGHTS)).toBe(weights.length);
    expect(sent('config.json')).toBe(0);
  });

  describe('of a model with a vocabulary', () => {
    const text = (content: string) => new TextEncoder().encode(content);
    const words: HubRef = { kind: 'hub', id: 'school/with-words' };
    const asked = (file: string) => hub.asked.some(({ path, range }) => path.endsWith(file) && range);
    beforeAll(() => {
      const vocabulary = new Map([
        ['vocab.json', text('{"a": 0}')],
        ['merges.txt', text('#version: 0.2\n'.repeat(20))],
      ]);
      hub.put('school/with-words', new Map([...files, ...vocabulary]));
    });

    it('asks for config.json alone, then for what is small and the weights at once', async () => {
      hub.fail({ on: 'config.json', how: { slow: 400 } }, { on: 'merges.txt', how: { slow: 400 } });
      const done = libraryOn([hub.url]).download(words);
      await expect.poll(() => asked('config.json'), { interval: 5 }).toBe(true);
      await expect.poll(() => asked(WEIGHTS), { interval: 5 }).toBe(true);
      expect(hub.sending).toBeGreaterThan(0); // merges.txt takes three quarters of a second
      expect((await done).complete).toBe(true);
      const order = hub.asked.filter(({ range }) => range).map(({ path }) => path.split('/').at(-1));
      expect(order[0]).toBe('config.json');
      expect(new Set(order.slice(1, 4))).toEqual(new Set(['vocab.json', 'merges.txt', WEIGHTS]));
    });

    it('ends the weights where a small file is damaged, and says which', async () => {
      hub.fail({ on: 'merges.txt', how: { corrupt: 3 } }, { on: WEIGHTS, how: { slow: 20_000 } });
      const store = new MemoryStore();
      const error = await failure(libraryOn([hub.url], store).download(words));
      expect(error.code).toBe('wrong');
      expect(error.message).toContain('merges.txt');
      await expect.poll(() => hub.sending).toBe(0);
      expect(sent(WEIGHTS)).toBeLessThan(weights.length);
      hub.heal();
      hub.forget();
      expect((await libraryOn([hub.url], store).download(words)).complete).toBe(true);
      expect(sent('config.json')).toBe(0);
      expect(sent('merges.txt')).toBeGreaterThan(0);
    });
  });

  it('holds small files to git’s hash', async () => {
    hub.fail({ on: 'config.json', how: { corrupt: 3 } });
    const error = await failure(libraryOn([hub.url]).download(ref));
    expect(error.message).toContain(`git hash`);
    expect(error.message).toContain(gitHash(files.get('config.json') as Uint8Array));
  });

  it.each([
    ['missing', { status: 404 }, 'it answers 404'],
    ['refused', { status: 401 }, 'signed-in'],
    ['refused', { status: 403 }, 'it answers 403'],
    ['busy', { status: 500 }, 'it answers 500'],
    ['busy', { status: 429 }, 'try again later'],
    ['answer', { status: 418 }, 'it answers 418'],
    ['page', 'page', 'a web page came'],
    ['unreachable', 'offline', 'cannot be reached'],
    ['stalled', { stallAfter: 0 }, 'nothing has come'],
  ] as const)('says %s when the server does this: %j', async (code, how, words) => {
    const store = new MemoryStore();
    const key = await halfway(store, 60_000);
    const have = (await store.read(`models/${key}/${WEIGHTS}`))?.size ?? 0;
    hub.fail({ on: WEIGHTS, how });
    const net = code === 'stalled' ? { stallMs: 600 } : {};
    const error = await failure(libraryOn([hub.url], store, net).resume(key));
    expect(error).toBeInstanceOf(LibraryError);
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(error.message).toContain(WEIGHTS);
    expect(error.message).toContain(new URL(hub.url).host.split(':')[0]);
    // Nothing is lost.
    expect((await store.read(`models/${key}/${WEIGHTS}`))?.size).toBe(have);
    hub.heal();
    hub.forget();
    expect((await libraryOn([hub.url], store).resume(key)).complete).toBe(true);
    expect(sent(WEIGHTS)).toBe(weights.length - have);
  });

  it('waits as long as a busy server asks, and tries again by itself', async () => {
    hub.fail({ on: WEIGHTS, how: { status: 503, headers: { 'Retry-After': '1' } }, times: 1 });
    const waits: number[] = [];
    const began = performance.now();
    await libraryOn([hub.url]).download(ref, {
      onProgress: ({ retryIn }) => retryIn !== undefined && waits.push(retryIn),
    });
    // The hub hides Retry-After from other origins; without one it is a matter of milliseconds here.
    expect(waits).toEqual([1]);
    expect(performance.now() - began).toBeGreaterThan(950);
  });

  it('says that there is no room, and loses nothing', async () => {
    class Small extends MemoryStore {
      limit = 120_000;
      override async write(path: string) {
        const file = (await super.write(path)) as MemoryFile;
        const write = file.write.bind(file);
        file.write = (bytes, at) => {
          if (at + bytes.length > this.limit) throw new LibraryError('full', `There is no room for ${path}.`);
          write(bytes, at);
        };
        return file;
      }
    }
    const store = new Small();
    const error = await failure(libraryOn([hub.url], store).download(ref));
    expect(error.code).toBe('full');
    const have = (await store.read(`models/school--small/${commit}/${WEIGHTS}`))?.size ?? 0;
    expect(have).toBeGreaterThan(0);
    store.limit = 10_000_000;
    hub.forget();
    const whole = new MemoryStore();
    for (const file of ['config.json', WEIGHTS, `${WEIGHTS}.parts`, 'manifest.json']) {
      const bytes = await store.read(`models/school--small/${commit}/${file}`);
      (await whole.write(`models/school--small/${commit}/${file}`)).write(
        (await bytes?.read(0, bytes.size)) as Uint8Array,
        0,
      );
    }
    expect((await libraryOn([hub.url], whole).download(ref)).complete).toBe(true);
    expect(sent(WEIGHTS)).toBe(weights.length - have);
  });

  it('refuses what is no GPT-2 before it fetches the weights', async () => {
    const other = new Map(files).set('config.json', new TextEncoder().encode('{"model_type":"llama"}'));
    hub.put('school/other', other);
    const error = await failure(libraryOn([hub.url]).download({ kind: 'hub', id: 'school/other' }));
    expect(error.message).toContain('school/other: config.json: model_type is "llama"');
    expect(sent(WEIGHTS)).toBe(0);
  });

  it('says what a repository without safetensors has instead', async () => {
    const old = new Map(files).set('pytorch_model.bin', new Uint8Array(9));
    old.delete(WEIGHTS);
    hub.put('school/old', old);
    const error = await failure(libraryOn([hub.url]).download({ kind: 'hub', id: 'school/old' }));
    expect(error.message).toBe(
      'school/old has no model.safetensors; it has pytorch_model.bin, which cannot be read.',
    );
  });

  it('asks the hub for a revision, and says when there is none', async () => {
    hub.put('school/tags', files, { revision: 'v1' });
    const mine = libraryOn([hub.url]);
    expect((await mine.download({ kind: 'hub', id: 'school/tags', revision: 'v1' })).complete).toBe(true);
    const none = await failure(mine.download({ kind: 'hub', id: 'school/tags', revision: 'v2' }));
    expect(none.code).toBe('missing');
    expect(none.message).toContain('school/tags (v2)');
    expect((await failure(mine.download({ kind: 'hub', id: 'school/nobody' }))).code).toBe('refused');
    for (const id of ['gpt2', '../etc/passwd', 'a/b/c', 'a/..', '']) {
      expect((await failure(mine.download({ kind: 'hub', id }))).code).toBe('request');
    }
  });

  it('fetches a model once where two ask for it at once', async () => {
    const store = new MemoryStore();
    hub.fail({ on: WEIGHTS, how: { slow: 1_000_000 } });
    const phases: string[] = [];
    const [one, two] = await Promise.all([
      libraryOn([hub.url], store).download(ref),
      libraryOn([hub.url], store).download(ref, { onProgress: ({ phase }) => phases.push(phase) }),
    ]);
    expect(one).toEqual({ ...two, modified: one.modified });
    expect(one.complete).toBe(true);
    expect(sent(WEIGHTS)).toBe(weights.length);
    expect(phases).toContain('waiting');
  });

  it('opens what is there without a network, and says so when it is not whole', async () => {
    const store = new MemoryStore();
    await libraryOn([hub.url], store).download(ref);
    hub.fail({ on: '*', how: 'offline' });
    expect((await libraryOn([hub.url], store).open(ref)).sha256).toBe(sha('sha256', weights));
    expect((await libraryOn([hub.url], store).download(ref)).complete).toBe(true);
    expect((await failure(libraryOn([hub.url]).open(ref))).code).toBe('unreachable');
  });
});

describe('several servers', () => {
  let mirror: HubServer;
  beforeAll(async () => {
    mirror = await startHub();
    mirror.put('school/small', files);
  });
  afterAll(() => mirror.close());
  beforeEach(() => {
    mirror.heal();
    mirror.forget();
  });

  it('are asked in turn; one that is down is not waited for again', async () => {
    hub.fail({ on: '*', how: 'offline' }, { on: 'api', how: 'offline' });
    expect((await libraryOn([hub.url, mirror.url]).download(ref)).complete).toBe(true);
    expect(hub.asked.length).toBe(1);
  });

  it('go on where another broke off', async () => {
    hub.fail({ on: WEIGHTS, how: { cutAfter: 100_000 } });
    expect((await libraryOn([hub.url, mirror.url]).download(ref)).complete).toBe(true);
    expect(sent(WEIGHTS)).toBe(100_000);
    expect(mirror.sent.get(WEIGHTS)).toBe(weights.length - 100_000);
  });

  it('stand in for one that gives a damaged file', async () => {
    hub.fail({ on: WEIGHTS, how: { corrupt: 5000 } });
    const mine = libraryOn([hub.url, mirror.url]);
    const opened = await mine.open(ref);
    expect(opened.sha256).toBe(sha('sha256', weights));
    expect(mirror.sent.get(WEIGHTS)).toBe(weights.length);
  });

  it('are all named when none helps', async () => {
    hub.fail({ on: WEIGHTS, how: { status: 404 } });
    mirror.fail({ on: WEIGHTS, how: 'page' });
    const error = await failure(libraryOn([hub.url, mirror.url]).download(ref));
    expect(error.code).toBe('page');
    expect(error.message).toContain(`${new URL(hub.url).host} has no ${WEIGHTS}`);
    expect(error.message).toContain(`a web page came from ${new URL(mirror.url).host}`);
  });
});

describe('what is kept', () => {
  it('is listed with its size, and can be deleted', async () => {
    const store = new MemoryStore();
    const key = await halfway(store, 60_000);
    const mine = libraryOn([hub.url], store);
    const [listed] = await mine.list();
    expect(listed).toMatchObject({ key, name: 'school/small', complete: false, total });
    expect(listed?.files.map(({ path, state }) => [path, state])).toEqual([
      ['config.json', 'verified'],
      [WEIGHTS, 'partial'],
    ]);
    await mine.remove(key);
    expect(await mine.list()).toEqual([]);
    expect(await store.list('models')).toEqual([]);
    expect((await failure(mine.remove(key))).message).toContain(`no model "${key}"`);
    expect((await failure(mine.remove('../elsewhere'))).code).toBe('request');
  });

  it('is not deleted while it is downloaded', async () => {
    const store = new MemoryStore();
    hub.fail({ on: WEIGHTS, how: { slow: 400_000 } });
    const mine = libraryOn([hub.url], store);
    const going = mine.download(ref);
    await expect.poll(() => sent(WEIGHTS)).toBeGreaterThan(0);
    expect((await failure(mine.remove(`school--small/${commit}`))).code).toBe('locked');
    await going;
    await mine.remove(`school--small/${commit}`);
  });

  it('survives a crash while the manifest was written', async () => {
    const store = new MemoryStore();
    const key = await halfway(store, 60_000);
    const text = (await readText(store, `models/${key}/manifest.json`)) as string;
    await writeText(store, `models/${key}/manifest.json`, text.slice(0, 40));
    expect((await libraryOn([hub.url], store).list())[0]).toMatchObject({ key, complete: false });
    expect((await libraryOn([hub.url], store).resume(key)).complete).toBe(true);
    expect(sent(WEIGHTS)).toBeLessThan(weights.length);
  });

  it('can be checked; what has gone bad on the disk is fetched again', async () => {
    const store = new MemoryStore();
    const mine = libraryOn([hub.url], store);
    const { key } = await mine.download(ref);
    expect((await mine.verify(key)).complete).toBe(true);
    (await store.write(`models/${key}/${WEIGHTS}`)).write(new Uint8Array([1, 2, 3]), 99_000);
    const checked = await mine.verify(key);
    expect(checked.files.map(({ state }) => state)).toEqual(['verified', 'missing']);
    hub.forget();
    expect((await mine.resume(key)).complete).toBe(true);
    expect(sent(WEIGHTS)).toBe(weights.length);
    expect(sent('config.json')).toBe(0);
  });
});

describe('a model on its way', () => {
  it('gives each parameter as soon as it has arrived', async () => {
    hub.fail({ on: WEIGHTS, how: { slow: 300_000 } });
    const arriving = await libraryOn([hub.url]).arrive(ref);
    let whole = false;
    void arriving.whole.then(() => {
      whole = true;
    });
    expect(arriving.source.names[0]).toBe('wte.weight');
    const first = await arriving.source.read('wte.weight');
    expect(first).toEqual(model.weights.get('wte.weight'));
    expect(whole).toBe(false);
    expect(await arriving.source.read('ln_f.bias')).toEqual(model.weights.get('ln_f.bias'));
    expect(await arriving.whole).toEqual({ bytes: weights.length, sha256: sha('sha256', weights) });
  });

  it('fails whoever waits when the download fails', async () => {
    hub.fail({ on: WEIGHTS, how: { cutAfter: 100_000 }, times: 1 });
    const arriving = await libraryOn([hub.url]).arrive(ref, {
      onProgress: ({ bytes }) => bytes > 50_000 && hub.fail({ on: WEIGHTS, how: { status: 403 } }),
    });
    expect((await failure(arriving.source.read('ln_f.bias'))).code).toBe('refused');
    expect((await failure(arriving.whole)).code).toBe('refused');
  });
});

it('keeps the file of a memory store in blocks that grow', () => {
  const file = new MemoryFile();
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => i % 251);
  for (let at = 0; at < bytes.length; at += 70_001) file.write(bytes.subarray(at, at + 70_001), at);
  const back = new Uint8Array(bytes.length + 5);
  expect(file.read(back, 0)).toBe(bytes.length);
  expect(sha('sha256', back.subarray(0, bytes.length))).toBe(sha('sha256', bytes));
  file.truncate(1_500_000);
  expect(file.read(back, 1_499_990)).toBe(10);
});
