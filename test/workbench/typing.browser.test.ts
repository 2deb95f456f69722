import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Workbench } from '../../workbench/window';
import { launchChromium } from '../support/browser';
import { serveSite } from '../support/site';

type Window = { gpt2Workbench: Workbench };

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  site = await serveSite();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${site.url}workbench.html`);
  await page.waitForFunction(() => 'gpt2Workbench' in window);
  await page.evaluate(() => (window as unknown as Window).gpt2Workbench.ready);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Begins to type into a cell, without an end. */
async function begin(text: string): Promise<void> {
  await page.evaluate(() => (window as unknown as Window).gpt2Workbench.select('Scratch!B2'));
  await page.keyboard.type(text, { delay: 20 });
}

/** Set to a folder, the tests leave pictures of what they saw there. */
const PICTURES = process.env.PICTURES;
async function picture(name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

it('offers the functions whose names begin so, each with its sentence', async () => {
  await begin('=GPT2.AT');
  await page.getByText('GPT2.ATTN_OUT', { exact: false }).first().waitFor();
  await page.getByText('Shows an attention pattern', { exact: false }).first().waitFor();
  await picture('names');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
});

it('shows signature, sentence, parameters and example of the function that is typed, and leads to its page', async () => {
  await begin('=GPT2.ATTN(');
  for (const text of [
    'GPT2.ATTN("Mike is quick. He moves",0,3)',
    'how much each token (row) attends to each token before it',
    'A prompt (one cell of text), token ids (one column), or cells: the residual stream before the block.',
    'The block, counted from 0.',
    'left out, the mean over all heads of the block.',
  ]) {
    const shown = page.getByText(text).first();
    await shown.waitFor({ state: 'visible' });
    const box = await shown.boundingBox();
    expect(box?.height, text).toBeGreaterThan(10);
  }
  await picture('parameters');
  const link = page.locator('#status').getByRole('link', { name: 'All about GPT2.ATTN' });
  const [opened] = await Promise.all([page.waitForEvent('popup'), link.click()]);
  await opened.getByRole('heading', { level: 1 }).waitFor();
  expect(opened.url()).toBe(`${site.url}docs/ATTN.html`);
  await opened.close();
  // What has been typed is still there, and can be finished.
  await page.bringToFront();
  await page.keyboard.type('"Mike", 0, 0)');
  await page.keyboard.press('Enter');
  const formula = () =>
    page.evaluate(() => (window as unknown as Window).gpt2Workbench.getCell('Scratch!B2').formula);
  await expect.poll(formula).toBe('=GPT2.ATTN("Mike", 0, 0)');
  await expect.poll(() => page.locator('#status').textContent()).not.toContain('All about');
});

it('keeps what is typed over a formula while its results arrive', async () => {
  const text = 'What I have typed while the cell below went on by itself';
  const formula = '=GPT2.GENERATE("Once there was a",60,1,0,1,7)';
  await page.evaluate((formula) => {
    const { setCell, select } = (window as unknown as Window).gpt2Workbench;
    for (const at of ['Tour!N3', 'Scratch!N3']) setCell(at, formula);
    select('Scratch!N3');
  }, formula);
  const value = () =>
    page.evaluate(() => (window as unknown as Window).gpt2Workbench.getCell('Scratch!N3').value);
  await expect.poll(value, { timeout: 20_000 }).toMatch(/^ ?[a-z]/i);
  const before = await value();
  await page.keyboard.type(text, { delay: 30 });
  // The formula has gone on below the editor.
  expect(await value()).not.toBe(before);
  await page.keyboard.press('Enter');
  await expect.poll(value).toBe(text);
  await page.evaluate(() => (window as unknown as Window).gpt2Workbench.setCell('Tour!N3', null));
});
