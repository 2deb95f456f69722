import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seriousFindings } from '../../support/axe';
import { useSite } from '../../support/site';
import { openTab, type Tab } from './pages';

const site = useSite();
let context: BrowserContext;
let tab: Tab;
let page: Page;
beforeEach(async () => {
  context = await site.browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(60_000);
  tab = await openTab(context, site.url);
  page = tab.page;
});
afterEach(() => context.close());

/** What of the page is the workbench's own. */
const OURS = ['.bar', '#notice', 'dialog'];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Saves the workbook through the menu. */
async function saved(line = 'Save as .xlsx'): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), choose(line)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
const choose = async (line: string) => {
  await page.locator('#file-button').click();
  await page.getByRole('menuitem', { name: line, exact: true }).click();
};

/** Opens a file through the menu. */
async function chooseFile(name: string, buffer: Buffer): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), tab.choose('Open…')]);
  await chooser.setFiles({ name, mimeType: XLSX, buffer });
}

/** Drops files on the grid. */
async function drop(...files: { name: string; text: string }[]): Promise<void> {
  const transfer = await page.evaluateHandle((all) => {
    const data = new DataTransfer();
    for (const { name, text } of all) data.items.add(new File([text], name));
    return data;
  }, files);
  await page.dispatchEvent('#grid', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('#grid', 'drop', { dataTransfer: transfer });
}

describe('an .xlsx file', { timeout: 120_000 }, () => {
  it('holds the workbook: saved, and opened as another, it is the same and calculates', async () => {
    await tab.set('Scratch!A1', 'Mike is quick. He moves');
    await tab.set('Scratch!A2', '=GPT2.EMBED(A1)');
    await tab.set('Scratch!A20', '=SUM(A2:C4)&" ü"');
    await tab.kept();
    const [tour, scratch] = [await tab.values('Tour!A1:Z68'), await tab.values('Scratch!A1:CR20')];
    const grid = page.locator('#grid');
    const before = await grid.screenshot();
    const { name, bytes } = await saved();
    expect(name).toBe('My workbook.xlsx');
    expect(await tab.notice()).toBe('Saved as “My workbook.xlsx” in your downloads. ×');

    await tab.reloading(() => tab.choose('New workbook'));
    await tab.reloading(() => chooseFile(name, bytes));
    expect(await tab.notice()).toContain('“My workbook.xlsx” is open');
    // The line under the header makes the grid less high; without it the two pictures show the same.
    await page.getByRole('button', { name: 'Close this message' }).click();
    expect(await tab.header()).toBe('My workbook (2) Saved in this browser');
    await tab.kept();
    expect(await tab.values('Tour!A1:Z68')).toEqual(tour);
    expect(await tab.values('Scratch!A1:CR20')).toEqual(scratch);
    const different = await differentPixels(before, await grid.screenshot());
    console.log(`The tour before and after: ${(different * 100).toFixed(3)} % of the grid's pixels differ.`);
    expect(different).toBeLessThan(0.005);

    await tab.set('Tour!C5', 'The fox is red. It');
    await tab.kept();
    expect((await tab.read('Tour!B11')).value).toBe('The');
    await tab.reloading(() =>
      tab
        .choose('Workbooks in this browser…')
        .then(() => page.getByRole('button', { name: 'Open “My workbook”' }).click()),
    );
    expect((await tab.read('Tour!C5')).value).toBe('Mike is quick. He moves');
  });

  it('has the numbers of GPT-2 without formulas when that is asked for', async () => {
    await tab.kept();
    const { bytes } = await saved('Save as .xlsx, GPT-2’s numbers as values');
    await tab.reloading(() => chooseFile('values.xlsx', bytes));
    await tab.kept();
    expect(await tab.read('Tour!B11')).toEqual({ value: 'Mike', text: '“Mike”' });
    expect((await tab.read('Tour!J11')).formula).toContain('REPT');
  });

  it.each([
    ['old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), '(.xls). Save it as .xlsx'],
    ['letter.xlsx', Buffer.from('Dear Sir'), '“letter.xlsx” is not a workbook.'],
  ])(
    'that cannot be opened is named with the reason, and nothing else changes: %s',
    async (name, bytes, reason) => {
      await tab.set('Scratch!A1', 'precious');
      await chooseFile(name, bytes);
      const dialog = page.getByRole('dialog', { name: 'The file was not opened' });
      await dialog.getByText(reason).waitFor();
      expect(await seriousFindings(page, ...OURS)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await dialog.count()).toBe(0);
      expect((await tab.read('Scratch!A1')).value).toBe('precious');
    },
  );

  it('is opened when it is dropped on the grid, one at a time', async () => {
    await tab.set('Scratch!A1', 'precious');
    await drop({ name: 'a.csv', text: '1,2' }, { name: 'b.csv', text: '1,2' });
    await page.getByText('Open one file at a time.').waitFor();
    await page.keyboard.press('Escape');
    await tab.reloading(() => drop({ name: 'list.csv', text: 'fox,3\nwolf,4' }));
    expect(await tab.values('list!A1:B2')).toEqual([
      ['fox', 3],
      ['wolf', 4],
    ]);
    // What was open is among the workbooks of the browser.
    await tab.reloading(() =>
      tab
        .choose('Workbooks in this browser…')
        .then(() => page.getByRole('button', { name: 'Open “My workbook”' }).click()),
    );
    expect((await tab.read('Scratch!A1')).value).toBe('precious');
  });

  it('says what it left out, and keeps a formula that it does not know', async () => {
    const { writeXlsx } = await import('hucre');
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Data',
          cells: new Map([
            ['0,0', { formula: 'UNHEARD(B1)', formulaResult: 7 }],
            ['1,0', { formula: 'A1*2', formulaResult: 14 }],
          ]),
          dataValidations: [{ type: 'list', values: ['a'], range: 'D1' }],
        },
      ],
    });
    await tab.reloading(() => chooseFile('office.xlsx', Buffer.from(bytes)));
    const dialog = page.getByRole('dialog', { name: '“office.xlsx” is open' });
    await dialog.getByText('One formula that the workbench cannot calculate (UNHEARD)').waitFor();
    expect(await dialog.getByRole('listitem').count()).toBe(2);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await tab.kept();
    expect(await tab.values('Data!A1:A2')).toEqual([[7], [14]]);
    const { bytes: again } = await saved();
    const { readXlsx } = await import('hucre');
    const { sheets } = await readXlsx(again);
    expect(sheets[0]?.cells?.get('0,0')).toMatchObject({ formula: 'UNHEARD(B1)', formulaResult: 7 });
    await tab.reload();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

describe('the menu File', { timeout: 120_000 }, () => {
  it('is worked by keys, and named for screen readers', async () => {
    const button = page.getByRole('button', { name: 'File' });
    await button.focus();
    await page.keyboard.press('ArrowUp');
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    expect(await focused()).toBe('Start afresh with the tour');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('New workbook');
    await page.keyboard.press('w');
    expect(await focused()).toBe('Workbooks in this browser…');
    expect(await seriousFindings(page, '.bar')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    expect(await focused()).toBe('File');
  });

  it.each(['light', 'dark'] as const)(
    'and its dialogs have nothing that axe finds serious: %s',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await tab.set('Scratch!A1', 1);
      await tab.kept();
      await tab.choose('Workbooks in this browser…');
      await page.getByRole('button', { name: 'Delete “My workbook”' }).click();
      expect(await seriousFindings(page, ...OURS)).toEqual([]);
      await page.keyboard.press('Escape');
      await tab.choose('Rename…');
      expect(await seriousFindings(page, ...OURS)).toEqual([]);
    },
  );

  it('fits a window of 320 pixels', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await tab.set('Scratch!A1', 1);
    await tab.kept();
    await tab.choose('Workbooks in this browser…');
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('.bar *, dialog, dialog *')]
        .filter((element) => {
          const { left, right, width } = element.getBoundingClientRect();
          return width > 1 && (right > innerWidth + 1 || left < -1);
        })
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    expect(wide).toEqual([]);
  });
});

/** How many of the pixels of two pictures differ clearly, as a part of all. */
async function differentPixels(before: Buffer, after: Buffer): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const [a, b] = await Promise.all(
        pictures.map(async (picture) => {
          const bitmap = await createImageBitmap(
            new Blob([Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0))]),
          );
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          const drawing = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
          drawing.drawImage(bitmap, 0, 0);
          return drawing.getImageData(0, 0, bitmap.width, bitmap.height);
        }),
      );
      if (!a || !b || a.width !== b.width || a.height !== b.height) return 1;
      let different = 0;
      for (let at = 0; at < a.data.length; at += 4) {
        const far = [0, 1, 2].some(
          (channel) => Math.abs((a.data[at + channel] ?? 0) - (b.data[at + channel] ?? 0)) > 24,
        );
        if (far) different++;
      }
      return different / (a.data.length / 4);
    },
    [before.toString('base64'), after.toString('base64')],
  );
}
