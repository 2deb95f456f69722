import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InsertOptions, SheetHost, Undone } from '../../src/host/host';
import type { Sheet } from '../../src/workbook/sheet';
import type { Workbench } from '../../workbench/window';
import { seriousFindings } from '../support/axe';
import { useSite } from '../support/site';
import { type OpenWorkbench, openWorkbench } from '../support/workbench';

type Window = { gpt2Workbench: Workbench & { host: Required<SheetHost> } };

/** A sheet as data for the page: `{Map}` stands for the name that Map really gets, and numbers are plain. */
type Described = Partial<Omit<Sheet, 'numbers'>> & {
  numbers?: { at: string; columns: number; count: number }[];
};

const PROMPT = 'Once there was a';

const map: Described = {
  name: 'Map',
  tab: '#1F5FBF',
  columns: [{ from: 'B', width: 260 }],
  rowHeights: { 2: 40 },
  frozen: { rows: 3, columns: 1 },
  start: 'B5',
  names: { prompt: 'B5' },
  cells: [
    { at: 'B2', content: 'A map of the model', look: 'title', mergedTo: 'D2' },
    { at: 'B5', content: PROMPT, look: 'input', note: 'Type what you like.' },
    { at: 'C5', content: '=GPT2.NEXT(prompt)', look: 'answer' },
    { at: 'B6', content: '007' },
    { at: 'B7', content: "='{Tokens}'!B3&\"|\"&'{Tokens}'!prompt" },
    { at: 'B9', content: 'To the tokens', link: "'{Tokens}'!B2", mergedTo: 'C9' },
    { at: 'B10', content: 'Nowhere', link: 'Gone!A1' },
    { at: 'F4', content: 'token', look: 'caption' },
    { at: 'F5', content: '=GPT2.TOP(prompt,8)', spillsTo: 'I12' },
  ],
  areas: [{ range: 'F5:F12', look: 'token' }],
  scales: [{ range: 'G5:G12', low: { colour: '#FFFFFF', at: 0 }, high: { colour: '#6EA3EF', at: 1 } }],
  charts: [
    {
      kind: 'columns',
      title: 'The likeliest next tokens',
      at: 'B14:F26',
      categories: 'F5:F12',
      series: [{ name: 'probability', values: 'G5:G12' }],
      axes: { across: 'token', up: 'probability' },
    },
  ],
};
const tokens: Described = {
  name: 'Tokens',
  start: 'B2',
  names: { prompt: 'B2' },
  cells: [
    { at: 'B2', content: 'Mike is quick', look: 'input' },
    { at: 'B3', content: '=GPT2.TOKENS(prompt)', spillsTo: 'B10' },
    { at: 'C3', content: "=LEN('{Map}'!B5)" },
    { at: 'D3', content: '', link: "'{Map}'!B2" },
  ],
};
const large: Described = { name: 'Large', numbers: [{ at: 'A1', columns: 100, count: 1_000_000 }] };

const site = useSite();
let workbench: OpenWorkbench;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  workbench = await openWorkbench(site.browser, site.url, {
    before: (opened) => opened.on('pageerror', (error) => complaints.push(error.message)),
  });
  page = workbench.page;
});
afterAll(async () => {
  expect(complaints).toEqual([]);
  await workbench?.close();
});

/** Takes back what the test before has inserted. */
beforeEach(async () => {
  await page.evaluate(async () => {
    const { host } = (window as unknown as Window).gpt2Workbench;
    while (host.lastChange()) await host.undoLast(true);
  });
  await workbench.select('Scratch!A1');
});

interface Outcome {
  names?: readonly string[];
  refused?: { name: string; message: string };
  /** Fractions with the sheets that were being written. */
  progress: [number, string][];
  /** How often something else had its turn while it went on. */
  turns: number;
}

