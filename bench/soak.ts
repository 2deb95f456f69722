import { statsOf, withStats } from '../test/support/engine-stats';
import type { Call } from '../test/support/formulas';
import { openPane } from '../test/support/pane';
import { within } from './compare';
import type { Lab } from './lab';
import { burst, memory, registered } from './product/pane';
import { serveProduct } from './product/site';
import type { Row } from './row';

const ALL = 10_000;
const FIRST_LOOK = 400;
const MEASURED = 10;
/** What the page may hold more at the end than when its caches were first full. */
const MORE = 1.05;
/** A cache is full when it has no room for what a few recalculations add, as a part of its limit. */
const FULL = 0.98;

/** What one recalculation asks of a prompt that no other has. */
const recalculation = (n: number): Call[] => {
  const prompt = [[`Once upon a time number ${n} went to see number ${(n * 7919) % 10_007}`]];
  return [
    ['TOKENS', prompt],
    ['ATTN', prompt, n % 4, n % 4],
    ['RESID', prompt, n % 4, 'post'],
    ['TOP', prompt, 5],
    ['NEXT', prompt],
  ];
};

export const soak: Row = {
  name: 'soak',
  title: `${ALL.toLocaleString('en')} recalculations with changing prompts: what the page holds`,
  quick: false,
  long: true,
  async run(lab: Lab) {
    await lab.runners([], 1);
    const count = lab.rounds(FIRST_LOOK, ALL);
    const site = await serveProduct(lab.store.huggingFace());
    try {
      const pane = await openPane(withStats(await lab.browser), site.url, '?backend=wasm');
      const { page } = pane;
      await registered(page);
      await burst(page, recalculation(ALL));
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Performance.enable');
      const listeners = async () => {
        const { metrics } = await devtools.send('Performance.getMetrics');
        return metrics.find(({ name }) => name === 'JSEventListeners')?.value ?? 0;
      };
      const figures: { held: number; cache: number; full: boolean; listeners: number }[] = [];
      const began = performance.now();
      for (let n = 0; n < count; n++) {
        await burst(page, recalculation(n));
        if ((n + 1) % Math.floor(count / MEASURED) !== 0) continue;
        const { cacheBytes, cacheLimit } = await statsOf(page);
        figures.push({
          held: (await memory(page)) / 1e6,
          cache: cacheBytes / 1e6,
          full: cacheBytes >= FULL * cacheLimit,
          listeners: await listeners(),
        });
        const seconds = (performance.now() - began) / 1000;
        lab.tell(`${n + 1} recalculations in ${seconds.toFixed(0)} s: ${figures.at(-1)?.held.toFixed(0)} MB`);
      }
      await pane.close();
      const full = figures.findIndex((one) => one.full);
      const last = figures.at(-1) as (typeof figures)[number];
      // A first look may be too short for the cache: then the second measurement has to do.
      const first = figures[full < 0 || full === figures.length - 1 ? 1 : full] as typeof last;
      const apart = ({ held, cache }: typeof last) => held - cache;
      return {
        comparisons: [
          within('held at the end apart from the cache', 'MB', [apart(last)], MORE * apart(first)),
          within('event listeners at the end', 'listeners', [last.listeners], figures[1]?.listeners),
        ],
        notes: [
          `${count} recalculations. MB held, of them by the cache: ${figures.map(({ held, cache }) => `${held.toFixed(0)} (${cache.toFixed(0)})`).join(', ')}.`,
          `Event listeners: ${figures.map(({ listeners }) => listeners).join(', ')}.`,
        ],
      };
    } finally {
      await site.close();
    }
  },
};
