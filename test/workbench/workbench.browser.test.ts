import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellReading, Workbench } from '../../workbench/window';
import { launchChromium } from '../support/browser';
import { serveSite } from '../support/site';

type Window = { gpt2Workbench: Workbench };

let site: { url: string; close(): Promise<void> };
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  site = await serveSite();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(site.url)) complaints.push(request.url());
  });
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  await page.goto(`${site.url}workbench.html`);
  await page.waitForFunction(() => 'gpt2Workbench' in window);
  await page.evaluate(() => (window as unknown as Window).gpt2Workbench.ready);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const settled = () => page.evaluate(() => (window as unknown as Window).gpt2Workbench.settled());
const read = (address: string): Promise<CellReading> =>
  page.evaluate((at) => (window as unknown as Window).gpt2Workbench.getCell(at), address);
const column = (address: string): Promise<CellReading['value'][]> =>
  page.evaluate(
    (at) => (window as unknown as Window).gpt2Workbench.getRange(at).map(([cell]) => cell?.value ?? null),
    address,
  );
const select = (address: string) =>
  page.evaluate((at) => (window as unknown as Window).gpt2Workbench.select(at), address);

/** Types into a cell with the keyboard, as a person would. */
async function type(address: string, text: string): Promise<void> {
  await select(address);
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  // The editor hands its text over some time after the key.
  await expect.poll(async () => typedInto(await read(address))).toBe(text);
  await settled();
}

const typedInto = ({ formula, value }: CellReading) => formula ?? value;

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
    await expect.poll(() => page.getByRole('status').textContent()).toContain(message);
  });

  it('offers the functions while their names are typed', async () => {
    await select('Scratch!G2');
    await page.keyboard.type('=GPT2.EMB');
    await page.getByText('GPT2.EMBED').first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
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
    const row = await page.evaluate(() => {
      const { getRange } = (window as unknown as Window).gpt2Workbench;
      return getRange('Tour!C34:E34')[0]?.map(({ value }) => Number(value)) ?? [];
    });
    expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  });
});

describe('the pane’s host', () => {
  it('puts a formula into an empty cell, never over another, and it can be undone', async () => {
    const insert = () =>
      page.evaluate(() =>
        (window as unknown as Window).gpt2Workbench.host
          .insertFormula('=GPT2.TEXT(GPT2.IDS("Mike"))')
          .catch((error: Error) => error.message),
      );
    await select('Scratch!J2');
    expect(await insert()).toBe('Scratch!J2');
    await settled();
    expect((await read('Scratch!J2')).value).toBe('Mike');
    expect(await insert()).toBe('Scratch!J2 is not empty. Select an empty cell and insert again.');
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await read('Scratch!J2')).value).toBeNull();
  });
});

it('stays with its own server, its policy and without errors', () => {
  expect(complaints).toEqual([]);
});
