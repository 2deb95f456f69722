import type { Browser, Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { CellReading, Workbench } from '../../workbench/window';

type Window = { gpt2Workbench: Workbench };

/** What a cell shows, an error as its code. */
export type Value = CellReading['value'];

/** What a cell may be given: a value, a formula with its `=`, or nothing. */
export type Content = string | number | boolean | null;

/** The workbench in a page of its own, driven through `window.gpt2Workbench`. */
export interface OpenWorkbench {
  readonly page: Page;
  /** The pane's frame, where the formulas live. */
  readonly pane: Frame;
  /** Resolves when nothing is being calculated. */
  settled(): Promise<void>;
  read(address: string): Promise<CellReading>;
  /** A rectangle of cells, by rows. */
  readRange(address: string): Promise<CellReading[][]>;
  /** The values of rectangles, by rows. */
  values(...addresses: readonly string[]): Promise<Value[][][]>;
  /** The values of the first column of a range. */
  column(address: string): Promise<Value[]>;
  /** Puts contents into cells, in one moment. */
  set(cells: Readonly<Record<string, Content>>): Promise<void>;
  select(address: string): Promise<void>;
  /** Types into a cell with the keyboard, as a person would, and waits until it is in the cell. */
  type(address: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the workbench and waits until its formulas can be called.
 * @param options.query what follows the address: `?model=` and `?backend=`
 * @param options.before sees the page before it loads anything
 */
export async function openWorkbench(
  browser: Browser,
  url: string,
  { query = '', before }: { query?: string; before?: (page: Page) => unknown } = {},
): Promise<OpenWorkbench> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await before?.(page);
  await page.goto(`${url}workbench.html${query}`);
  await page.waitForFunction(() => 'gpt2Workbench' in window);
  await page.evaluate(() => (window as unknown as Window).gpt2Workbench.ready);
  const pane = page.frame({ url: /workbench-pane/ });
  if (!pane) throw new Error('The workbench has no pane.');

  const readRange = (address: string): Promise<CellReading[][]> =>
    page.evaluate((at) => (window as unknown as Window).gpt2Workbench.getRange(at), address);
  const read = (address: string): Promise<CellReading> =>
    page.evaluate((at) => (window as unknown as Window).gpt2Workbench.getCell(at), address);
  const values = (...addresses: readonly string[]): Promise<Value[][][]> =>
    page.evaluate((all) => all.map((window as unknown as Window).gpt2Workbench.getValues), addresses);
  const select = (address: string) =>
    page.evaluate((at) => (window as unknown as Window).gpt2Workbench.select(at), address);
  return {
    page,
    pane,
    read,
    readRange,
    select,
    settled: () => page.evaluate(() => (window as unknown as Window).gpt2Workbench.settled()),
    values,
    column: async (address) => (await values(address)).flat().map(([value]) => value ?? null),
    set: (cells) =>
      page.evaluate((cells) => {
        const { setCell } = (window as unknown as Window).gpt2Workbench;
        for (const [address, content] of Object.entries(cells)) setCell(address, content);
      }, cells),
    async type(address, text) {
      const now = async () => {
        const { formula, value } = await read(address);
        return String(formula ?? value);
      };
      // The editor opens some time after the first key, and hands its text over some time after the last. On a machine that is
      // busy with other things the last may come before it is open; a person would type again. (That results empty the editor
      // is mended, see the tests of typing; whether nothing else does on a busy machine has not been shown.)
      for (let times = 0; times < 3 && (await now()) !== text; times++) {
        await select(address);
        await page.keyboard.type(text);
        await page.keyboard.press('Enter');
        await expect
          .poll(now)
          .toBe(text)
          .catch(() => page.keyboard.press('Escape'));
      }
      expect(await now()).toBe(text);
    },
    close: () => context.close(),
  };
}
