import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/verify';
import { seriousFindings } from '../../support/axe';
import { writeModelFolder } from '../../support/model-folder';
import { embeddedModel, randomModel, smallConfig } from '../../support/models';
import { withoutOffice } from '../../support/pane';
import { useSite } from '../../support/site';

const { folder: embedded, name: EMBEDDED } = embeddedModel();

const site = useSite({
  models(folder) {
    const changed = join(folder, 'changed', EMBEDDED);
    cpSync(embedded, changed, { recursive: true });
    const file = join(changed, 'model.safetensors');
    const bytes = readFileSync(file);
    bytes.writeFloatLE(3, bytes.length - 4);
    writeFileSync(file, bytes);
    cpSync(embedded, join(folder, 'renamed'), { recursive: true });
    writeModelFolder(join(folder, 'unheard-of'), randomModel(smallConfig({ vocab_size: 257 }), 1), true);
  },
});

interface Visit extends BrowserContextOptions {
  readonly model?: string;
  readonly backend?: string;
}

/** Opens the pane's view of a model and gives it to `use` when the model is ready; fails on any error of the page. */
async function visit(
  { model, backend = 'reference', ...context }: Visit,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const viewport = { width: 320, height: 800 };
  const opened = await site.browser.newContext({ viewport, reducedMotion: 'reduce', ...context });
  try {
    await opened.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await opened.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await withoutOffice(page);
    // What the page asks of its worker can be made to wait.
    await page.addInitScript(() => {
      const send = Worker.prototype.postMessage as (...args: unknown[]) => void;
      Worker.prototype.postMessage = function (...args: unknown[]) {
        const { slow } = window as { slow?: number };
        if (slow) setTimeout(() => send.apply(this, args), slow);
        else send.apply(this, args);
      };
    });
    await page.goto(`${site.url}taskpane.html?backend=${backend}${model ? `&model=${model}` : ''}`);
    await page.getByRole('tab', { name: 'Model' }).click();
    await page.locator('.verify-start:not([disabled-focusable])').waitFor();
    await use(page);
    expect(errors).toEqual([]);
  } finally {
    await opened.close();
  }
}

const slowDown = (page: Page, milliseconds: number) =>
  page.evaluate((slow) => Object.assign(window, { slow }), milliseconds);
const start = (page: Page) => page.getByRole('button', { name: 'Verify', exact: true }).click();
const title = (page: Page) => page.locator('.verify .message-title');
const rows = (page: Page, outcome = 'row') => page.locator(`.verify-${outcome}.verify-row`);
const said = (page: Page) => page.locator('div.unseen[role=status]').textContent();

/** How many rows the command line passes and has in all. */
async function byCommandLine(): Promise<[passed: number, all: number]> {
  const lines: string[] = [];
  const log = (text: string) => lines.push(text);
  await main([embedded, '--backend', 'reference'], '/', { log, error: log, status: () => undefined });
  const [, passed, all] = /Verified: (\d+) of (\d+) rows passed/.exec(lines.join('\n')) ?? [];
  return [Number(passed), Number(all)];
}

