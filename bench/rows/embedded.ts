import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { within } from '../compare';
import { dist } from '../places';
import { serveProduct } from '../product/site';
import type { Row } from '../row';

const MOST_MS = 1000;
const MOST_KB = 250;

interface Cell {
  readonly formula?: string;
  readonly value: unknown;
  readonly error?: string;
}
type WithWorkbench = { gpt2Workbench?: { getRange(address: string): Cell[][] } };

/** Opens the workbench → milliseconds from the navigation until a formula's cell has a value. */
async function firstValue(page: Page, url: string): Promise<number> {
  await page.goto(`${url}workbench.html`);
  const handle = await page.waitForFunction(
    () => {
      const cells = (window as unknown as WithWorkbench).gpt2Workbench?.getRange('A1:L40').flat() ?? [];
      const filled = cells.some(
        ({ formula, value, error }) =>
          /GPT2\.NEXT/.test(formula ?? '') &&
          typeof value === 'string' &&
          value !== '' &&
          !error &&
          !value.startsWith('#'),
      );
      return filled && performance.now();
    },
    undefined,
    { polling: 'raf', timeout: 120_000 },
  );
  return (await handle.jsonValue()) as number;
}

/** Scripts of the page that had arrived when it was first painted, or that have arrived by now, compressed. */
async function scripts(page: Page, until: 'paint' | 'now'): Promise<{ kilobytes: number; names: string[] }> {
  const names = await page.evaluate((until) => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    const end = until === 'paint' && paint !== undefined ? paint : performance.now();
    return (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name, responseEnd }) => /\.m?js(\?|$)/.test(name) && responseEnd <= end)
      .filter(({ name }) => name.startsWith(location.origin))
      .map(({ name }) => new URL(name).pathname.slice(1));
  }, until);
  const bytes = names.map((name) => gzipSync(readFileSync(join(dist, name)), { level: 9 }).length);
  return { kilobytes: bytes.reduce((sum, n) => sum + n, 0) / 1000, names };
}

export const rows: readonly Row[] = [
  {
    name: 'embedded',
    title:
      'The embedded model: navigation to the first value in a cell, warm; scripts before the first paint',
    quick: true,
    async run(lab) {
      await lab.runners([], 1);
      const site = await serveProduct(lab.store.huggingFace());
      const context: BrowserContext = await (await lab.browser).newContext({
        viewport: { width: 1280, height: 800 },
      });
      try {
        const page = await context.newPage();
        await firstValue(page, site.url); // what comes after is warm
        const times: number[] = [];
        for (let round = 0; round < lab.rounds(3, 9); round++) times.push(await firstValue(page, site.url));
        const workbench = await scripts(page, 'paint');
        const all = await scripts(page, 'now');
        await page.goto(`${site.url}workbench-pane.html`);
        await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
        const pane = await scripts(page, 'paint');
        return {
          comparisons: [
            within('workbench, to the value of a NEXT', 'ms', times, MOST_MS),
            within('scripts of the workbench before its first paint', 'KB', [workbench.kilobytes], MOST_KB),
            within('scripts of the workbench until that value', 'KB', [all.kilobytes]),
            within('scripts of the pane before its first paint', 'KB', [pane.kilobytes], MOST_KB),
          ],
          notes: [
            `Compressed with gzip. The workbench: ${workbench.names.join(', ') || 'none'}. The pane: ${pane.names.join(', ') || 'none'}.`,
          ],
        };
      } finally {
        await context.close();
        await site.close();
      }
    },
  },
];
