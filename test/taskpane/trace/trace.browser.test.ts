import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Activations, forward, keyOf } from '../../../src/gpt2/reference';
import { seriousFindings } from '../../support/axe';
import { launchChromium } from '../../support/browser';
import { embeddedModel, embeddedTokenizer, loadModel } from '../../support/models';
import { withoutOffice } from '../../support/pane';
import { serveSite } from '../../support/site';
import { type OpenWorkbench, openWorkbench } from '../../support/workbench';

const PROMPT = 'Mike is quick. He moves';
const BACKEND = '?backend=wasm';
const [LAYER, HEAD, D] = [0, 1, 96];
const DH = 24;
/** Of a value on the screen, which has six digits, and of one in a table, which has four decimals. */
const [SHOWN, LISTED] = [1e-5, 6e-5];

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
let acts: Activations;
let T: number;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), serveSite()]);
  const ids = embeddedTokenizer().encode(PROMPT);
  T = ids.length;
  acts = forward(loadModel(embeddedModel().folder), ids, 'float64');
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

/** A number of the reference: of a head's activation [H, T, width], or of one without heads. */
function right(name: 'q' | 'k' | 'attn_scores' | 'ln_1', row: number, column: number, head = 0): number {
  const width = { q: DH, k: DH, attn_scores: T, ln_1: D }[name];
  return acts.get(keyOf(name, LAYER))?.[(head * T + row) * width + column] as number;
}

const numberOf = (text: string) => Number(text.replaceAll('−', '-'));

/** What the view says of the number in front. */
function viewOf(pane: Page | Frame) {
  const text = (selector: string) => pane.locator(selector).first().innerText();
  return {
    stage: () => text('.trace-stage'),
    place: () => text('.trace-place'),
    shown: async () => numberOf(await text('.trace-shown')),
    body: () => text('.trace-body'),
    where: () => text('.trace-where'),
    /** The rows of the first table: a label and its texts. */
    rows: () =>
      pane
        .locator('.trace-table')
        .first()
        .locator('tbody tr')
        .evaluateAll((lines) =>
          lines.map((line) => Array.from(line.children, (cell) => cell.textContent ?? '')),
        ),
    link: (label: string) => pane.locator('.trace-link').filter({ hasText: label }).first(),
    press: (action: string) => pane.locator(`[data-action=${action}]`).click(),
  };
}

