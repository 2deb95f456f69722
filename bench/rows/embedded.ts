import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { told, within } from '../compare';
import type { Lab } from '../lab';
import { median } from '../measure';
import type { Bound, Outcome } from '../outcome';
import type { Page as BenchPage } from '../pages/page';
import { dist } from '../places';
import { type Took, took } from '../product/processor';
import { serveProduct } from '../product/site';
import { ordinaryWindows } from '../product/window';
import type { Row } from '../row';

const MOST_MS = 1000;
const MOST_KB = 250;
/** Chromium keeps compiled code some seconds after it has run; visits before that are not warm. */
const [VISITS_BEFORE, SETTLE_MS] = [3, 4000];

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
      const cells = (window as unknown as WithWorkbench).gpt2Workbench?.getRange('A1:L12').flat() ?? [];
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

/** A page of the bench that starts one thing of those that the workbench cannot do without, and nothing else. */
async function starting(
  page: Page,
  url: string,
  what: (bench: BenchPage) => Promise<number>,
): Promise<number> {
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in window);
  const bench = await page.evaluateHandle(() => (window as unknown as { bench: BenchPage }).bench);
  return bench.evaluate(what);
}

/** Does something in one page again and again, first until the browser has all of it ready. */
async function warm(lab: Lab, visit: (page: Page) => Promise<number>): Promise<Took[]> {
  const context = await ordinaryWindows.newContext();
  try {
    const page = await context.newPage();
    for (let i = 0; i < VISITS_BEFORE; i++) {
      await visit(page);
      await page.waitForTimeout(SETTLE_MS);
    }
    const taken: Took[] = [];
    for (let round = 0; round < lab.rounds(3, 9); round++) {
      taken.push(await took(page, () => visit(page)));
      await page.waitForTimeout(SETTLE_MS / 2); // what a visit leaves to be done is not the next one's
    }
    return taken;
  } finally {
    await context.close();
  }
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

/** What is loaded before the workbench and the pane are painted. */
async function beforePaint(url: string) {
  const context = await ordinaryWindows.newContext();
  try {
    const page = await context.newPage();
    await firstValue(page, url);
    const [workbench, all] = [await scripts(page, 'paint'), await scripts(page, 'now')];
    await page.goto(`${url}workbench-pane.html`);
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    return { workbench, all, pane: await scripts(page, 'paint') };
  } finally {
    await context.close();
  }
}

const clock = (took: readonly Took[]) => took.map(({ milliseconds }) => milliseconds);
const work = (took: readonly Took[]) => median(took.map(({ seconds }) => seconds));

/** What the spreadsheet's and ONNX Runtime's start take of the processors, if it were spread evenly over all of them. */
function leastOf(univer: readonly Took[], ort: readonly Took[], nothing: readonly Took[]): Bound {
  const processors = cpus().length;
  const seconds = work(univer) + work(ort) - work(nothing);
  return {
    value: (1000 * seconds) / processors,
    how:
      `Univer alone takes ${work(univer).toFixed(1)} s of the processors until it is drawn, ONNX Runtime alone ${work(ort).toFixed(1)} s ` +
      `until it can make sessions, the page around each ${work(nothing).toFixed(1)} s; spread evenly over ${processors} processors`,
  };
}

async function embedded(lab: Lab): Promise<Outcome> {
  await lab.runners([], 1);
  const site = await serveProduct(lab.store.huggingFace());
  try {
    lab.tell('The workbench');
    const workbench = await warm(lab, (page) => firstValue(page, site.url));
    lab.tell('What it cannot do without: Univer, ONNX Runtime, a page');
    const { url } = await lab.site;
    const univer = await warm(lab, (page) => starting(page, url, (bench) => bench.univerStarts()));
    const ort = await warm(lab, (page) => starting(page, url, (bench) => bench.ortStarts(2)));
    const nothing = await warm(lab, (page) => starting(page, url, async () => performance.now()));
    const loaded = await beforePaint(site.url);
    const names = (of: readonly string[]) => of.join(', ') || 'none';
    return {
      comparisons: [
        within(
          'workbench, to the value of a NEXT',
          'ms',
          clock(workbench),
          MOST_MS,
          leastOf(univer, ort, nothing),
        ),
        ...told(
          within('Univer alone, until an empty sheet is drawn', 'ms', clock(univer)),
          within('ONNX Runtime alone, until it can make sessions', 'ms', clock(ort)),
        ),
        within(
          'scripts of the workbench before its first paint',
          'KB',
          [loaded.workbench.kilobytes],
          MOST_KB,
        ),
        within('scripts of the workbench until that value', 'KB', [loaded.all.kilobytes]),
        within('scripts of the pane before its first paint', 'KB', [loaded.pane.kilobytes], MOST_KB),
      ],
      notes: [
        `Warm: an ordinary window that has been here before, long enough for its compiled code to be kept. The workbench takes ${work(workbench).toFixed(1)} s of the processors until that value.`,
        `Compressed with gzip. The workbench: ${names(loaded.workbench.names)}. The pane: ${names(loaded.pane.names)}.`,
      ],
    };
  } finally {
    await site.close();
  }
}

export const rows: readonly Row[] = [
  {
    name: 'embedded',
    title:
      'The embedded model: navigation to the first value in a cell, warm; scripts before the first paint',
    quick: true,
    run: embedded,
  },
];
