import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EMBEDDED } from '../../src/models/embedded';
import { seriousFindings } from '../support/axe';
import { launchChromium } from '../support/browser';
import { serveSite } from '../support/site';
import { type FakeExcelWindow, fakeOffice } from './fake-office';

const { resolve } = createRequire(import.meta.url);
/** Compiling ONNX Runtime takes this long on a busy machine. */
const PATIENCE_MS = 90_000;

const OFFICE_FILES = join(dirname(resolve('@microsoft/office-js/package.json')), 'dist');

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), serveSite()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

/** How Office.js comes to the page: not at all, as Microsoft ships it, or as a fake with an Excel around it. */
type OfficeJs = 'blocked' | 'real' | 'fake light' | 'fake dark';

interface Visit extends BrowserContextOptions {
  readonly office?: OfficeJs;
  /** By default the back end that opens fastest: these are tests of the pane. */
  readonly query?: string;
}

/** Opens the pane and gives it to `use`; fails on any error that the page reports. */
async function visit(
  { office = 'blocked', query = '?backend=reference', ...context }: Visit,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const viewport = { width: 320, height: 800 };
  const opened = await browser.newContext({ viewport, reducedMotion: 'reduce', ...context });
  try {
    await opened.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await opened.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.route('https://appsforoffice.microsoft.com/**', (route) => {
      if (office === 'real') {
        const file = new URL(route.request().url()).pathname.replace(/^\/lib\/1(\.1)?\/hosted\//, '');
        return route.fulfill({ path: join(OFFICE_FILES, file) });
      }
      if (office === 'blocked') return route.abort();
      const body = `(${fakeOffice.toString()})(${office === 'fake dark'})`;
      return route.fulfill({ contentType: 'text/javascript', body });
    });
    await page.goto(`${site.url}taskpane.html${query}`);
    await use(page);
    expect(errors).toEqual([]);
  } finally {
    await opened.close();
  }
}

const ready = (page: Page) => page.getByText('4 layers × 4 heads × 96 wide').waitFor();
// What is seen, not what is in the page: hidden parts do not count.
const text = (page: Page) => page.locator('main').innerText();
const openView = (page: Page, name: string) => page.getByRole('tab', { name }).click();
const filter = (page: Page) => page.locator('.filter input');
const row = (page: Page, id: string) => page.locator(`[data-id=${id}]`);
const insertButton = (page: Page, id: string) => row(page, id).locator('fluent-button');

describe('the pane outside Excel, with Office.js blocked', () => {
  it('opens the embedded model and shows its measures, the back end and the formulas', () =>
    visit({ query: '' }, async (page) => {
      await ready(page);
      await row(page, 'TOKENS').waitFor();
      const formulas = await text(page);
      for (const fact of [EMBEDDED.name, 'Text and tokens', 'Copy', 'No spreadsheet around this page']) {
        expect(formulas).toContain(fact);
      }
      await openView(page, 'Model');
      await page.getByText('128 tokens').waitFor();
      const shown = await text(page);
      for (const fact of ['1,536 tokens', 'MB']) expect(shown).toContain(fact);
      expect(shown).toMatch(/Back end\n(WebAssembly|WebGPU|Plain JavaScript)/);
      expect(shown).toMatch(/SHA-256\n[0-9a-f]{12}\n/);
    }));

  it('can run on another back end, chosen in the pane', () =>
    visit({ query: '?backend=wasm' }, async (page) => {
      await openView(page, 'Model');
      await page
        .getByText(/WebAssembly/)
        .filter({ visible: true })
        .first()
        .waitFor();
      await page.getByText('Change back end').click();
      await page.getByLabel('Run the model on').selectOption('reference');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page
        .getByText(/Plain JavaScript/)
        .filter({ visible: true })
        .last()
        .waitFor();
      await page.getByText('it was asked for').waitFor();
    }));

  it('copies a formula instead of inserting it, and says so', () =>
    visit({}, async (page) => {
      await ready(page);
      await insertButton(page, 'TOKENS').getByText('Copy').click();
      await row(page, 'TOKENS').getByText('Copied. Paste it into a cell.').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
        '=GPT2.TOKENS("Mike is quick. He moves")',
      );
      expect(await page.getByRole('status').first().textContent()).toContain('Copied');
    }));

  it('can be worked by keyboard alone: filter, help, formula', () =>
    visit({}, async (page) => {
      await row(page, 'TOKENS').waitFor();
      await filter(page).focus();
      await page.keyboard.type('residual');
      await row(page, 'TOKENS').waitFor({ state: 'hidden' });
      await page.keyboard.press('Tab'); // the group
      await page.keyboard.press('Tab'); // the formula
      await page.keyboard.press('Enter');
      await row(page, 'RESID').getByText('resid_pre').waitFor();
      await page.keyboard.press('Tab'); // the link to its page
      await page.keyboard.press('Tab'); // its button
      await page.keyboard.press('Enter');
      await row(page, 'RESID').getByText('Copied.').waitFor();
      await filter(page).focus();
      await page.keyboard.press('Escape');
      await row(page, 'TOKENS').waitFor();
    }));

  it('says when nothing matches the filter', () =>
    visit({}, async (page) => {
      await row(page, 'TOKENS').waitFor();
      await filter(page).fill('xyzzy');
      await page.getByText('No formula matches “xyzzy”.').first().waitFor();
    }));

  it('shows the figures of the engine when asked', () =>
    visit({}, async (page) => {
      await ready(page);
      await openView(page, 'Model');
      await page.getByText('Engine figures').click();
      await page.getByText('Forward passes').waitFor();
    }));

  it('says that there are no cells to work on', () =>
    visit({}, async (page) => {
      await openView(page, 'Cells');
      await page.getByText('No spreadsheet around this page. Open the add-in in Excel').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
    }));

  it('explains a model that cannot be opened, and tries again', () =>
    visit({ query: '?model=models/none&backend=reference' }, async (page) => {
      await page.getByText('The model is not available').first().waitFor();
      expect(await text(page)).toContain('models/none');
      await page.route('**/models/none/*', (route) =>
        route.continue({ url: route.request().url().replace('models/none', EMBEDDED.path) }),
      );
      await page.getByRole('button', { name: 'Try again' }).click();
      await ready(page);
    }));

  it('refuses an unknown back end, naming it and what is allowed, and offers the usual one', () =>
    visit({ query: '?backend=cuda' }, async (page) => {
      await page.getByText('“cuda”').first().waitFor();
      expect(await text(page)).toContain('webgpu, wasm, reference');
      await page.getByRole('button', { name: 'Use Auto' }).click();
      await ready(page);
    }));

  it.each(['light', 'dark'] as const)('holds up to axe at 320 pixels, %s, whatever it shows', (colorScheme) =>
    visit({ colorScheme }, async (page) => {
      await ready(page);
      await openView(page, 'Model');
      await page.getByText('Change back end').click();
      await page.getByText('Engine figures').click();
      expect(await seriousFindings(page)).toEqual([]);
      await openView(page, 'Formulas');
      await row(page, 'RESID').locator('summary').click();
      await insertButton(page, 'RESID').click();
      await row(page, 'RESID').getByText('Copied.').waitFor();
      await page.evaluate(() => {
        for (const group of document.querySelectorAll<HTMLDetailsElement>('.group')) group.open = true;
      });
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }),
  );

  it.each(['light', 'dark'] as const)('holds up to axe after a failure, %s', (colorScheme) =>
    visit({ colorScheme, query: '?backend=cuda' }, async (page) => {
      await page.getByText('“cuda”').first().waitFor();
      expect(await seriousFindings(page)).toEqual([]);
    }),
  );
});