describe('the view Trace in the workbench', () => {
  let workbench: OpenWorkbench;
  let view: ReturnType<typeof viewOf>;
  const errors: string[] = [];

  beforeAll(async () => {
    workbench = await openWorkbench(browser, site.url, {
      query: BACKEND,
      before: (page) => page.on('pageerror', (error) => errors.push(error.message)),
    });
    view = viewOf(workbench.pane);
    await workbench.set({
      'Scratch!B2': PROMPT,
      'Scratch!C4': `=GPT2.SCORES(B2,${LAYER},${HEAD})`,
      'Scratch!J4': '=SUM(GPT2.SCORES(B2,0,1))',
      'Scratch!B20': '=GPT2.RESID(B2,0)',
      'Scratch!B30': `=GPT2.QUERY(B20:CS25,${LAYER},${HEAD})`,
      'Scratch!B40': `=GPT2.QUERY(GPT2.EMBED(B2)+GPT2.POSITION(B2),${LAYER},${HEAD})`,
    });
    await vi.waitFor(async () => expect((await workbench.read('Scratch!C40')).value).toBeTypeOf('number'), {
      timeout: 20_000,
    });
    await workbench.settled();
    await workbench.pane.getByRole('tab', { name: 'Trace' }).click();
  });
  afterAll(async () => {
    expect(errors).toEqual([]);
    await workbench?.close();
  });

  const select = async (address: string) => {
    await workbench.select(address);
    await expect.poll(view.where).toContain(address);
  };
  const selection = () =>
    workbench.page.evaluate(
      () => (window as unknown as { gpt2Workbench: { selection: string } }).gpt2Workbench.selection,
    );

  it('explains the selected score with the operands of the reference, and politely says so', async () => {
    await select('Scratch!D8');
    await expect.poll(view.stage).toBe('Attention score');
    expect(await view.place()).toBe('layer 0 · head 1\nquery at position 4  He\nkey at position 1  is');
    const off = [Math.abs((await view.shown()) - right('attn_scores', 4, 1, HEAD))];
    expect(off[0]).toBeLessThan(SHOWN);
    const rows = await view.rows();
    expect(rows).toHaveLength(10);
    for (const [label = '', q = '', k = '', product = ''] of rows) {
      const i = Number(label.replace('dimension ', ''));
      const [left, righter] = [right('q', 4, i, HEAD), right('k', 1, i, HEAD)];
      off.push(
        Math.abs(numberOf(q) - left),
        Math.abs(numberOf(k) - righter),
        Math.abs(numberOf(product) - left * righter),
      );
    }
    console.log(`largest difference of an operand on the screen from float64: ${Math.max(...off)}`);
    expect(Math.max(...off)).toBeLessThan(LISTED);
    await expect
      .poll(() => workbench.pane.locator('[role=status][aria-live]').last().textContent())
      .toContain('Attention score: −');
    expect(await seriousFindings(workbench.pane)).toEqual([]);
  });

  it('says of a masked score that it is', async () => {
    await select('Scratch!H8');
    await expect.poll(view.body).toContain('This score is masked: position 5 comes after position 4');
    expect(await workbench.pane.locator('.trace-shown').innerText()).toBe('−1e10');
  });

  it('leads to the operands, on a sheet of their own, and back', async () => {
    await select('Scratch!D8');
    await expect.poll(view.stage).toBe('Attention score');
    await view.link('query of head 1').click();
    await expect.poll(view.stage).toBe('Query');
    await expect.poll(view.where).toContain('QUERY!A7');
    expect(await selection()).toBe('QUERY!A7:X7');
    expect(Math.abs((await view.shown()) - right('q', 4, 0, HEAD))).toBeLessThan(SHOWN);
    // The formula that reads the query is on a sheet already: its cells are selected, nothing is inserted.
    const scores = view.link('scores of head 1');
    await expect.poll(() => scores.innerText()).toContain('Scratch!C8');
    await scores.click();
    await expect.poll(view.where).toContain('Scratch!C8');
    await workbench.pane.getByRole('button', { name: 'Back' }).click();
    await expect.poll(view.where).toContain('QUERY!A7');
    await workbench.pane.getByRole('button', { name: 'Back' }).click();
    await expect.poll(view.where).toContain('Scratch!D8');
    expect(await workbench.pane.getByRole('button', { name: 'Back' }).isVisible()).toBe(false);
  });

  it('writes the calculation out in native formulas that give the same, and takes that back', async () => {
    await select('Scratch!D8');
    await expect.poll(view.stage).toBe('Attention score');
    await view.press('write');
    await workbench.pane.locator('.trace-written').getByText('Written out in').waitFor();
    const cell = await selection();
    expect(cell).toMatch(/^'Trace SCORES'!B\d+$/);
    await expect.poll(async () => (await workbench.read(cell)).value).toBeTypeOf('number');
    const { value, formula } = await workbench.read(cell);
    expect(formula).toMatch(/^=B\d+\/SQRT\(B\d+\)$/);
    const off = Math.abs((value as number) - right('attn_scores', 4, 1, HEAD));
    // The view stays with the number that was written out.
    expect(await view.where()).toContain('Scratch!D8');
    const rows = () => workbench.readRange("'Trace SCORES'!A1:B12");
    const check = async () =>
      (await rows()).find(([label]) => label?.value === 'largest difference')?.[1]?.value;
    await expect.poll(check).toBeTypeOf('number');
    console.log(`in cells: ${off} from float64, CHECK says ${await check()}`);
    expect(off).toBeLessThan(1e-5);
    expect(await check()).toBeLessThanOrEqual(1e-5);
    expect(await workbench.pane.locator('.failure').isVisible()).toBe(false);
    await view.press('undo');
    await workbench.pane.locator('.trace-written').getByText("Took 'Trace SCORES'").waitFor();
    await expect.poll(selection).toBe('Scratch!D8');
    await expect(rows()).rejects.toThrow('There is no sheet named Trace SCORES');
  });

  it.each([
    ['cells', 'Scratch!C32', 'LAYERNORM(Scratch!B20:CS25,0,"ln_1")'],
    ['a sum of calls', 'Scratch!C42', 'LAYERNORM(GPT2.EMBED(Scratch!B2)+GPT2.POSITION(Scratch!B2),0,"ln_1")'],
  ])('explains a stage of %s', async (_, address, before) => {
    await select(address);
    await expect.poll(view.stage).toBe('Query');
    // The explanation of the cell before stays until this one's is there.
    await expect.poll(() => view.link('stream after ln_1').getAttribute('title')).toBe(`=GPT2.${before}`);
    const off = Math.abs((await view.shown()) - right('q', 2, 1, HEAD));
    const rows = await view.rows();
    for (const [label = '', x = ''] of rows) {
      const i = Number(label.replace('dimension ', ''));
      expect(Math.abs(numberOf(x) - right('ln_1', 2, i))).toBeLessThan(LISTED);
    }
    expect(rows).toHaveLength(10);
    expect(off).toBeLessThan(SHOWN);
  });

  it('leads from a larger formula to what is inside it', async () => {
    await select('Scratch!J4');
    await expect.poll(view.body).toContain('This formula computes with GPT2.SCORES(B2,0,1)');
    await expect.poll(() => view.link('GPT2.SCORES').innerText()).toContain('Scratch!C4');
  });

  it('stays with a number while that is pinned, and follows what it becomes', async () => {
    await select('Scratch!D8');
    await expect.poll(view.stage).toBe('Attention score');
    const before = await view.shown();
    const pin = workbench.pane.getByRole('button', { name: 'Pin' });
    await pin.click();
    await workbench.set({ 'Scratch!B2': 'Mike was quick. He moves' });
    await workbench.select('Scratch!A1');
    await expect.poll(view.shown).not.toBe(before);
    expect(await view.where()).toContain('Scratch!D8');
    await pin.click();
    await expect.poll(view.body).toContain('Scratch!A1 is empty.');
    await workbench.set({ 'Scratch!B2': PROMPT });
  });
});