describe('the embedded model', () => {
  it.each(['reference', 'wasm'])('passes every row that the command line has, on %s', (backend) =>
    visit({ backend }, async (page) => {
      const [passed, all] = await byCommandLine();
      expect(passed).toBeGreaterThan(50);
      expect(await page.getByLabel('Compare with').inputValue()).toBe(EMBEDDED);
      await start(page);
      await expect
        .poll(() => title(page).textContent())
        .toBe(`Passed: all ${passed} values agree with ${EMBEDDED}`);
      expect(await rows(page).count()).toBe(all);
      expect(await rows(page, 'passed').count()).toBe(passed);
      expect(await said(page)).toContain(`Passed: all ${passed} values`);
      expect(await page.locator('.verify .message').first().textContent()).toMatch(
        /difference .* of 1\.0e-\d, in /,
      );
    }),
  );

  it('shows every row with both values, how far apart, and who says so, as a table', () =>
    visit({}, async (page) => {
      await start(page);
      await title(page).waitFor();
      const table = page.getByRole('table', { name: 'Activations' });
      const names = await table.getByRole('columnheader').allTextContents();
      expect(names).toEqual(['Result', 'Value', 'Published', 'Ours', 'Off by', 'Allowed', 'Source']);
      const first = table.getByRole('row').nth(1);
      expect(await first.getByRole('rowheader').textContent()).toMatch(/embed|logits|resid|attn|mlp|ln/);
      const cells = await first.locator('.verify-value').allTextContents();
      expect(cells[0]).toMatch(/^-?\d/);
      expect(cells[1]).toMatch(/^-?\d/);
      expect(cells[2]).toMatch(/e-\d|^0$/);
      expect(cells[3]).toMatch(/e-\d/);
      expect(cells[4]).toContain('weights/');
    }));

  it('is not what another shape is published for', () =>
    visit({}, async (page) => {
      await page.getByLabel('Compare with').selectOption('gpt2');
      await start(page);
      await expect
        .poll(() => title(page).textContent())
        .toMatch(/^Failed: \d+ of \d+ values are not those of gpt2$/);
      expect(await page.locator('.verify').innerText()).toContain(
        'The first that differs: Layers, heads, widths, vocabulary and parameters.',
      );
      expect(await rows(page, 'skipped').count()).toBeGreaterThan(20);
    }));

  it('gives a report to paste, or to copy by hand where the clipboard is closed', () =>
    visit({}, async (page) => {
      await start(page);
      await page.getByRole('button', { name: 'Copy report' }).click();
      await page.getByText('Copied. Paste it').first().waitFor();
      const report = await page.evaluate(() => navigator.clipboard.readText());
      expect(report).toContain(`${EMBEDDED} compared with ${EMBEDDED}`);
      expect(report).toContain('Passed: all');
      expect(report.match(/^pass {2}/gm)?.length).toBe(await rows(page).count());
      await page.evaluate(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error('closed'));
      });
      await page.getByRole('button', { name: 'Copy report' }).click();
      expect(await page.getByLabel('The report as text').inputValue()).toContain('Passed: all');
    }));
});

describe('another model', () => {
  it('fails with one weight changed, and says which row first', () =>
    visit({ model: `models/changed/${EMBEDDED}` }, async (page) => {
      expect(await page.getByLabel('Compare with').inputValue()).toBe(EMBEDDED);
      await start(page);
      await expect
        .poll(() => title(page).textContent())
        .toMatch(/^Failed: \d+ of \d+ values are not those of/);
      const told = await page.locator('.verify fluent-message-bar').innerText();
      expect(told).toContain('The first that differs: SHA-256 of the weights.');
      expect(await page.locator('.verify fluent-message-bar').getAttribute('intent')).toBe('error');
      expect(await page.locator('[data-kind=activations] .verify-failed').count()).toBeGreaterThan(0);
      await page.getByRole('button', { name: 'Show the first failure' }).click();
      const focused = page.locator('.verify-row:focus');
      expect(await focused.innerText()).toMatch(/Failed[\s\S]*SHA-256[\s\S]*Published[\s\S]*Ours/);
      expect(await focused.boundingBox().then((box) => box && box.y > 0 && box.y < 800)).toBe(true);
    }));

  it('is taken for one of its shape, and told so', () =>
    visit({ model: 'models/renamed' }, async (page) => {
      expect(await page.getByLabel('Compare with').inputValue()).toBe(EMBEDDED);
      await page.getByText(`"renamed" is taken for ${EMBEDDED}, by its shape alone.`).waitFor();
    }));

  it('of which nothing is published asks what it should be', () =>
    visit({ model: 'models/unheard-of' }, async (page) => {
      await page.getByText('Nothing is published for "unheard-of"').waitFor();
      await start(page);
      await page.getByText('Choose the checkpoint that this model should be.').first().waitFor();
      expect(await rows(page).count()).toBe(0);
      await page.getByLabel('Compare with').selectOption('gpt2-xl');
      await start(page);
      await expect.poll(() => title(page).textContent()).toMatch(/^Failed: /);
    }));
});

