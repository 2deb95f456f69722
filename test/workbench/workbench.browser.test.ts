import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkbenchWindow } from '../../workbench/window';
import { useSite } from '../support/site';
import { type OpenWorkbench, openWorkbench } from '../support/workbench';

const site = useSite();
const complaints: string[] = [];
let workbench: OpenWorkbench;
beforeAll(async () => {
  workbench = await openWorkbench(site.browser, site.url, {
    before: (page) => {
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        const foreign = /^https?:/.test(request.url()) && !request.url().startsWith(site.url);
        if (foreign) complaints.push(request.url());
      });
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) complaints.push(message.text());
      });
    },
  });
});
afterAll(() => workbench?.close());

const read = (address: string) => workbench.read(address);
const column = (address: string) => workbench.column(address);
const select = (address: string) => workbench.select(address);

async function type(address: string, text: string): Promise<void> {
  await workbench.type(address, text);
  await workbench.settled();
}

describe('the grid', () => {
  it('calculates a formula that is typed', async () => {
    await type('Scratch!B2', '=GPT2.TOKENS("Mike is quick")');
    await expect.poll(() => column('Scratch!B2:B5')).toEqual(['Mike', ' is', ' quick', null]);
  });

  it('lets native functions and the add-in’s work together', async () => {
    await type('Scratch!D2', '=ROWS(GPT2.IDS("Mike is quick"))*2');
    await expect.poll(async () => (await read('Scratch!D2')).value).toBe(6);
  });

  it('says what is wrong with a formula, under the grid', async () => {
    await type('Scratch!E2', '=GPT2.ATTN("Mike",99,0)');
    await expect.poll(async () => (await read('Scratch!E2')).error).toBe('#VALUE!');
    const { message } = await read('Scratch!E2');
    expect(message).toMatch(/layer/);
    await select('Scratch!E2');
    await expect.poll(() => workbench.page.locator('#status').textContent()).toContain(message);
  });

  it('offers the functions while their names are typed', async () => {
    await select('Scratch!G2');
    await workbench.page.keyboard.type('=GPT2.EMB');
    await workbench.page.getByText('GPT2.EMBED').first().waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('Escape');
  });
});

describe('the tour', () => {
  it('follows the prompt', async () => {
    await type('Tour!C5', 'Mike is quick. He moves');
    const six = ['Mike', ' is', ' quick', '.', ' He', ' moves', null];
    await expect.poll(() => column('Tour!B11:B17')).toEqual(six);
    await expect.poll(async () => (await read('Tour!I5')).value).toBe(' quickly');
    const before = await read('Tour!I5');
    await type('Tour!C5', 'The cats are');
    await expect.poll(() => column('Tour!B11:B14')).toEqual(['The', ' cats', ' are', null]);
    await expect.poll(() => read('Tour!I5')).not.toEqual(before);
    await expect
      .poll(async () => (await read('Tour!I5')).value === (await read('Tour!F11')).value)
      .toBe(true);
  });

  it('shows attention rows that add up to 1', async () => {
    const [[row = []] = []] = await workbench.values('Tour!C34:E34');
    expect(row.reduce<number>((sum, share) => sum + Number(share), 0)).toBeCloseTo(1, 5);
  });
});

describe('the pane’s host', () => {
  it('puts a formula into an empty cell, never over another, and it can be undone', async () => {
    const insert = () =>
      workbench.page.evaluate(() =>
        (window as unknown as WorkbenchWindow).gpt2Workbench?.host
          .insertFormula('=GPT2.TEXT(GPT2.IDS("Mike"))')
          .catch((error: Error) => error.message),
      );
    await select('Scratch!J2');
    expect(await insert()).toBe('Scratch!J2');
    await workbench.settled();
    expect((await read('Scratch!J2')).value).toBe('Mike');
    expect(await insert()).toBe('Scratch!J2 is not empty. Select an empty cell and insert again.');
    await workbench.page.keyboard.press('Control+z');
    await expect.poll(async () => (await read('Scratch!J2')).value).toBeNull();
  });
});

it('stays with its own server, its policy and without errors', () => {
  expect(complaints).toEqual([]);
});

describe('a workbench whose spreadsheet cannot be fetched', () => {
  it('says so, and has the pane work by itself', async () => {
    const page = await site.browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.route('**/chunks/spreadsheet.js', (route) => route.abort());
    await page.goto(`${site.url}workbench.html?backend=reference`);
    await page.getByText('The workbench could not start. Its spreadsheet could not be loaded.').waitFor();
    expect(await page.locator('#loading').count()).toBe(0);
    await page.frameLocator('#pane-frame').getByText('4 layers × 4 heads').waitFor();
    await page.close();
  });
});

/** Keeps the spreadsheet from a page. @returns lets it be fetched */
async function withoutSpreadsheet(page: Page): Promise<() => void> {
  let fetchNow!: () => void;
  const seen = new Promise<void>((resolve) => {
    fetchNow = resolve;
  });
  await page.route('**/chunks/spreadsheet.js', async (route) => {
    await seen;
    await route.continue();
  });
  return fetchNow;
}

describe('the engine', () => {
  const engines = (page: Page) => page.workers().filter((worker) => worker.url().endsWith('gpt2-engine.js'));

  it('has begun before the spreadsheet is there, and is the pane’s', async () => {
    const page = await site.browser.newPage({ viewport: { width: 1280, height: 800 } });
    const fetchNow = await withoutSpreadsheet(page);
    await page.goto(`${site.url}workbench.html`);
    await page.frameLocator('#pane-frame').getByText('4 layers × 4 heads').waitFor(); // the model is open
    expect(engines(page)).toHaveLength(1);
    fetchNow();
    await page.waitForFunction(() => 'gpt2Workbench' in window);
    await page.evaluate(() => (window as WorkbenchWindow).gpt2Workbench?.ready);
    expect(engines(page)).toHaveLength(1);
    await page.close();
  });

  it('is another, in place of the first, for a pane that is loaded anew', async () => {
    const { page } = workbench;
    const [first] = engines(page);
    const gone = new Promise((resolve) => first?.on('close', resolve));
    await workbench.pane.evaluate(() => location.reload());
    await gone;
    await page.frameLocator('#pane-frame').getByText('4 layers × 4 heads').waitFor();
    expect(engines(page)).toHaveLength(1);
    await type('Scratch!B20', '=GPT2.TEXT(GPT2.IDS("Mike is here"))');
    await expect.poll(async () => (await read('Scratch!B20')).value).toBe('Mike is here');
  });
});

describe('the page', () => {
  it('is painted, and has its pane, while the spreadsheet is still being fetched', async () => {
    const page = await site.browser.newPage({ viewport: { width: 1280, height: 800 } });
    const fetchNow = await withoutSpreadsheet(page);
    await page.goto(`${site.url}workbench.html?backend=reference`);
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    expect(await page.getByText('Opening the spreadsheet…').isVisible()).toBe(true);
    await page.frameLocator('#pane-frame').getByRole('tab', { name: 'Formulas' }).waitFor();
    fetchNow();
    await page.waitForFunction(() => 'gpt2Workbench' in window);
    await page.frameLocator('#pane-frame').getByText('4 layers × 4 heads').waitFor();
    await page.close();
  });
});