describe.each(['light', 'dark'] as const)('the view Trace without a spreadsheet, %s', (colorScheme) => {
  it('explains a formula that is typed, leads on, and holds up to axe at 320 pixels', async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 800 }, colorScheme });
    try {
      const page = await context.newPage();
      await withoutOffice(page);
      await page.goto(`${site.url}taskpane.html?backend=reference`);
      await page.getByRole('tab', { name: 'Trace' }).click();
      const view = viewOf(page);
      await expect.poll(view.stage, { timeout: 20_000 }).toBe('Attention score');
      expect(Math.abs((await view.shown()) - right('attn_scores', 5, 2, HEAD))).toBeLessThan(SHOWN);
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);

      await page.getByRole('textbox', { name: 'Row' }).fill('0');
      await page.getByRole('textbox', { name: 'Row' }).press('Enter');
      await page.getByText('Row is “0”. Allowed are whole numbers from 1').waitFor();
      await page.getByRole('textbox', { name: 'Row' }).fill('7');
      await page.getByRole('textbox', { name: 'Row' }).press('Enter');
      await page.getByText('This cell is outside the result of the formula, which is 6×6.').waitFor();
      await page.getByRole('textbox', { name: 'Formula' }).fill('=GPT2.SCORES(A1, 0, 1)');
      await page.getByRole('button', { name: 'Explain' }).click();
      await page.getByText('The argument A1 could not be read: there is no spreadsheet').waitFor();
      expect(await seriousFindings(page)).toEqual([]);

      await page
        .getByRole('textbox', { name: 'Formula' })
        .fill('=GPT2.SCORES(GPT2.IDS("Mike is quick. He moves"), 0, 1)');
      await page.getByRole('textbox', { name: 'Row' }).fill('6');
      await page.getByRole('button', { name: 'Explain' }).click();
      await expect.poll(view.stage).toBe('Attention score');
      await view.link('key of head 1').click();
      await expect.poll(view.stage).toBe('Key');
      expect(Math.abs((await view.shown()) - right('k', 2, 0, HEAD))).toBeLessThan(SHOWN);
      await page.getByRole('button', { name: 'Back' }).click();
      await expect.poll(view.stage).toBe('Attention score');
    } finally {
      await context.close();
    }
  });
});
