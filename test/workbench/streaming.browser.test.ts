import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Workbench } from '../../workbench/window';
import { callFormulas } from '../support/formulas';
import { embeddedTokenizer } from '../support/models';
import { useSite } from '../support/site';
import { type Content, type OpenWorkbench, openWorkbench } from '../support/workbench';

const PROMPT = 'Mike is quick. He moves';
const tokenizer = embeddedTokenizer();
/** Other tests may take the processor at the same time. */
const PATIENT = { timeout: 20_000 };

/** What the page counts, and by how many milliseconds it holds each of them up. */
type Counting = { reads?: number; delay?: number };

const site = useSite();
let workbench: OpenWorkbench;
let page: Page;
let pane: Frame;
beforeAll(async () => {
  workbench = await openWorkbench(site.browser, site.url, {
    // Every step of the model is a message to its worker, which is the page's that is around the pane.
    before: (page) =>
      page.addInitScript(() => {
        const counting = globalThis as Counting;
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (this: Worker, ...message: unknown[]) {
          const send = () => Reflect.apply(post, this, message);
          if ((message[0] as { path?: string[] }).path?.[0] !== 'read') return send();
          counting.reads = (counting.reads ?? 0) + 1;
          if (counting.delay) setTimeout(send, counting.delay);
          else send();
        };
      }),
  });
  ({ page, pane } = workbench);
});
afterAll(() => workbench?.close());

const settled = () => workbench.settled();
const read = (address: string) => workbench.read(address);
const set = (address: string, content: Content) => workbench.set({ [address]: content });
const reads = () => page.evaluate(() => (globalThis as Counting).reads ?? 0);

/** Holds every step of the model up for so many milliseconds. */
const slowDown = (delay: number) =>
  page.evaluate((delay) => {
    (globalThis as Counting).delay = delay;
  }, delay);

/** What NEXT gives for token ids and a seed, at temperature 1. */
const next = async (ids: readonly number[], seed: number): Promise<string> => {
  const column = ids.map((id) => [id]);
  return (await callFormulas(pane, [['NEXT', column, 1, 0, 1, seed]]))[0] as string;
};

/** All texts that a cell shows from now on until it shows the same for `quiet` milliseconds. */
const watch = (address: string, quiet: number): Promise<string[]> =>
  page.evaluate(
    async ([address, quiet]) => {
      const shown: string[] = [];
      let since = performance.now();
      const lost = since + 30_000;
      while (performance.now() < lost && (shown.length === 0 || performance.now() - since < quiet)) {
        const { value } = (window as unknown as { gpt2Workbench: Workbench }).gpt2Workbench.getCell(address);
        if (typeof value === 'string' && !value.startsWith('#') && value !== shown.at(-1)) {
          shown.push(value);
          since = performance.now();
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return shown;
    },
    [address, quiet] as const,
  );

it('streams a continuation into a cell, which ends as NEXT over and over does', async () => {
  const count = 30;
  await slowDown(40); // a small model would be done before anybody sees its text grow
  await workbench.type('Scratch!B2', `=GPT2.GENERATE("${PROMPT}",${count},1,0,1,7)`);
  const shown = await watch('Scratch!B2', 3000);
  await slowDown(0);
  console.log(
    `GENERATE: the cell showed ${shown.length} texts on the way to ${JSON.stringify(shown.at(-1))}`,
  );
  expect(shown.length).toBeGreaterThan(2);
  for (const [i, text] of shown.entries()) expect((shown[i + 1] ?? text).startsWith(text)).toBe(true);

  const names = new Map(Array.from({ length: tokenizer.size }, (_, id) => [tokenizer.show(id), id]));
  const written = tokenizer.encode(PROMPT);
  const start = written.length;
  for (let step = 0; step < count; step++) {
    const id = names.get(await next(written, 7 + step)) as number;
    if (id === tokenizer.endOfText) break;
    written.push(id);
  }
  expect(written.length - start).toBeGreaterThan(5);
  expect(shown.at(-1)).toBe(tokenizer.decode(written.slice(start)));
});

it('stops when the cell is cleared', async () => {
  const count = 120;
  const start = await reads();
  await set('Scratch!B4', `=GPT2.GENERATE("Once",${count},1,0,1,3)`);
  await watch('Scratch!B4', 3000);
  const whole = (await reads()) - start;

  await set('Scratch!B4', null);
  await settled();
  const before = await reads();
  await slowDown(100); // so that there is time to clear the cell
  await set('Scratch!B4', `=GPT2.GENERATE("Once",${count},1,0,1,3)`);
  await page.waitForFunction(() => {
    const { value } = (window as unknown as { gpt2Workbench: Workbench }).gpt2Workbench.getCell('Scratch!B4');
    return typeof value === 'string' && value !== '' && !value.startsWith('#');
  });
  await workbench.select('Scratch!B4');
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await read('Scratch!B4')).formula, PATIENT).toBeUndefined();
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const stopped = await reads();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  console.log(`GENERATE: ${whole} steps for all of it, ${stopped - before} when it was cleared`);
  await slowDown(0);
  expect(await reads()).toBe(stopped);
  expect(stopped - before).toBeLessThan(whole / 2);
  expect((await read('Scratch!B4')).value).toBeNull();
});

it('says what is wrong, as other formulas do', async () => {
  await set('Scratch!B6', `=GPT2.GENERATE("${PROMPT}",0)`);
  await expect
    .poll(async () => (await read('Scratch!B6')).message, PATIENT)
    .toBe('count is 0: give a whole number from 1 to 128.');
  expect((await read('Scratch!B6')).error).toBe('#VALUE!');
  await set('Scratch!B7', '=GPT2.MERGES("1.")');
  await expect.poll(async () => (await read('Scratch!B7')).error, PATIENT).toBe('#N/A');
});

it('tells how the model is', async () => {
  await set('Scratch!B8', '=GPT2.STATUS()');
  await expect
    .poll(async () => (await read('Scratch!B8')).value, PATIENT)
    .toMatch(/^gpt2-tiny-stories is ready\. (WebGPU|WebAssembly|Plain JavaScript)/);
});

it('scores options in the order given', async () => {
  await set('Scratch!B10', `=GPT2.CHOOSE("${PROMPT}",{" slowly";" quickly";" loudly"})`);
  const column = async (address: string) => (await workbench.column(address)).map((value) => value || '');
  await expect.poll(() => column('Scratch!B10:B12'), PATIENT).toEqual([' slowly', ' quickly', ' loudly']);
  expect(await column('Scratch!F10:F12')).toEqual(['', 'best', '']);
});
