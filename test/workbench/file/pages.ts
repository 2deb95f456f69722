import type { BrowserContext, Page } from 'playwright-core';
import type { CellReading, Workbench } from '../../../workbench/window';

export type WorkbenchPage = { gpt2Workbench: Workbench };

/** The workbench in a tab of a browser profile, as tests of what is kept there need it. */
export interface Tab {
  readonly page: Page;
  read(address: string): Promise<CellReading>;
  values(address: string): Promise<unknown[][]>;
  set(address: string, content: string | number | null): Promise<void>;
  /** Waits until all is calculated, and all is kept. */
  kept(): Promise<void>;
  reload(): Promise<void>;
  /** Does something that loads the page again, and waits until it has. */
  reloading(action: () => Promise<unknown>): Promise<void>;
  /** The workbook's name in the header, and how it stands. */
  header(): Promise<string>;
  notice(): Promise<string>;
  /** Chooses a line of the menu *File* with the keyboard. */
  choose(line: string): Promise<void>;
}

/** Opens the workbench and waits until it has calculated. */
export async function openTab(
  context: BrowserContext,
  url: string,
  before?: (page: Page) => unknown,
): Promise<Tab> {
  const page = await context.newPage();
  await before?.(page);
  await page.goto(`${url}workbench.html`);
  await isReady(page);
  return tabOf(page);
}

async function isReady(page: Page): Promise<void> {
  await page.waitForFunction(() => 'gpt2Workbench' in window, undefined, { timeout: 60_000 });
  await page.evaluate(() => (window as unknown as WorkbenchPage).gpt2Workbench.ready);
}

function tabOf(page: Page): Tab {
  const reloading = async (action: () => Promise<unknown>) => {
    await page.evaluate(() => {
      (window as unknown as { before?: true }).before = true;
    });
    await action();
    await page.waitForFunction(() => !('before' in window), undefined, { timeout: 30_000 });
    await isReady(page);
  };
  return {
    page,
    read: (address) =>
      page.evaluate((at) => (window as unknown as WorkbenchPage).gpt2Workbench.getCell(at), address),
    values: (address) =>
      page.evaluate((at) => (window as unknown as WorkbenchPage).gpt2Workbench.getValues(at), address),
    set: (address, content) =>
      page.evaluate(([at, what]) => (window as unknown as WorkbenchPage).gpt2Workbench.setCell(at, what), [
        address,
        content,
      ] as const),
    kept: () =>
      page.evaluate(async () => {
        const { settled, saved } = (window as unknown as WorkbenchPage).gpt2Workbench;
        await settled();
        await saved();
      }),
    reload: () => reloading(() => page.reload()),
    reloading,
    header: async () => (await page.locator('#workbook').innerText()).replace(/\s+/g, ' ').trim(),
    notice: async () => (await page.locator('#notice').innerText()).replace(/\s+/g, ' ').trim(),
    async choose(line) {
      const button = page.locator('#file-button');
      await button.focus();
      await page.keyboard.press('Enter');
      const item = page.getByRole('menuitem', { name: line });
      for (let presses = 0; presses < 10; presses++) {
        if (await item.evaluate((element) => element === document.activeElement)) break;
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Enter');
    },
  };
}