/** Inserts sheets. @param stopAt the fraction at which it is cancelled */
const insert = (
  sheets: readonly Described[],
  { taken, stopAt }: Pick<InsertOptions, 'taken'> & { stopAt?: number } = {},
): Promise<Outcome> =>
  page.evaluate(
    async ([text, taken, stopAt]) => {
      const { host, settled } = (window as unknown as Window).gpt2Workbench;
      const stop = new AbortController();
      const outcome: Outcome = { progress: [], turns: 0 };
      const turns = setInterval(() => outcome.turns++);
      try {
        outcome.names = await host.insert(
          (named) =>
            (JSON.parse(text.replace(/\{([A-Z][a-z]+)\}/g, (_, wish) => named(wish))) as Described[]).map(
              ({ numbers = [], ...rest }) => ({
                name: '',
                columns: [],
                defaultWidth: 88,
                rowHeights: {},
                frozen: { rows: 0, columns: 0 },
                start: 'A1',
                names: {},
                cells: [],
                areas: [],
                scales: [],
                ...rest,
                numbers: numbers.map(({ count, ...block }) => ({
                  ...block,
                  values: Float32Array.from({ length: count }, (_, place) => place / 8),
                })),
              }),
            ),
          {
            ...(taken && { taken }),
            signal: stop.signal,
            onProgress: (fraction, sheet) => {
              outcome.progress.push([fraction, sheet]);
              if (stopAt !== undefined && fraction >= stopAt) stop.abort();
            },
          },
        );
      } catch (error) {
        const { name, message } = error as Error;
        outcome.refused = { name, message };
      }
      clearInterval(turns);
      await settled();
      return outcome;
    },
    [JSON.stringify(sheets), taken, stopAt] as const,
  );

const undo = (regardless = false): Promise<Undone> =>
  page.evaluate((all) => (window as unknown as Window).gpt2Workbench.host.undoLast(all), regardless);
const sheets = () => page.locator('[data-u-comp="slide-tab-item"]').allInnerTexts();
const values = async (address: string) => (await workbench.values(address))[0]?.flat();
const selection = () => page.evaluate(() => (window as unknown as Window).gpt2Workbench.selection);
const status = () => page.locator('#status').innerText();
const refusal = (address: string) =>
  page.evaluate(
    (at) =>
      (window as unknown as Window).gpt2Workbench.host.read(at).then(String, (error: Error) => error.message),
    address,
  );

