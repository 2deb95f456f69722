import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { seriousFindings } from '../../support/axe';
import { writeModelFolder } from '../../support/model-folder';
import { randomModel, smallConfig } from '../../support/models';
import { withoutOffice } from '../../support/pane';
import { useSite } from '../../support/site';
import { partsOfFile } from '../../support/zip';

const site = useSite({
  models(folder) {
    const model = (changes: Parameters<typeof smallConfig>[0]) => randomModel(smallConfig(changes), 1);
    writeModelFolder(`${folder}/small`, model({ vocab_size: 257, n_positions: 12 }), true);
    writeModelFolder(`${folder}/wide`, model({ vocab_size: 40_000, n_embd: 36, n_head: 4 }), false);
  },
});

/** Opens the pane's view of a model and gives its section to `use` when the model is ready. */
async function visit(
  { model, ...context }: BrowserContextOptions & { model?: string },
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const opened = await site.browser.newContext({
    viewport: { width: 320, height: 900 },
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...context,
  });
  try {
    const page = await opened.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await withoutOffice(page);
    await page.goto(`${site.url}taskpane.html?backend=reference${model ? `&model=models/${model}/` : ''}`);
    await page.getByRole('tab', { name: 'Sheets' }).click();
    // Until the model is there, the note says that it is waited for, and the button does nothing.
    await page.locator('#export-note', { hasText: /activations/ }).waitFor();
    await use(page);
    expect(errors).toEqual([]);
  } finally {
    await opened.close();
  }
}

const button = (page: Page, name: string) => page.locator('.export').getByRole('button', { name });

describe('a workbook without the add-in', () => {
  it('says what it will hold, tells how far it has come, and is saved', async () => {
    await visit({}, async (page) => {
      await expect
        .poll(() => page.locator('#export-note').textContent())
        .toMatch(/^607,296 weights and [\d,]+ activations for up to 32 tokens; a file of about \d\.\d MB\.$/);
      const told: string[] = [];
      await page.exposeFunction('tell', (text: string) => told.push(text));
      await page.evaluate(() => {
        const line = document.querySelector('.export .progress-text') as HTMLElement;
        new MutationObserver(() =>
          (window as unknown as { tell(text: string): void }).tell(line.textContent ?? ''),
        ).observe(line, { childList: true, characterData: true, subtree: true });
      });
      const saving = page.waitForEvent('download', { timeout: 110_000 });
      await button(page, 'Make the workbook').click();
      await page.screenshot({
        path: process.env.PICTURES ? `${process.env.PICTURES}/export-progress.png` : undefined,
      });
      const file = await saving;
      expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
      const bytes = readFileSync(await file.path());
      const parts = partsOfFile(bytes);
      expect(bytes.length).toBeLessThan(15e6);
      expect(parts.get('xl/workbook.xml')).toContain('name="Block 3"');
      expect(told.some((text) => text.startsWith('Fetching h.0.'))).toBe(true);
      expect(told).toContain('Writing the sheet Block 0');
      await expect.poll(() => page.locator('.export-outcome').textContent()).toContain('is ready');
      await page.locator('.export').scrollIntoViewIfNeeded();
      await page.screenshot({
        path: process.env.PICTURES ? `${process.env.PICTURES}/export-ready.png` : undefined,
      });
      const again = page.waitForEvent('download');
      await button(page, 'Save the file').click();
      expect((await again).suggestedFilename()).toBe(file.suggestedFilename());
      expect(await seriousFindings(page)).toEqual([]);
    });
  });

  it('can be stopped, and made afterwards', async () => {
    await visit({}, async (page) => {
      await button(page, 'Make the workbook').press('Enter');
      await button(page, 'Cancel').press('Enter');
      await expect
        .poll(() => page.locator('.export-outcome').textContent())
        .toBe('Stopped. Nothing was made.');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Make the workbook');
      const saving = page.waitForEvent('download', { timeout: 110_000 });
      await button(page, 'Make the workbook').press('Enter');
      expect((await saving).suggestedFilename()).toMatch(/\.xlsx$/);
    });
  });

  it('is made of another model, with its own room', async () => {
    await visit({ model: 'small', colorScheme: 'dark' }, async (page) => {
      await expect.poll(() => page.locator('#export-note').textContent()).toContain('for up to 12 tokens');
      const saving = page.waitForEvent('download', { timeout: 60_000 });
      await button(page, 'Make the workbook').click();
      const parts = partsOfFile(readFileSync(await (await saving).path()));
      expect(parts.get('xl/sharedStrings.xml')).toContain('small in cells');
      expect(await seriousFindings(page)).toEqual([]);
    });
  });

  it('says with figures why a model is too large', async () => {
    await visit({ model: 'wide' }, async (page) => {
      await expect
        .poll(() => page.locator('#export-note').textContent())
        .toMatch(/^.* has [\d,]+ numbers to put into cells, .* at most 1,400,000, about 15 MB\./);
      expect(await button(page, 'Make the workbook').getAttribute('disabled-focusable')).not.toBeNull();
    });
  });
});
