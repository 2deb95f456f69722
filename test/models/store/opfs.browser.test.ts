import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../../../build/serve.js';
import type { DownloadProgress, HubRef, StoredModel } from '../../../src/models/api';
import { launchChromium } from '../../support/browser';
import { checkpoint } from '../../support/checkpoint';
import { type HubServer, sha, startHub } from '../../support/hub-server';
import { randomModel } from '../../support/random';
import { alphabetical } from '../alphabet';
import type { Answer } from '../browser/page';
import type { Call } from '../browser/worker';
import { files, model, WEIGHTS, weights } from '../setting';

const ref: HubRef = { kind: 'hub', id: 'school/small' };
const bytesOf = (values: Float32Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

describe('in a browser, models are kept on the disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'models-page-'));
  let hub: HubServer;
  let site: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    const entryPoints = ['page', 'worker'].map((name) =>
      join(import.meta.dirname, '../browser', `${name}.ts`),
    );
    await build({ entryPoints, outdir: folder, bundle: true, format: 'iife', target: 'es2022' });
    const html =
      '<!doctype html><title>models</title><link rel="icon" href="data:,"><script src="page.js"></script>';
    writeFileSync(join(folder, 'index.html'), html);
    hub = await startHub();
    hub.put('school/small', files);
    hub.put('school/alphabet', alphabetical);
    site = await serve({ folder });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([site?.close(), hub?.close()]);
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    hub.heal();
    hub.forget();
    context = await browser.newContext();
    page = await open();
  });
  afterEach(() => context.close());

  async function open(): Promise<Page> {
    const opened = await context.newPage();
    await opened.goto(site.url);
    await start(opened);
    return opened;
  }
  const start = (on: Page) => ask(on, 'start', [hub.url]);
  const ask = (on: Page, method: Call['method'], argument?: unknown): Promise<Answer> =>
    on.evaluate(([method, argument]) => window.modelsPage.call(method, argument), [
      method,
      argument,
    ] as const);
  const list = async (on = page) => (await ask(on, 'list')).value as StoredModel[];
  const progress = (on = page): Promise<DownloadProgress[]> => on.evaluate(() => window.modelsPage.progress);
  const sent = (file: string) => hub.sent.get(file) ?? 0;

  /** Begins a slow download and waits until some of the weights has arrived. */
  async function begin(): Promise<{ going: Promise<Answer> }> {
    hub.fail({ on: WEIGHTS, how: { slow: 150_000 } });
    const going = ask(page, 'download', ref).catch(() => ({}));
    await arrived(60_000);
    return { going };
  }
  const arrived = (bytes: number) =>
    expect.poll(async () => (await progress()).at(-1)?.bytes ?? 0).toBeGreaterThan(bytes);

  it('downloads from another origin that redirects to a third, without a preflight, and opens what it kept', async () => {
    expect((await ask(page, 'storage')).value).toEqual({ kind: 'disk' });
    const { value, error } = await ask(page, 'download', ref);
    expect(error).toBeUndefined();
    const { key, complete } = value as StoredModel;
    expect(complete).toBe(true);
    expect(hub.asked.filter(({ method }) => method === 'OPTIONS')).toEqual([]);
    await page.reload();
    await start(page);
    hub.forget();
    const opened = (await ask(page, 'open', key)).value as { sha256: string; hashes: Record<string, string> };
    expect(opened.sha256).toBe(sha('sha256', weights));
    for (const name of model.weights.names) {
      expect(opened.hashes[name], name).toBe(sha('sha256', bytesOf(model.weights.get(name))));
    }
    expect(hub.asked).toEqual([]);
    expect((await progress()).some(({ phase }) => phase === 'reading')).toBe(true);
  });

  it('goes on after the page was loaded anew in the middle, and fetches nothing twice', async () => {
    await begin();
    await page.reload();
    hub.heal();
    await expect.poll(() => hub.sending).toBe(0);
    hub.forget();
    await start(page);
    const [begun] = await list();
    const have = (begun as StoredModel).bytes - (files.get('config.json')?.length ?? 0);
    expect(have).toBeGreaterThan(50_000);
    expect(begun?.complete).toBe(false);
    const { value } = await ask(page, 'resume', begun?.key);
    expect((value as StoredModel).complete).toBe(true);
    expect(sent(WEIGHTS)).toBe(weights.length - have);
    expect(sent('config.json')).toBe(0);
    console.log(
      `of ${weights.length} bytes ${have} were there after the reload; ${sent(WEIGHTS)} were sent after it`,
    );
  });

  it('goes on with the parts that were there where they do not come in the order of the file', async () => {
    const stored = alphabetical.get(WEIGHTS) as Uint8Array;
    const there = async () =>
      ((await list())[0] as StoredModel).bytes - (alphabetical.get('config.json')?.length ?? 0);
    // The head, the embeddings and the first blocks come quickly; the page is left among the later ones.
    hub.fail({ on: WEIGHTS, how: { slow: 300_000 }, after: 3 });
    void ask(page, 'download', { kind: 'hub', id: 'school/alphabet' }).catch(() => ({}));
    await arrived(700_000);
    await page.reload();
    hub.heal();
    await expect.poll(() => hub.sending).toBe(0);
    hub.forget();
    await start(page);
    const have = await there();
    expect(have).toBeGreaterThan(650_000);
    expect(have).toBeLessThan(stored.length);
    // The file has its whole length since its last part came: it needs no more room, however little there is.
    await ask(page, 'limit', { said: 1000 });
    const { value } = await ask(page, 'resume', (await list())[0]?.key);
    expect(value).toMatchObject({ complete: true });
    expect(sent(WEIGHTS)).toBe(stored.length - have);
    expect(hub.asked.filter(({ method }) => method === 'OPTIONS')).toEqual([]);
    const { sha256 } = (await ask(page, 'open', (value as StoredModel).key)).value as { sha256: string };
    expect(sha256).toBe(sha('sha256', stored));
    console.log(
      `of ${stored.length} bytes ${have} were there after the reload, in parts; ${sent(WEIGHTS)} were sent`,
    );
  });

  it('pauses and goes on', async () => {
    const { going } = await begin();
    await ask(page, 'abort');
    expect((await going).error?.name).toBe('AbortError');
    await page.reload(); // an aborted worker stays aborted: a new one goes on
    await start(page);
    hub.heal();
    expect(((await ask(page, 'download', ref)).value as StoredModel).complete).toBe(true);
  });

  it('finds a damaged file, and fetches that one again', async () => {
    hub.fail({ on: WEIGHTS, how: { corrupt: 123_456 } });
    const { error } = await ask(page, 'download', ref);
    expect(error).toMatchObject({ code: 'wrong' });
    expect(error?.message).toContain(sha('sha256', weights));
    expect((await list())[0]?.files.map(({ state }) => state)).toEqual(['verified', 'partial']);
    hub.heal();
    hub.forget();
    expect(((await ask(page, 'download', ref)).value as StoredModel).complete).toBe(true);
    expect(sent(WEIGHTS)).toBe(weights.length);
    expect(sent('config.json')).toBe(0);
  });

  it('says when the browser gives too little room: before, and in the middle; then goes on', async () => {
    await ask(page, 'limit', { said: 100_000 });
    const before = (await ask(page, 'download', ref)).error;
    expect(before).toMatchObject({ code: 'full' });
    expect(before?.message).toMatch(/school\/small needs .* more, and this browser gives this site 100.0 kB/);
    expect(sent(WEIGHTS)).toBe(0);
    await ask(page, 'limit', { written: 200_000 });
    const during = (await ask(page, 'download', ref)).error;
    expect(during).toMatchObject({ code: 'full' });
    expect(during?.message).toContain(`no room for ${WEIGHTS}`);
    await ask(page, 'limit', {});
    await expect.poll(() => hub.sending).toBe(0);
    hub.forget();
    const have = ((await list())[0] as StoredModel).bytes - (files.get('config.json')?.length ?? 0);
    expect(have).toBeGreaterThan(0);
    expect(((await ask(page, 'download', ref)).value as StoredModel).complete).toBe(true);
    expect(sent(WEIGHTS)).toBe(weights.length - have);
  });

  it('lets a second tab wait and follow, and fetches once', async () => {
    const second = await open();
    const { going } = await begin();
    const other = ask(second, 'download', ref);
    await expect
      .poll(async () =>
        (await progress(second)).some(({ phase, bytes }) => phase === 'waiting' && bytes > 60_000),
      )
      .toBe(true);
    expect((await ask(second, 'remove', (await list(second))[0]?.key)).error).toMatchObject({
      code: 'locked',
    });
    expect(((await going).value as StoredModel).complete).toBe(true);
    expect(((await other).value as StoredModel).complete).toBe(true);
    expect(sent(WEIGHTS)).toBe(weights.length);
  });

  it('keeps a model in shards, lists what there is, and deletes it', async () => {
    const sharded = randomModel(model.config, 12, false);
    hub.put('school/shards', checkpoint(sharded, { shards: 3, prefix: true, buffers: true }));
    const { key } = (await ask(page, 'download', { kind: 'hub', id: 'school/shards' })).value as StoredModel;
    await ask(page, 'download', ref);
    expect((await list()).map(({ name }) => name)).toEqual(['school/small', 'school/shards']);
    const { hashes } = (await ask(page, 'open', key)).value as { hashes: Record<string, string> };
    expect(Object.keys(hashes).length).toBe(sharded.weights.names.length);
    for (const name of sharded.weights.names) {
      expect(hashes[name], name).toBe(sha('sha256', bytesOf(sharded.weights.get(name))));
    }
    await ask(page, 'remove', key);
    expect((await list()).map(({ name }) => name)).toEqual(['school/small']);
  });

  it('says why nothing is kept where files cannot be written, and what it knows of the device', async () => {
    const storage = await page.evaluate(() => window.modelsPage.storageHere());
    expect(storage.kind).toBe('memory');
    expect(storage.reason).toContain('lost');
    const device = await page.evaluate(() => window.modelsPage.readDevice());
    expect(device.storage?.quota).toBeGreaterThan(0);
    expect(typeof (await page.evaluate(() => window.modelsPage.keepModels()))).toBe('boolean');
  });
});
