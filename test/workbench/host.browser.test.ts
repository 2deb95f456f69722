import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Selection, SheetHost } from '../../src/host/host';
import type { CellReading, Workbench } from '../../workbench/window';
import { launchChromium } from '../support/browser';
import { serveSite } from '../support/site';

type Window = { gpt2Workbench: Workbench & { host: Required<SheetHost> } };

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let site: { url: string; close(): Promise<void> };
let browser: Browser;
let page: Page;
let pane: FrameLocator;
const complaints: string[] = [];

beforeAll(async () => {
  site = await serveSite();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${site.url}workbench.html`);
  await page.waitForFunction(() => 'gpt2Workbench' in window);
  await page.evaluate(() => (window as unknown as Window).gpt2Workbench.ready);
  pane = page.frameLocator('#pane-frame');
  await pane.getByText('4 layers × 4 heads').waitFor();
  await pane.getByRole('tab', { name: 'Cells' }).click();
});

afterAll(async () => {
  expect(complaints).toEqual([]);
  await browser?.close();
  await site?.close();
});

const settled = () => page.evaluate(() => (window as unknown as Window).gpt2Workbench.settled());
const range = (address: string): Promise<CellReading[][]> =>
  page.evaluate((at) => (window as unknown as Window).gpt2Workbench.getRange(at), address);
const values = async (address: string) => (await range(address)).map((row) => row.map(({ value }) => value));
const cell = async (address: string) => (await range(address))[0]?.[0];
const select = (address: string) =>
  page.evaluate((at) => (window as unknown as Window).gpt2Workbench.host.select(at), address);
const selection = (): Promise<Selection> =>
  page.evaluate(() => (window as unknown as Window).gpt2Workbench.host.selection());
const set = (address: string, content: string | number | null) =>
  page.evaluate(([at, what]) => (window as unknown as Window).gpt2Workbench.setCell(at, what), [
    address,
    content,
  ] as const);
/** Calls the host, and gives the sentence with which it refuses. */
const ask = (name: keyof SheetHost, ...args: unknown[]): Promise<unknown> =>
  page.evaluate(
    ([method, given]) => {
      const host = (window as unknown as Window).gpt2Workbench.host as unknown as Record<
        string,
        (...args: unknown[]) => Promise<unknown>
      >;
      return Promise.resolve(host[method]?.(...given)).catch((error: Error) => `refused: ${error.message}`);
    },
    [name, args] as const,
  );
const press = (action: string) => pane.locator(`[data-action=${action}]`).click();
const said = () => pane.locator('.cells-note').innerText();
/** The colour that the grid gives to a cell, and its number format. */
const look = (address: string): Promise<{ fill?: string; format?: string }> =>
  page.evaluate((at) => (window as unknown as Window).gpt2Workbench.lookOf(at), address);

const PROMPT = 'Mike is quick. He moves';

beforeEach(async () => {
  await page.evaluate(async () => {
    const { getRange, setCell } = (window as unknown as Window).gpt2Workbench;
    getRange('Scratch!A1:L30').forEach((row, r) => {
      row.forEach(({ value, formula }, c) => {
        if (value !== null || formula) setCell(`Scratch!${String.fromCharCode(65 + c)}${r + 1}`, null);
      });
    });
  });
  await set('Scratch!B2', PROMPT);
  await set('Scratch!C4', '=GPT2.ATTN(B2,0,1)');
  await settled();
  await expect.poll(async () => (await cell('Scratch!H9'))?.value).toBeGreaterThan(0);
  await select('Scratch!D6');
});

describe('the selection', () => {
  it('tells of the spill that a cell is a part of', async () => {
    const { value, text, ...rest } = await selection();
    expect(value).toBeCloseTo((await cell('Scratch!D6'))?.value as number);
    expect(text).not.toBe('');
    expect(rest).toEqual({
      address: 'Scratch!D6',
      range: 'Scratch!D6',
      spill: {
        anchor: 'Scratch!C4',
        formula: '=GPT2.ATTN(B2,0,1)',
        address: 'Scratch!C4:H9',
        rows: 6,
        columns: 6,
        row: 2,
        column: 1,
      },
    });
  });

  it('tells of a formula without a spill, of a value, of several cells, and of nothing', async () => {
    await set('Scratch!B4', '=GPT2.NEXT(B2)');
    await settled();
    await select('Scratch!B4');
    expect(await selection()).toEqual({
      address: 'Scratch!B4',
      range: 'Scratch!B4',
      value: ' quickly',
      text: ' quickly',
      formula: '=GPT2.NEXT(B2)',
    });
    await select('Scratch!B2:B3');
    expect(await selection()).toMatchObject({ address: 'Scratch!B2', range: 'Scratch!B2:B3', value: PROMPT });
    await select('Scratch!K20');
    expect(await selection()).toEqual({
      address: 'Scratch!K20',
      range: 'Scratch!K20',
      value: null,
      text: '',
    });
  });

  it('is told of some time after it has changed, once, until that is ended', async () => {
    const count = await page.evaluate(async () => {
      const { host } = (window as unknown as Window).gpt2Workbench;
      let calls = 0;
      const pause = () => new Promise((resolve) => setTimeout(resolve, 600));
      await pause();
      const end = host.onSelectionChange(() => calls++);
      for (const address of ['Scratch!A1', 'Scratch!A2', 'Scratch!A3']) await host.select(address);
      await pause();
      const heard = calls;
      end();
      await host.select('Scratch!A4');
      await pause();
      return [heard, calls];
    });
    expect(count).toEqual([1, 1]);
  });
});

describe('reading', () => {
  it('gives values of other sheets, of names, and of all that a formula fills', async () => {
    await select('Tour!A1');
    expect(await ask('read', 'Scratch!B2:B3')).toEqual([[PROMPT], [null]]);
    expect(await ask('read', '$C$5')).toEqual([['Mike is quick. He moves']]);
    expect(await ask('read', 'prompt')).toEqual([['Mike is quick. He moves']]);
    expect(await ask('read', 'Scratch!C4#')).toEqual(await values('Scratch!C4:H9'));
  });

  it('refuses what is no address, no sheet and no spill, and names it', async () => {
    expect(await ask('read', '4B')).toMatch('4B is neither a name nor the address');
    expect(await ask('read', 'Nowhere!A1')).toBe('refused: There is no sheet named Nowhere.');
    expect(await ask('read', 'Scratch!B2#')).toBe('refused: No formula in B2 fills other cells.');
  });
});

describe('writing a block', () => {
  const write = (sheet?: string) =>
    page.evaluate(
      (name) =>
        (window as unknown as Window).gpt2Workbench.host
          .write(
            (at) => [
              { at: 'A1', content: 'query', look: 'label' },
              { at: 'A2', content: 2 },
              { at: 'B2', content: `=${at('A2')}*21` },
            ],
            name,
          )
          .catch((error: Error) => `refused: ${error.message}`),
      sheet,
    );

  it('goes beside the spill, and is one step of undoing', async () => {
    expect(await write()).toBe('Scratch!J4:K5');
    await settled();
    expect(await values('Scratch!J4:K5')).toEqual([
      ['query', null],
      [2, 42],
    ]);
    expect((await cell('Scratch!K5'))?.formula).toBe('=J5*21');
    expect(await ask('undoLast')).toMatchObject({ kind: 'write', address: 'Scratch!J4:K5', changed: [] });
    await settled();
    expect((await values('Scratch!J4:K5')).flat()).toEqual([null, null, null, null]);
  });

  it('goes below where the right is taken, and nowhere where both are', async () => {
    await set('Scratch!K5', 'mine');
    expect(await write()).toBe('Scratch!C11:D12');
    expect(await write()).toMatch(/^refused: There is no room for 2 × 2 cells .*neither J4:K5 nor C11:D12/);
    expect((await cell('Scratch!K5'))?.value).toBe('mine');
  });

  it('goes to a new sheet with a name of its own, which undoing takes away', async () => {
    expect(await write('Trace')).toBe('Trace!A1:B2');
    expect(await write('Trace')).toBe("'Trace (2)'!A1:B2");
    await settled();
    await expect.poll(async () => (await cell("'Trace (2)'!B2"))?.value).toBe(42);
    await ask('undoLast');
    expect(await ask('read', "'Trace (2)'!A1")).toBe('refused: There is no sheet named Trace (2).');
    await set('Trace!D9', 'a note of mine');
    expect(await ask('undoLast')).toMatchObject({ changed: ['Trace!D9'] });
    expect((await cell('Trace!A1'))?.value).toBe('query');
    await ask('undoLast', true);
    expect(await ask('read', 'Trace!A1')).toBe('refused: There is no sheet named Trace.');
  });
});

describe('settings', () => {
  it('are kept in the workbook until they are forgotten', async () => {
    expect(await ask('getSetting', 'model')).toBeUndefined();
    await ask('setSetting', 'model', 'models/gpt2');
    await ask('setSetting', 'other', 'x');
    expect(await ask('getSetting', 'model')).toBe('models/gpt2');
    await ask('setSetting', 'model', undefined);
    expect(await ask('getSetting', 'model')).toBeUndefined();
    expect(await ask('getSetting', 'other')).toBe('x');
    expect(await ask('getSetting', 'toString')).toBeUndefined();
  });
});

describe('the view of cells', () => {
  it('says what is selected, and follows', async () => {
    const shown = () => pane.locator('.cells-selected').innerText();
    await expect
      .poll(shown)
      .toMatch(/C4:H9[\s\S]*Scratch[\s\S]*6 × 6[\s\S]*The spill of =GPT2\.ATTN\(B2,0,1\)/);
    await select('Scratch!B2');
    await expect.poll(shown).toMatch(/B2[\s\S]*No formula/);
    await select('Scratch!K20');
    await expect.poll(shown).toMatch(/K20[\s\S]*Empty/);
  });

  it('shades attention from white to blue, and takes it back', async () => {
    const before = await look('Scratch!C4');
    await press('shade');
    await expect.poll(said).toBe('Shaded Scratch!C4:H9: white at 0, blue at the highest value.');
    expect(await look('Scratch!C4')).toEqual({ fill: '#6EA3EF', format: '0.00' });
    expect((await look('Scratch!H4')).fill).toBe('#FFFFFF');
    expect((await cell('Scratch!C4'))?.text).toBe('1.00');
    await press('undo');
    await expect.poll(said).toBe('Took back the shading of Scratch!C4:H9.');
    expect(await look('Scratch!C4')).toEqual(before);
  });

  it('shades what has a sign around 0, and leaves what is masked alone', async () => {
    await set('Scratch!C4', '=GPT2.SCORES(B2,0,1)');
    await settled();
    await expect.poll(async () => (await cell('Scratch!H4'))?.value).toBe(-1e10);
    await press('shade');
    await expect.poll(said).toBe('Shaded Scratch!C4:H9: orange below 0, white at 0, blue above.');
    expect((await look('Scratch!H4')).fill).toBeUndefined();
    expect((await cell('Scratch!H4'))?.text).toBe('masked');
    const numbers = (await values('Scratch!C4:H9')).map((row) => row.map(Number));
    const farthest = Math.max(
      ...numbers
        .flat()
        .filter((n) => n > -1e9)
        .map(Math.abs),
    );
    for (const [row, column] of [
      [1, 0],
      [5, 3],
    ] as const) {
      const value = numbers[row]?.[column] as number;
      const at = `Scratch!${'CDEFGH'[column]}${4 + row}`;
      expect((await cell(at))?.text).toBe(value.toFixed(2));
      const fill = (await look(at)).fill ?? '';
      // Blue is above 0, orange below: the red channel of the one and the blue of the other give way.
      const channel = Number.parseInt(value > 0 ? fill.slice(1, 3) : fill.slice(5, 7), 16);
      const end = value > 0 ? 0x6e : 0x70;
      expect(channel).toBe(Math.round(255 + ((end - 255) * Math.abs(value)) / farthest));
    }
    await press('undo');
    await expect.poll(said).toMatch('Took back');
  });

  it('takes colours back, and leaves what was typed since', async () => {
    await set('Scratch!J20', 0.25);
    await set('Scratch!J21', 0.5);
    await select('Scratch!J20:J21');
    await press('shade');
    await expect.poll(said).toMatch('Shaded Scratch!J20:J21');
    await set('Scratch!J20', 7);
    await press('undo');
    await expect.poll(said).toBe('Took back the shading of Scratch!J20:J21.');
    expect(await values('Scratch!J20:J21')).toEqual([[7], [0.5]]);
    expect((await look('Scratch!J21')).fill).toBeUndefined();
  });

  it('labels rows with the tokens of the prompt, never over anything', async () => {
    await press('labelRows');
    await expect.poll(said).toBe('Put 6 tokens into Scratch!B4:B9.');
    expect((await values('Scratch!B4:B9')).flat()).toEqual(['Mike', ' is', ' quick', '.', ' He', ' moves']);
    await press('labelRows');
    await expect.poll(said).toMatch(/^Scratch!B4:B9 is not empty, and nothing is overwritten/);
    await press('undo');
    await expect.poll(said).toBe('Took back the labels of Scratch!B4:B9.');
    expect((await values('Scratch!B4:B9')).flat()).toEqual(new Array(6).fill(null));
  });

  it('says why rows get no labels', async () => {
    await set('Scratch!C4', '=GPT2.TOP(B2,6)');
    await settled();
    await press('labelRows');
    await expect.poll(said).toMatch('The rows of GPT2.TOP are not the tokens of its prompt');
    await set('Scratch!C4', '=GPT2.ATTN(B2&"!",0,1)');
    await settled();
    await press('labelRows');
    await expect.poll(said).toMatch('The prompt cannot be read from B2&"!", which is a calculation.');
  });

  it('freezes a spill to its values, which then outlive the prompt, and brings the formula back', async () => {
    const before = await values('Scratch!C4:H9');
    await press('freeze');
    await expect.poll(said).toMatch('Scratch!C4:H9 holds values now.');
    expect((await cell('Scratch!C4'))?.formula).toBeUndefined();
    await set('Scratch!B2', 'The cats are');
    await settled();
    expect(await values('Scratch!C4:H9')).toEqual(before);
    await press('undo');
    await expect.poll(said).toBe('Took back the freezing of Scratch!C4:H9.');
    await settled();
    expect((await cell('Scratch!C4'))?.formula).toBe('=GPT2.ATTN(B2,0,1)');
    await expect.poll(() => values('Scratch!C4:H9')).not.toEqual(before);
    await expect.poll(async () => (await cell('Scratch!F7'))?.value).toBeNull();
    expect((await cell('Scratch!E6'))?.value).toBeGreaterThan(0);
  });

  it('asks before it takes back what was changed since', async () => {
    await press('freeze');
    await expect.poll(said).toMatch('holds values now');
    await set('Scratch!E7', 'mine');
    await press('undo');
    await expect.poll(said).toMatch(/^Scratch!E7 changed since the freezing of Scratch!C4:H9\./);
    expect((await cell('Scratch!E7'))?.value).toBe('mine');
    await pane.getByRole('button', { name: 'Keep as it is' }).click();
    await expect.poll(said).toBe('Everything stays as it is.');
    await press('undo');
    await press('undo-regardless');
    await expect.poll(said).toBe('Took back the freezing of Scratch!C4:H9.');
    await settled();
    expect((await cell('Scratch!C4'))?.formula).toBe('=GPT2.ATTN(B2,0,1)');
    await expect.poll(async () => (await cell('Scratch!E7'))?.value).toBeGreaterThan(-1);
  });

  it('knows what was taken back in the grid itself', async () => {
    await press('labelRows');
    await expect.poll(said).toMatch('Put 6 tokens');
    await page.mouse.click(500, 400); // the grid
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await cell('Scratch!B4'))?.value).toBeNull();
    const { address } = (await page.evaluate(
      () => (window as unknown as Window).gpt2Workbench.host.lastChange() ?? {},
    )) as { address?: string };
    expect(address).toBe('Scratch!B4:B9');
    for (;;) {
      const undone = await ask('undoLast', true);
      if (typeof undone === 'string') {
        expect(undone).toBe('refused: There is nothing to undo.');
        break;
      }
      expect(undone).not.toMatchObject({ kind: 'labelRows' });
    }
  });

  it('can be worked by keyboard', async () => {
    await select('Scratch!D6');
    await pane.getByRole('tab', { name: 'Cells' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(said).toMatch('Shaded Scratch!C4:H9');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(said).toMatch('Took back the shading');
    expect(await pane.getByRole('status').first().textContent()).toMatch('Took back the shading');
  });

  it.each(['light', 'dark'] as const)('holds up to axe, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await press('freeze');
    await set('Scratch!E7', 'mine');
    await press('undo');
    await pane.getByRole('button', { name: 'Undo all the same' }).waitFor();
    const frame = page.frames().find((each) => each.url().includes('workbench-pane'));
    if (!frame) throw new Error('The pane has no frame.');
    await frame.evaluate(AXE);
    const { violations } = (await frame.evaluate('axe.run()')) as AxeResults;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)).toEqual([]);
    await press('undo-regardless');
    await page.emulateMedia({ colorScheme: 'light' });
  });
});