describe('a verification under way', () => {
  it('shows how far it is, and can be cancelled by keyboard', () =>
    visit({}, async (page) => {
      await slowDown(page, 100);
      await start(page);
      await page.getByText(/^\d+ of \d+: /).waitFor();
      await expect.poll(() => rows(page).count()).toBeGreaterThan(3);
      expect(
        await page.getByRole('progressbar', { name: 'Verification' }).getAttribute('aria-valuenow'),
      ).toMatch(/^\d+$/);
      await page.getByRole('button', { name: 'Cancel' }).focus();
      await page.keyboard.press('Enter');
      await expect
        .poll(() => title(page).textContent())
        .toMatch(/^Stopped after \d+ of \d+ values: nothing proved$/);
      const left = await rows(page).count();
      expect(await page.locator('.verify-start:focus').count()).toBe(1);
      await slowDown(page, 0);
      await page.keyboard.press('Enter'); // and it can be begun anew
      await expect.poll(() => title(page).textContent()).toMatch(/^Passed/);
      expect(await rows(page).count()).toBeGreaterThan(left);
    }));

  it('is forgotten with its model, as is one that has ended', () =>
    visit({}, async (page) => {
      const reopen = async () => {
        await page.getByText('Change back end').click();
        await page.getByRole('button', { name: 'Apply' }).click();
      };
      await slowDown(page, 100);
      await start(page);
      await expect.poll(() => rows(page).count()).toBeGreaterThan(3);
      await reopen();
      await slowDown(page, 0);
      await expect.poll(() => rows(page).count()).toBe(0);
      await page.locator('.verify-start:not([disabled-focusable])').waitFor();
      expect(await title(page).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
      await start(page);
      await expect.poll(() => title(page).textContent()).toMatch(/^Passed/);
      await reopen();
      await expect.poll(() => title(page).count()).toBe(0);
      expect(await rows(page).count()).toBe(0);
    }));
});

describe.each(['light', 'dark'] as const)('at 320 pixels, %s', (colorScheme) => {
  it.each([undefined, `models/changed/${EMBEDDED}`])('holds up to axe, and fits: %s', (model) =>
    visit({ colorScheme, model }, async (page) => {
      await start(page);
      await title(page).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }),
  );
});

it('says by a word and a sign what colours say, in high contrast too', () =>
  visit({ forcedColors: 'active', model: `models/changed/${EMBEDDED}` }, async (page) => {
    await start(page);
    await title(page).waitFor();
    const failed = rows(page, 'failed').first();
    expect(await failed.locator('.verify-outcome').innerText()).toBe('Failed');
    expect(await failed.locator('.icon-dismiss').isVisible()).toBe(true);
    expect(await failed.evaluate((row) => getComputedStyle(row).borderInlineStartWidth)).toBe('4px');
  }));

it('comes to the page with the view of the model, not before', async () => {
  const page = await site.browser.newPage();
  try {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await withoutOffice(page);
    await page.goto(`${site.url}taskpane.html?backend=reference`);
    await page.getByText('4 layers × 4 heads').waitFor();
    const published = 'SHA-256 of the weights';
    const bodies = () =>
      Promise.all(
        asked
          .filter((url) => url.endsWith('.js') && url.startsWith(site.url))
          .map(async (url) => (await fetch(url)).text()),
      );
    expect((await bodies()).filter((text) => text.includes(published))).toEqual([]);
    await page.getByRole('tab', { name: 'Model' }).click();
    await page.getByLabel('Compare with').waitFor();
    expect((await bodies()).filter((text) => text.includes(published)).length).toBe(1);
  } finally {
    await page.close();
  }
});

it('says so when it cannot be loaded, and tries again', async () => {
  const page = await site.browser.newPage();
  try {
    await withoutOffice(page);
    await page.goto(`${site.url}taskpane.html?backend=reference`);
    await page.getByText('4 layers × 4 heads').waitFor();
    await page.route('**/chunks/*.js', (route) => route.abort());
    await page.getByRole('tab', { name: 'Model' }).click();
    await page.getByText('This part of the pane could not be loaded.').waitFor();
    await page.unroute('**/chunks/*.js');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Compare with').waitFor();
  } finally {
    await page.close();
  }
});
