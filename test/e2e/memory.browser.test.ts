import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser';
import { statsOf, withStats } from '../support/engine-stats';
import { embeddedModel, loadModel, randomIds } from '../support/models';
import { openPane } from '../support/pane';
import { serveSite } from '../support/site';

const PROMPTS = 1000;
const AT_ONCE = 20;
const MEASURED_EVERY = 200;
const MB = 1e6;
const { config } = loadModel(embeddedModel().folder);

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
beforeAll(async () => {
  site = await serveSite();
  browser = await launchChromium({ measuresMemory: true });
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Calls formulas in the page and leaves their results there, to be forgotten. */
const calculate = (calls: readonly (readonly [id: string, ...args: unknown[]])[]) => {
  type Formula = (...args: unknown[]) => Promise<unknown>;
  const { mappings } = (CustomFunctions as unknown as { _association: { mappings: Record<string, Formula> } })
    ._association;
  return Promise.all(calls.map(([id, ...args]) => mappings[id]?.(...args, {}))).then(() => undefined);
};

/** Bytes that the page and its workers hold after a collection. */
const memory = () =>
  (performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> })
    .measureUserAgentSpecificMemory()
    .then(({ bytes }) => bytes);

it(`${PROMPTS} prompts that fill the context, through formulas: cache and memory stay bounded`, async () => {
  const { page, call, close } = await openPane(withStats(browser), site.url, '?backend=wasm');
  await call('NEXT', [['Once']]);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const before = await page.evaluate(memory);
  const figures: { prompts: number; cache: number; bytes: number }[] = [];
  let most = 0;
  let limit = 0;
  for (let from = 0; from < PROMPTS; from += AT_ONCE) {
    const calls = Array.from({ length: AT_ONCE }, (_, i) => {
      const n = from + i;
      const ids = randomIds(config, config.n_positions, n).map((id) => [id]);
      const layer = n % config.n_layer;
      return [
        ['QUERY', ids, layer, 0],
        ['RESULT', ids, layer, 1],
        ['HEAD', ids, config.n_layer - 1, 2],
        ['ATTN', ids, config.n_layer - 1, 3],
      ] as [string, ...unknown[]][];
    }).flat();
    await page.evaluate(calculate, calls);
    const { cacheBytes, cacheLimit } = await statsOf(page);
    expect(cacheBytes).toBeLessThanOrEqual(cacheLimit);
    most = Math.max(most, cacheBytes);
    limit = cacheLimit;
    if ((from + AT_ONCE) % MEASURED_EVERY === 0) {
      figures.push({ prompts: from + AT_ONCE, cache: cacheBytes, bytes: await page.evaluate(memory) });
    }
  }
  const { forwardPasses } = await statsOf(page);
  console.log(
    [
      `Memory of the page and its worker before: ${(before / MB).toFixed(0)} MB`,
      ...figures.map(
        ({ prompts, cache, bytes }) =>
          `after ${prompts} prompts: ${(bytes / MB).toFixed(0)} MB, of which the cache holds ` +
          `${(cache / MB).toFixed(0)} of ${(limit / MB).toFixed(0)} MB`,
      ),
    ].join('\n'),
  );
  expect(forwardPasses).toBe(PROMPTS + 1);
  expect(most).toBeGreaterThan(0.95 * limit); // it was full: the bound was tried
  const full = figures.filter(({ cache }) => cache > 0.95 * limit);
  expect(full.length).toBeGreaterThan(1);
  // Everything but the cache: what was there before, and room for work under way.
  for (const { cache, bytes } of figures) expect(bytes - cache).toBeLessThan(before + 100 * MB);
  const [first, last] = [full[0], full.at(-1)].map((one) => one?.bytes as number) as [number, number];
  expect(last - first).toBeLessThan(0.1 * first);
  await close();
}, 1_800_000);
