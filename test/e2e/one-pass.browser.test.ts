import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/browser';
import { shownFigures, statsOf, withStats } from '../support/engine-stats';
import { embeddedModel, embeddedTokenizer, loadModel } from '../support/models';
import { openPane } from '../support/pane';
import { serveSite } from '../support/site';

const PROMPT = 'Mike is quick. He moves';
const CELLS = 200;
const { n_layer, n_head } = loadModel(embeddedModel().folder).config;
const tokens = embeddedTokenizer().encode(PROMPT).length;

/** What the cells of one recalculation ask: everything that there is to ask of one prompt. */
const calls = Array.from({ length: CELLS }, (_, i): [string, ...unknown[]] => {
  const layer = Math.floor(i / 10) % n_layer;
  const head = i % n_head;
  const input = [[PROMPT]];
  const all: [string, ...unknown[]][] = [
    ['EMBED', input],
    ['RESID', input, layer, 'mid'],
    ['ATTN', input, layer, head],
    ['ATTN', input, layer],
    ['RESULT', input, layer, head],
    ['MLP_POST', input, layer],
    ['LAYERNORM', input, layer, 'ln_2'],
    ['FINAL', input],
    ['TOP', input, 3, i % tokens],
    ['NEXT', input],
  ];
  return all[i % all.length] as [string, ...unknown[]];
});

/** What is asked twice in one moment reaches the engine once. */
const DISTINCT = new Set(calls.map((call) => JSON.stringify(call))).size;

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
beforeAll(async () => {
  site = await serveSite();
  browser = await launchChromium({ gpu: true });
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe.each(['wasm', 'webgpu', 'reference'])('taskpane.html?backend=%s', (backend) => {
  it(`${CELLS} cells over one prompt are one forward pass, counted by the engine and shown by the pane`, async () => {
    const { page, callAll, call, close } = await openPane(
      withStats(browser),
      site.url,
      `?backend=${backend}`,
    );
    await call('TOKENS', [[PROMPT]]); // the model is open
    expect(await statsOf(page)).toMatchObject({ forwardPasses: 0, blocksRun: 0, requests: 0 });
    expect((await statsOf(page)).lastPass).toBeUndefined();

    const began = performance.now();
    const first = await callAll(calls);
    const milliseconds = performance.now() - began;
    const once = { forwardPasses: 1, blocksRun: n_layer, requests: DISTINCT, cacheHits: 0 };
    const stats = await statsOf(page);
    expect(stats).toMatchObject(once);
    expect(stats.lastPass).toMatchObject({ tokens, blocks: n_layer });
    expect(stats.lastPass?.milliseconds).toBeGreaterThan(0);
    expect(stats.lastPass?.milliseconds).toBeLessThan(milliseconds);
    await expect
      .poll(() => shownFigures(page))
      .toMatchObject({
        'Forward passes': '1',
        'Blocks run': String(n_layer),
        Requests: String(DISTINCT),
        'Answered from cache': '0',
        'Last pass': expect.stringMatching(new RegExp(`^${tokens} tokens, ${n_layer} blocks: [\\d.]+ m?s$`)),
      });

    expect(await callAll(calls)).toEqual(first);
    const again = { ...once, requests: 2 * DISTINCT, cacheHits: DISTINCT };
    expect(await statsOf(page)).toMatchObject({ ...again, lastPass: stats.lastPass });
    await expect
      .poll(() => shownFigures(page))
      .toMatchObject({
        'Forward passes': '1',
        Requests: String(2 * DISTINCT),
        'Answered from cache': String(DISTINCT),
      });
    console.log(
      `${backend}: ${CELLS} cells in ${milliseconds.toFixed(0)} ms, of which the pass took ` +
        `${stats.lastPass?.milliseconds.toFixed(1)} ms; the pane says ${JSON.stringify(await shownFigures(page))}`,
    );
    await close();
  });
});