/** Set to a folder, the tests leave pictures of what they saw there. */
const PICTURES = process.env.PICTURES;
async function picture(name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

describe('a book', () => {
  it('is inserted behind the selected sheet, shows its first, and calculates', async () => {
    await workbench.set({ 'Scratch!A1': `=GPT2.NEXT("${PROMPT}")`, 'Scratch!A2': 'mine' });
    await workbench.select('Tour!C5');
    const { names } = await insert([map, tokens]);
    expect(names).toEqual(['Map', 'Tokens']);
    expect(await sheets()).toEqual(['Tour', 'Map', 'Tokens', 'Scratch']);
    expect(await selection()).toBe('Map!B5');
    const [next] = (await values('Scratch!A1')) ?? [];
    expect(next).toBeTypeOf('string');
    await expect.poll(() => values('Map!C5')).toEqual([next]);
    expect((await workbench.read('Map!C5')).formula).toBe('=GPT2.NEXT(prompt)');
    expect(await values('Map!B6')).toEqual(['007']);
    await expect.poll(() => values('Tokens!B3:B5')).toEqual(['Mike', ' is', ' quick']);
    await expect.poll(() => values('Map!B7')).toEqual(['Mike|Mike is quick']);
    expect(await values('Tokens!C3')).toEqual([PROMPT.length]);
    expect(await values('Scratch!A2')).toEqual(['mine']);
    await picture('inserted');
    await workbench.set({ 'Scratch!A1': null, 'Scratch!A2': null });
  });

  it('has names of its own on each sheet, beside those of the workbook', async () => {
    await insert([map, tokens]);
    expect(await values('Tour!I5')).toEqual([' quickly']);
    await workbench.set({
      'Map!B5': 'Mike is quick. He moves',
      'Scratch!C1': '=prompt',
      'Scratch!C2': '=Map!prompt',
    });
    await workbench.settled();
    await expect.poll(() => values('Map!C5')).toEqual([' quickly']);
    expect(await values('Tokens!B3')).toEqual(['Mike']);
    expect(await values('Scratch!C1:C2')).toEqual(['Mike is quick. He moves', 'Mike is quick. He moves']);
    await workbench.set({ 'Tour!C5': PROMPT });
    await expect.poll(() => values('Scratch!C1')).toEqual([PROMPT]);
    expect(await values('Scratch!C2')).toEqual(['Mike is quick. He moves']);
    expect(await refusal('Tokens!prompt')).toBe('Mike is quick');
    await workbench.set({ 'Tour!C5': 'Mike is quick. He moves', 'Scratch!C1': null, 'Scratch!C2': null });
  });

  it('keeps its looks, colours and sizes', async () => {
    await insert([map, tokens]);
    await expect.poll(() => values('Map!G5')).not.toEqual([null]);
    const looks = await page.evaluate(() => {
      const { lookOf } = (window as unknown as Window).gpt2Workbench;
      return [lookOf('Map!B5'), lookOf('Map!G5'), lookOf('Map!F6')];
    });
    expect(looks[0]?.fill).toBe('#FFF4C2');
    expect(looks[1]?.fill).toMatch(/^#[0-9A-F]{6}$/);
    expect(looks[2]?.format).toContain('@');
  });

  it('may be large: numbers arrive in slices, between which other things have their turn', async () => {
    const { progress, turns } = await insert([large]);
    expect(await values('Large!A1:C1')).toEqual([0, 0.125, 0.25]);
    expect(await values('Large!CV10000')).toEqual([999_999 / 8]);
    expect(turns).toBeGreaterThan(3);
    const fractions = progress.map(([fraction]) => fraction);
    expect(fractions.length).toBeGreaterThan(3);
    expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
    expect(progress.at(-1)).toEqual([1, 'Large']);
    expect((await undo()).changed).toEqual([]);
    expect(await sheets()).toEqual(['Tour', 'Scratch']);
  });

  it('is gone again when it is cancelled halfway', async () => {
    const { refused, names } = await insert([map, tokens, large], { stopAt: 0.3 });
    expect(names).toBeUndefined();
    expect(refused).toEqual({ name: 'AbortError', message: 'Stopped. Nothing was inserted.' });
    expect(await sheets()).toEqual(['Tour', 'Scratch']);
    expect(await selection()).toBe('Scratch!A1');
    expect(await refusal('Map!prompt')).toContain('There is no sheet named Map');
    const left = await page.evaluate(() => (window as unknown as Window).gpt2Workbench.host.lastChange());
    expect(left).toBeUndefined();
  });
});

describe('names that are taken', () => {
  it('are told before anything is changed', async () => {
    await insert([map, tokens]);
    const { refused } = await insert([tokens, large]);
    expect(refused).toEqual({
      name: 'SheetsInTheWay',
      message: 'The workbook already has a sheet named Tokens. Nothing was inserted.',
    });
    expect(await sheets()).toEqual(['Tour', 'Scratch', 'Map', 'Tokens']);
  });

  it('get numbers, and formulas and links follow', async () => {
    await insert([map, tokens]);
    await workbench.set({ 'Tokens!B2': 'changed' });
    const { names } = await insert([map, tokens], { taken: 'rename' });
    expect(names).toEqual(['Map (2)', 'Tokens (2)']);
    await expect.poll(() => values("'Map (2)'!B7")).toEqual(['Mike|Mike is quick']);
    expect((await workbench.read("'Map (2)'!B7")).formula).toContain("'Tokens (2)'!B3");
    await workbench.select("'Map (2)'!B9");
    await page.keyboard.press('Control+Enter');
    await expect.poll(selection).toBe("'Tokens (2)'!B2");
  });

  it('are given up by the sheets that had them; those come back with undo', async () => {
    await insert([map, tokens]);
    await workbench.set({ 'Tokens!B2': 'Once there', 'Scratch!A5': '=Tokens!B2' });
    await expect.poll(() => values('Scratch!A5')).toEqual(['Once there']);
    await insert([tokens], { taken: 'replace' });
    expect(await sheets()).toEqual(['Tour', 'Scratch', 'Map', 'Tokens']);
    await expect.poll(() => values('Tokens!B2:B3')).toEqual(['Mike is quick', 'Mike']);
    await expect.poll(() => values('Scratch!A5')).toEqual(['Mike is quick']);
    await undo();
    await workbench.settled();
    expect(await sheets()).toEqual(['Tour', 'Scratch', 'Map', 'Tokens']);
    await expect.poll(() => values('Tokens!B2:B4')).toEqual(['Once there', 'Once', ' there']);
    await expect.poll(() => values('Scratch!A5')).toEqual(['Once there']);
    await workbench.set({ 'Scratch!A5': null });
  });
});

describe('undo', () => {
  it('tells of what somebody has changed since', async () => {
    await insert([map, tokens]);
    await workbench.set({ 'Map!B5': 'mine', 'Tokens!H7': 'a remark' });
    expect(await undo()).toEqual({
      kind: 'insert',
      address: 'Map, Tokens',
      changed: ['Map!B5', 'Tokens!H7'],
    });
    expect(await sheets()).toHaveLength(4);
    await undo(true);
    expect(await sheets()).toEqual(['Tour', 'Scratch']);
  });

  it('is one step of the spreadsheet’s own history, there and back', async () => {
    await insert([map, tokens]);
    await expect.poll(() => values('Map!B7')).toEqual(['Mike|Mike is quick']);
    await page.keyboard.press('Control+z');
    await expect.poll(sheets).toEqual(['Tour', 'Scratch']);
    await page.keyboard.press('Control+y');
    await expect.poll(sheets).toHaveLength(4);
    await workbench.settled();
    await expect.poll(() => values('Map!B7')).toEqual(['Mike|Mike is quick']);
    await workbench.set({ 'Map!B5': 'Mike is quick. He moves' });
    await expect.poll(() => values('Map!C5')).toEqual([' quickly']);
  });
});

describe('links and notes', () => {
  /** The middle of a cell on the screen, from the places of the chart and the rows above it. */
  const click = async (address: string) => {
    await workbench.select(address);
    const marker = await page.locator('#status button').innerText();
    expect(marker).not.toBe('');
  };

  it('lead to other sheets with the keyboard, with the line below, and say when they lead nowhere', async () => {
    await insert([map, tokens]);
    await click('Map!B9');
    expect(await status()).toMatch(/^Go to Tokens, B2\s+Ctrl\+Enter$/);
    await page.keyboard.press('Control+Enter');
    await expect.poll(selection).toBe('Tokens!B2');
    await workbench.select('Tokens!D3');
    await page.locator('#status button', { hasText: 'Go to Map, B2' }).click();
    await expect.poll(selection).toBe('Map!B2');
    await click('Map!B10');
    await page.keyboard.press('Control+Enter');
    await expect.poll(status).toBe('The link leads to Gone, A1, which is not there any more.');
  });

  it('lead there with a click', async () => {
    await insert([map, tokens]);
    const grid = await page.locator('#grid').boundingBox();
    // Row 9 of the sheet, under two heads and with row 2 of 40 pixels.
    const place = { x: (grid?.x ?? 0) + 200, y: (grid?.y ?? 0) + 28 + 20 + 7 * 24 + 40 + 12 };
    // A click may come before the grid listens; one behind that which led there would select something else on that sheet.
    await expect
      .poll(async () => {
        if (!(await selection())?.startsWith('Map!')) return selection();
        await page.mouse.click(place.x, place.y);
        await page.waitForTimeout(1000);
        return selection();
      })
      .toBe('Tokens!B2');
  });

  it('are read below the grid, and beside the pointer until Esc', async () => {
    await insert([map, tokens]);
    await expect.poll(status).toBe('Note on Map!B5: Type what you like.');
    const grid = await page.locator('#grid').boundingBox();
    const note = page.locator('.cell-note');
    expect(await note.isVisible()).toBe(false);
    const y = (grid?.y ?? 0) + 28 + 20 + 3 * 24 + 40 + 12;
    await page.mouse.move((grid?.x ?? 0) + 190, y + 80);
    await page.mouse.move((grid?.x ?? 0) + 200, y);
    await note.waitFor();
    expect(await note.innerText()).toBe('Type what you like.');
    await picture('note');
    await page.keyboard.press('Escape');
    await note.waitFor({ state: 'hidden' });
  });
});

describe('charts', () => {
  const figure = () => page.getByRole('figure', { name: 'The likeliest next tokens' });
  /** What screen readers are given of it. */
  const table = () => page.locator('.chart table tbody tr').allInnerTexts();

  it('show the values of their cells, follow them, and scroll with the cells', async () => {
    await insert([map, tokens]);
    await figure().locator('svg').waitFor();
    await expect.poll(async () => (await table()).length).toBe(8);
    const before = await table();
    const [probability] = (await values('Map!G5')) ?? [];
    expect(before[0]).toContain(String(probability));
    await workbench.set({ 'Map!B5': 'Mike is quick. He moves' });
    await expect.poll(async () => (await table())[0]).toContain('quickly');
    await picture('chart');

    const top = async () => (await figure().boundingBox())?.y ?? Number.NaN;
    const at = await top();
    const grid = await page.locator('#grid').boundingBox();
    await page.mouse.move((grid?.x ?? 0) + 400, (grid?.y ?? 0) + 300);
    await page.mouse.wheel(0, 120);
    await expect.poll(top).toBeLessThan(at - 40);
    await workbench.select('Scratch!A1');
    await figure().waitFor({ state: 'detached' });
  });

  it.each(['light', 'dark'] as const)('hold up to axe, and so do links, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await insert([map, tokens]);
    await figure().locator('svg').waitFor();
    await picture(`inserted-${colorScheme}`);
    await workbench.select('Map!B9');
    await page.locator('#status button').waitFor();
    // Without the grid, whose buttons and fields are Univer's own.
    expect(await seriousFindings(page, '.bar', '.charts', '#status')).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });
});