it("works with Microsoft's own Office.js outside Excel", () =>
  visit({ office: 'real', query: '' }, async (page) => {
    await ready(page);
    expect(await page.evaluate(() => typeof Office.onReady)).toBe('function');
    await page.getByText('No spreadsheet around this page').waitFor();
  }));

describe('the pane in Excel', () => {
  it('inserts a formula into the selected cell, and never over another', () =>
    visit({ office: 'fake light' }, async (page) => {
      await insertButton(page, 'EMBED').click();
      await row(page, 'EMBED').getByText('Inserted at B3').waitFor();
      const formula = await page.evaluate(() => (window as unknown as FakeExcelWindow).cell.formulas[0]?.[0]);
      expect(formula).toBe('=GPT2.EMBED("Mike is quick. He moves")');
      await insertButton(page, 'TOKENS').click();
      await row(page, 'TOKENS').getByText('Sheet1!B3 is not empty.').waitFor();
    }));

  it('explains the last error of a formula until it is dismissed', () =>
    visit({ office: 'fake dark' }, async (page) => {
      await ready(page);
      await page.evaluate(() =>
        (window as unknown as FakeExcelWindow).registered.ATTN?.([['a']], 9, null, {}).catch(() => undefined),
      );
      await page.getByText('#VALUE! from GPT2.ATTN').waitFor();
      expect(await text(page)).toContain('layer is 9');
      expect(await seriousFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Dismiss this error' }).click();
      await page.getByText('#VALUE! from GPT2.ATTN').waitFor({ state: 'hidden' });
    }));

  it("wears Office's theme rather than the system's", () =>
    visit({ office: 'fake dark', colorScheme: 'light' }, async (page) => {
      await ready(page);
      const scheme = await page.evaluate(() => document.documentElement.style.colorScheme);
      expect(scheme).toBe('dark');
    }));
});
