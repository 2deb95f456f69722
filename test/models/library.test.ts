import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadProgress, HubRef } from '../../src/models/api';
import { ModelLibrary } from '../../src/models/library';
import { MemoryStore } from '../../src/models/store/memory';
import { checkpoint } from '../support/checkpoint';
import { type HubServer, sha, startHub } from '../support/hub-server';
import { randomModel, smallConfig } from '../support/random';

const ref: HubRef = { kind: 'hub', id: 'school/small' };
const model = randomModel(smallConfig({ n_embd: 48, vocab_size: 400 }), 1);
const files = checkpoint(model);
const weights = files.get('model.safetensors') as Uint8Array;

let hub: HubServer;
beforeAll(async () => {
  hub = await startHub();
  hub.put('school/small', files);
});
afterAll(() => hub.close());
beforeEach(() => {
  hub.heal();
  hub.forget();
});

const quick = {
  fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
  stallMs: 300,
  retryMs: [10, 10],
};
const library = (sources = [hub.url], store = new MemoryStore()) =>
  new ModelLibrary({ store, storage: { kind: 'memory' }, known: [], sources, net: quick });

describe('the library', () => {
  it('downloads a model and opens it', async () => {
    const mine = library();
    const seen: DownloadProgress[] = [];
    const stored = await mine.download(ref, { onProgress: (progress) => seen.push(progress) });
    expect(stored.complete).toBe(true);
    expect(stored.bytes).toBe([...files.values()].reduce((sum, { length }) => sum + length, 0));
    expect(seen.at(-1)).toMatchObject({ phase: 'done', bytes: stored.bytes, total: stored.bytes });
    const opened = await mine.open(stored.key);
    expect(opened.sha256).toBe(sha('sha256', weights));
    for (const name of model.weights.names) expect(opened.weights.get(name)).toEqual(model.weights.get(name));
  });
});
