import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SheetHost } from '../../../src/host/host';
import { useSite } from '../../support/site';
import { openTab, type WorkbenchPage } from './pages';

const site = useSite();
let context: BrowserContext;
beforeEach(async () => {
  context = await site.browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(60_000);
});
afterEach(() => context.close());

const open = (before?: (page: Page) => unknown) => openTab(context, site.url, before);
const host = (page: Page, run: (host: Required<SheetHost>) => Promise<unknown>) =>
  page.evaluate(`(${run.toString()})(window.gpt2Workbench.host)`);

describe('a workbook in the browser', { timeout: 120_000 }, () => {
  it('is there after a reload and tomorrow: cells, formulas, colours, settings, name, selection', async () => {
    const tab = await open();
    const { page } = tab;
    await page.evaluate(() => (window as unknown as WorkbenchPage).gpt2Workbench.select('Scratch!A1'));
    await page.keyboard.type('Once there was a');
    await page.keyboard.press('Enter');
    await tab.set('Scratch!A2', '=GPT2.EMBED(A1)');
    await tab.set('Tour!C5', 'The fox is red. It');
    await tab.set('Scratch!A20', '=SUM(Scratch!A2:C5)');
    await tab.kept();
    const embedded = await tab.values('Scratch!A2:CR5');
    await host(page, (each) => each.shade('Scratch!A2:C5', 'diverging'));
    await host(page, (each) => each.setSetting('some-key', 'a value'));
    await host(page, (each) => each.select('Scratch!B3:C4'));
    const colour = await page.evaluate(
      () => (window as unknown as WorkbenchPage).gpt2Workbench.lookOf('Scratch!A2').fill,
    );
    await tab.choose('Rename…');
    await page.getByRole('textbox', { name: 'Name' }).fill('Foxes & “words”');
    await page.keyboard.press('Enter');
    await tab.kept();
    expect(await tab.header()).toBe('Foxes & “words” Saved in this browser');

    const isAsBefore = async (again: typeof tab) => {
      expect(await again.header()).toBe('Foxes & “words” Saved in this browser');
      expect(await again.page.title()).toContain('Foxes & “words”');
      expect((await again.read('Scratch!A1')).value).toBe('Once there was a');
      expect(await again.read('Scratch!A2')).toMatchObject({ formula: '=GPT2.EMBED(A1)' });
      expect(await again.values('Scratch!A2:CR5')).toEqual(embedded);
      expect((await again.read('Tour!C5')).value).toBe('The fox is red. It');
      expect(String((await again.read('Tour!I5')).value)).toMatch(/^ \w+/);
      expect(await host(again.page, (each) => each.getSetting('some-key'))).toBe('a value');
      const view = await again.page.evaluate(() => {
        const { lookOf, selection } = (window as unknown as WorkbenchPage).gpt2Workbench;
        return { fill: lookOf('Scratch!A2').fill, selection };
      });
      expect(view).toEqual({ fill: colour, selection: 'Scratch!B3:C4' });
    };
    await tab.reload();
    await isAsBefore(tab);
    await page.close();
    await isAsBefore(await open());
  });

  it('calculates what was kept, and keeps no results', async () => {
    const tab = await open();
    await tab.set('Scratch!A1', '=GPT2.TOKENS("Mike is quick")');
    await tab.kept();
    const texts = await tab.page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('gpt2-workbench');
        request.onsuccess = () => resolve(request.result);
      });
      const parts = await new Promise<{ bytes: Uint8Array }[]>((resolve) => {
        const request = database.transaction('parts').objectStore('parts').getAll();
        request.onsuccess = () => resolve(request.result);
      });
      const unpacked = (bytes: Uint8Array) =>
        new Response(
          new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip')),
        ).text();
      return Promise.all(parts.map(({ bytes }) => unpacked(bytes)));
    });
    expect(texts).toContain('{"0":{"0":{"f":"=GPT2.TOKENS(\\"Mike is quick\\")"}}}');
    expect(texts.join()).not.toContain('quickly');
  });

  it('is not begun by looking: the tour comes again as it is, until something is changed', async () => {
    const tab = await open();
    await tab.page.waitForTimeout(2000);
    expect(await tab.header()).toBe('My workbook');
    await tab.choose('Workbooks in this browser…');
    await tab.page.getByText('No workbook is kept here yet.').waitFor();
  });

  it('gives way to another: new, the tour afresh, and back from the list', async () => {
    const tab = await open();
    const { page } = tab;
    await tab.set('Scratch!A1', 'first');
    await tab.kept();
    await tab.reloading(() => tab.choose('New workbook'));
    expect(await tab.header()).toBe('My workbook (2)');
    await tab.set('A1', 'second');
    await tab.kept();
    expect((await tab.read('Sheet1!A1')).value).toBe('second');
    await tab.reloading(() => tab.choose('Start afresh with the tour'));
    expect((await tab.read('Tour!C5')).value).toBe('Mike is quick. He moves');
    await tab.choose('Workbooks in this browser…');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 workbooks').waitFor();
    await dialog.getByRole('button', { name: 'Rename “My workbook (2)”' }).click();
    await page.keyboard.type('Second');
    await page.keyboard.press('Enter');
    await dialog.getByText('Renamed to “Second”.').waitFor();
    await dialog.getByRole('button', { name: 'Delete “Second”' }).click();
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await tab.reloading(() => dialog.getByRole('button', { name: 'Open “My workbook”' }).click());
    expect((await tab.read('Scratch!A1')).value).toBe('first');
    await tab.choose('Workbooks in this browser…');
    await dialog.getByRole('button', { name: 'Delete “Second”' }).click();
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog.getByText('“Second” is deleted.').waitFor();
    await dialog.getByText('One workbook').waitFor();
    // The one that is open, too: then the tour begins.
    await dialog.getByRole('button', { name: 'Delete all…' }).click();
    await tab.reloading(() => dialog.getByRole('button', { name: 'Delete', exact: true }).click());
    expect((await tab.read('Scratch!A1')).value).toBeNull();
    await tab.choose('Workbooks in this browser…');
    await dialog.getByText('No workbook is kept here yet.').waitFor();
  });

  it('is kept twice when two tabs change it', async () => {
    const first = await open();
    await first.set('Scratch!A1', 'ours');
    await first.kept();
    const second = await open();
    expect(await second.notice()).toContain(
      '“My workbook” is open in another tab. What you change here is kept as “My workbook (2)”.',
    );
    expect((await second.read('Scratch!A1')).value).toBe('ours');
    await second.set('Scratch!A1', 'theirs');
    await second.kept();
    await first.set('Scratch!A2', 'more');
    await first.kept();
    await first.reload();
    await second.reload();
    expect(await first.values('Scratch!A1:A2')).toEqual([['ours'], ['more']]);
    expect(await second.values('Scratch!A1:A2')).toEqual([['theirs'], [null]]);
    expect(await second.header()).toBe('My workbook (2) Saved in this browser');
    await first.choose('Workbooks in this browser…');
    await first.page.getByText('open in another tab').waitFor();
    expect(await first.page.getByRole('button', { name: 'Delete “My workbook (2)”' }).count()).toBe(0);
  });

  it('becomes a copy when another tab has written it all the same', async () => {
    const without = (page: Page) =>
      page.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
    const first = await open(without);
    await first.set('Scratch!A1', 'ours');
    await first.kept();
    const second = await open(without);
    await second.set('Scratch!A1', 'theirs');
    await second.kept();
    await first.set('Scratch!A2', 'more');
    await expect.poll(() => first.notice()).toContain('This tab goes on as “My workbook (2)”');
    await first.kept();
    await first.reload();
    expect(await first.values('Scratch!A1:A2')).toEqual([['ours'], ['more']]);
  });

  it('says when there is no room, and keeps it when there is again', async () => {
    const tab = await open((page) =>
      page.addInitScript(() => {
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...given) {
          if ('full' in window) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
          return put.apply(this, given);
        };
      }),
    );
    await tab.page.evaluate(() => {
      (window as unknown as { full?: true }).full = true;
    });
    await tab.set('Scratch!A1', 'precious');
    await expect.poll(() => tab.notice()).toContain('storage is full');
    expect(await tab.header()).toBe('My workbook Not saved');
    expect(await tab.page.locator('#notice button').first().innerText()).toBe('Save as .xlsx');
    await tab.page.evaluate(() => {
      delete (window as unknown as { full?: true }).full;
    });
    await tab.set('Scratch!A2', 'again');
    await expect.poll(() => tab.header()).toBe('My workbook Saved in this browser');
    expect(await tab.notice()).toBe('');
    await tab.reload();
    expect((await tab.read('Scratch!A1')).value).toBe('precious');
  });

  it('says when the browser keeps nothing, and asks before it is lost', async () => {
    const tab = await open((page) =>
      page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        };
      }),
    );
    expect(await tab.notice()).toContain('This browser keeps nothing for this page');
    expect(await tab.header()).toBe('My workbook Not kept');
    await tab.set('Scratch!A1', 'precious');
    await tab.choose('New workbook');
    const dialog = tab.page.getByRole('dialog', { name: 'Your changes are not saved' });
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    expect((await tab.read('Scratch!A1')).value).toBe('precious');
    const [download] = await Promise.all([
      tab.page.waitForEvent('download'),
      tab.page.locator('#notice').getByRole('button', { name: 'Save as .xlsx' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('My workbook.xlsx');
  });

  it.each([
    ['damaged', 'is damaged'],
    ['newer', 'was saved by a newer version of the workbench'],
  ] as const)('is left as it is when it is %s', async (kind, sentence) => {
    const tab = await open();
    await tab.set('Scratch!A1', 'old');
    await tab.kept();
    await tab.page.evaluate(async (how) => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('gpt2-workbench');
        request.onsuccess = () => resolve(request.result);
      });
      const store = database
        .transaction(['entries', 'parts'], 'readwrite')
        .objectStore(how === 'newer' ? 'entries' : 'parts');
      await new Promise<void>((resolve) => {
        const all = store.getAll();
        all.onsuccess = () => {
          const [first] = all.result;
          if (how === 'newer') first.version = 99;
          else first.bytes = first.bytes.slice(0, first.bytes.length / 2);
          store.put(first).onsuccess = () => resolve();
        };
      });
      database.close();
    }, kind);
    await tab.reload();
    expect(await tab.notice()).toContain(sentence);
    expect((await tab.read('Scratch!A1')).value).toBeNull();
    await tab.set('Scratch!A1', 'new');
    await tab.kept();
    await tab.choose('Workbooks in this browser…');
    await tab.page.getByRole('dialog').getByText('2 workbooks').waitFor();
  });

  it('is kept by Ctrl+S at once, what is being typed too, also from the pane', async () => {
    const tab = await open();
    const { page } = tab;
    await page.keyboard.press('Control+s');
    await expect.poll(() => tab.notice()).toContain('Nothing has been changed yet');
    await page.evaluate(() => (window as unknown as WorkbenchPage).gpt2Workbench.select('Scratch!B2'));
    await page.keyboard.type('half a sen');
    await page.keyboard.press('Control+s');
    await expect.poll(() => tab.notice()).toContain('“My workbook” is saved in this browser.');
    expect((await tab.read('Scratch!B2')).value).toBe('half a sen');
    await page.locator('#notice').getByRole('button', { name: 'Close this message' }).click();
    expect(await tab.notice()).toBe('');
    await page.frameLocator('#pane-frame').getByRole('tab', { name: 'Model' }).focus();
    await page.keyboard.press('Control+s');
    await expect.poll(() => tab.notice()).toContain('is saved in this browser.');
    await tab.reload();
    expect((await tab.read('Scratch!B2')).value).toBe('half a sen');
  });
});
