import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PICTURE_IDS } from '../../../taskpane/pictures/picture';
import { seriousFindings } from '../../support/axe';
import { launchChromium } from '../../support/browser';
import { embeddedTokenizer } from '../../support/models';
import { withoutOffice } from '../../support/pane';
import { serveSite } from '../../support/site';
import type { FakeExcelWindow } from '../fake-office';
import { choose, openPictures, picture, redrawn, show, spoken, table, value, visit, write } from './visit';

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), serveSite()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

const tokenizer = embeddedTokenizer();
/** A prompt of exactly so many tokens. */
function promptOf(tokens: number): string {
  const text = ' Mike'.repeat(tokens);
  expect(tokenizer.encode(text)).toHaveLength(tokens);
  return text;
}

const prompts = {
  'one token': '',
  '128 tokens': promptOf(128),
  'strange text': 'שלום 😀\n\n"quoted" \u202eturned\u200d\tend',
};

/** Where a value lies on the page: its row and column among cells of a size, from a corner. */
async function clickCell(page: Page, field: string, row: number, column: number): Promise<void> {
  const size = await page.locator('.map-cursor').evaluate((cursor) => {
    const style = getComputedStyle(cursor);
    return Number.parseFloat(style.width) + (Number.parseFloat(style.getPropertyValue('--gap')) || 0);
  });
  const position = { x: (column + 0.5) * size, y: (row + 0.5) * size };
  await page.locator(field).click({ position });
}

describe('a picture', () => {
  it('is walked through with the keys, which say what the table has, and is left with Escape', () =>
    visit(browser, site.url, {}, async (page) => {
      const rows = await table(page);
      await picture(page).focus();
      await page.keyboard.press('Control+Home');
      expect(await spoken(page)).toBe('Mike (0) → Mike (0): 1.000');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      const shown = Number(rows[2]?.[2]).toFixed(2);
      expect(await spoken(page)).toMatch(new RegExp(`^·quick \\(2\\) → ·is \\(1\\): ${shown}\\d$`));
      expect(await value(page).textContent()).toBe(await spoken(page));
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowRight'); // the future is no place to go
      expect(await spoken(page)).toContain('·quick (2) → ·quick (2)');
      await page.keyboard.press('Escape');
      expect(
        await page.getByLabel('Picture', { exact: true }).evaluate((list) => list === document.activeElement),
      ).toBe(true);
      expect(await value(page).textContent()).toContain('Point at the picture');
    }));

  it('says values in each of its kinds', () =>
    visit(browser, site.url, {}, async (page) => {
      const says = {
        heatmap: /^\S+ \(5\) → \S+ \(\d\): [01]\.\d{3}$/,
        arcs: /^\S+ \(5\) → \S+ \(\d\): [01]\.\d{3}$/,
        heads: /^Layer 0, head 3: 0\.\d{3} on the token itself/,
        next: /^\S+: \d+\.\d %, log-probability −\d/,
        norms: /^Residual stream into layer 0: [\d.]+, mean of tokens/,
      };
      for (const id of PICTURE_IDS) {
        await show(page, id);
        await picture(page).focus();
        await expect.poll(() => spoken(page), { message: id }).toMatch(says[id]);
        await page.getByLabel('Prompt').focus();
      }
    }));

  it('tells the value under the pointer', () =>
    visit(browser, site.url, {}, async (page) => {
      const { width = 0 } = (await page.locator('.map').boundingBox()) ?? {};
      const cell = width / 6;
      await page.locator('.map').hover({ position: { x: cell / 2, y: 3.5 * cell } });
      expect(await value(page).textContent()).toMatch(/^\S+ \(3\) → Mike \(0\): /);
      await page.mouse.move(5, 5);
      expect(await value(page).textContent()).toContain('Point at the picture');
    }));

  it('of all heads leads to one of them, seen large', () =>
    visit(browser, site.url, {}, async (page) => {
      await show(page, 'heads');
      await clickCell(page, '.map', 2, 1);
      await redrawn(page, () => page.getByRole('button', { name: 'See layer 2, head 1 large' }).click());
      expect(await page.getByLabel('Layer', { exact: true }).inputValue()).toBe('2');
      expect(await page.getByLabel('Head', { exact: true }).inputValue()).toBe('1');
      expect(await picture(page).getAttribute('aria-label')).toContain('layer 2, head 1, over 6 tokens');
      expect(await picture(page).evaluate((view) => view === document.activeElement)).toBe(true);
    }));

  it('follows a temperature without asking the engine again', () =>
    visit(browser, site.url, {}, async (page) => {
      const requests = async () => {
        await page.getByRole('tab', { name: 'Model' }).click();
        const figures = page.locator('.figures');
        if (!(await figures.evaluate((box: HTMLDetailsElement) => box.open)))
          await figures.locator('summary').click();
        const shown = figures.locator('div:has(> dt:text-is("Requests")) dd');
        await shown.waitFor();
        await page.waitForTimeout(1500); // figures are read every second
        const text = await shown.textContent();
        await page.getByRole('tab', { name: 'Pictures' }).click();
        return text;
      };
      await show(page, 'next');
      const before = await requests();
      for (const temperature of ['0.1', '3']) {
        await redrawn(page, () => page.getByRole('slider').fill(temperature));
      }
      expect(await requests()).toBe(before);
      await choose(page, 'How many', '50');
      expect(await table(page)).toHaveLength(50);
      await choose(page, 'Figures', 'log');
      expect(await page.locator('.bar-figure text').first().textContent()).toMatch(/^−\d\.\d{3}$/);
    }));

  it('of a long prompt has a table of its beginning, and says so', () =>
    visit(browser, site.url, {}, async (page) => {
      await write(page, promptOf(128));
      expect(await table(page)).toHaveLength(64);
      expect(await page.locator('.picture caption').textContent()).toContain('first 64 of 128 tokens');
    }));

  it('says that a prompt is too long, and goes on when it is shorter', () =>
    visit(browser, site.url, {}, async (page) => {
      await page.getByLabel('Prompt').fill(promptOf(129));
      const problem = page.locator('.picture-problem');
      await problem.getByText('The prompt has 129 tokens: this model takes at most 128.').waitFor();
      expect(await picture(page).isVisible()).toBe(false);
      await page.getByLabel('Prompt').fill('Mike is');
      await picture(page).waitFor();
      expect(await table(page)).toHaveLength(2);
      expect(await problem.isVisible()).toBe(false);
    }));

  it('is drawn anew when another model is open', () =>
    visit(browser, site.url, {}, async (page) => {
      await page.getByRole('tab', { name: 'Model' }).click();
      await page.getByText('Change back end').click();
      await page.getByLabel('Run the model on').selectOption('wasm');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText(/WebAssembly.*asked for/).waitFor();
      await redrawn(page, () => page.getByRole('tab', { name: 'Pictures' }).click());
      expect(await table(page)).toHaveLength(6);
    }));
});

describe('a formula', () => {
  const inserted = (page: Page) =>
    page.evaluate(() => (window as unknown as FakeExcelWindow).cell.formulas[0]?.[0]);
  const emptied = (page: Page) =>
    page.evaluate(() => {
      (window as unknown as FakeExcelWindow).cell.formulas = [['']];
    });

  it('for what is seen goes into the selected cell of Excel', () =>
    visit(browser, site.url, { excel: true }, async (page) => {
      await write(page, 'He said "go"');
      await choose(page, 'Layer', '1');
      await page.getByRole('button', { name: 'Insert ATTN of layer 1, head 3' }).click();
      await page.getByText('Inserted at B3').first().waitFor();
      expect(await inserted(page)).toBe('=GPT2.ATTN("He said ""go""", 1, 3)');

      await emptied(page);
      await choose(page, 'Head', 'mean');
      await page.getByRole('button', { name: 'Insert ATTN of layer 1' }).click();
      await expect.poll(() => inserted(page)).toBe('=GPT2.ATTN("He said ""go""", 1)');

      await emptied(page);
      await show(page, 'heads');
      await clickCell(page, '.map', 2, 3);
      await expect.poll(() => inserted(page)).toBe('=GPT2.ATTN("He said ""go""", 2, 3)');
      await emptied(page);
      await picture(page).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect.poll(() => inserted(page)).toBe('=GPT2.ATTN("He said ""go""", 3, 3)');

      await emptied(page);
      await show(page, 'next');
      await page.locator('.bar-fill rect').nth(2).click();
      await expect.poll(() => inserted(page)).toBe('=GPT2.TOP("He said ""go""", 10)');

      await emptied(page);
      await show(page, 'norms');
      await picture(page).focus();
      await page.keyboard.press('End');
      await page.getByRole('button', { name: 'Insert RESID after layer 3' }).click();
      await expect.poll(() => inserted(page)).toBe('=GPT2.RESID("He said ""go""", 3, "post")');
    }));
});

describe('the prompt', () => {
  /** A page with a spreadsheet whose selection the test sets, and the pane in a frame. */
  const PARENT = `<!doctype html><script>
    let listener = () => {};
    let selected = { address: 'Tour!C5', value: 'Anna is sad.' };
    window.select = (cell) => { selected = cell; listener(); };
    window.gpt2Wire = { host: Promise.resolve({
      name: 'Workbench',
      insertFormula: async (formula) => { window.inserted = formula; return 'Tour!D9'; },
      selection: async () => selected,
      onSelectionChange: (given) => { listener = given; return () => {}; },
    }) };
  </script><iframe src="workbench-pane.html?backend=reference" width="320" height="780"></iframe>`;

  /** As the site's own pages have it: otherwise the frame could not reach the page around it. */
  const ISOLATION = { 'Document-Isolation-Policy': 'isolate-and-credentialless' };

  it('follows the selected cell where the spreadsheet can tell, past cells that hold none', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.route('**/parent.html', (route) =>
      route.fulfill({ contentType: 'text/html', headers: ISOLATION, body: PARENT }),
    );
    // The bridge to the workbench's functions is of no matter here, and there is none.
    await page.route('**/workbench-pane-bridge.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: '' }),
    );
    await page.goto(`${site.url}parent.html`);
    const frame = page.frames()[1];
    if (!frame) throw new Error('the pane has no frame');
    await openPictures(frame);
    const prompt = frame.getByLabel('Prompt');
    await expect.poll(() => prompt.inputValue()).toBe('Anna is sad.');
    await frame.getByText('From Tour!C5').waitFor();
    const select = (cell: object) =>
      page.evaluate((cell) => (window as unknown as { select(cell: object): void }).select(cell), cell);

    await redrawn(frame, () => select({ address: 'Tour!C6', value: 'The cake is big.' }));
    expect((await table(frame)).map(([token]) => token).join('')).toBe('The·cake·is·big.');

    await select({ address: 'Tour!D9', value: null });
    await select({ address: 'Tour!E9', value: ' quickly', formula: '=GPT2.NEXT(C5)' });
    await select({ address: 'Tour!E10', value: ' is', spill: { address: 'Tour!E9:E14' } });
    await select({ address: 'Tour!F1', value: 42 });
    await frame.getByRole('button', { name: 'Insert ATTN of layer 0, head 3' }).click();
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { inserted: string }).inserted))
      .toBe('=GPT2.ATTN(Tour!C6, 0, 3)');

    await frame.getByText('Follow the selected cell').click();
    await select({ address: 'Tour!C5', value: 'Anna is sad.' });
    await write(frame, 'Typed');
    expect(await frame.getByText('From Tour').isVisible()).toBe(false);
    await redrawn(frame, () => frame.getByText('Follow the selected cell').click());
    expect(await prompt.inputValue()).toBe('Anna is sad.');
    await page.close();
  });
});

describe.each(Object.entries(prompts))('with %s', (_, prompt) => {
  it.each(['light', 'dark'] as const)('every picture holds up to axe at 320 pixels, %s', (colorScheme) =>
    visit(browser, site.url, { colorScheme }, async (page) => {
      await write(page, prompt);
      for (const id of PICTURE_IDS) {
        await show(page, id);
        await picture(page).focus();
        await table(page);
        expect(await seriousFindings(page, '.view:not([hidden])'), id).toEqual([]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, id).toBeLessThanOrEqual(320);
      }
    }),
  );
});

describe('the code of the pictures', () => {
  it('is fetched when they are looked at, and again when that failed', async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 800 } });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await withoutOffice(page);
    await page.route('**/chunks/pictures.js', (route) => route.abort());
    await page.goto(`${site.url}taskpane.html?backend=reference`);
    await page.getByText('4 layers × 4 heads').waitFor();
    expect(asked.filter((path) => path.includes('pictures'))).toEqual([]);
    await page.getByRole('tab', { name: 'Pictures' }).click();
    await page.getByText('This part of the pane could not be loaded.').waitFor();
    await page.unroute('**/chunks/pictures.js');
    await page.getByRole('button', { name: 'Try again' }).focus();
    await page.keyboard.press('Enter');
    await picture(page).waitFor();
    // The keyboard is where the button was.
    const within = await page.evaluate(() => document.activeElement?.closest('#view-pictures') !== null);
    expect(within).toBe(true);
    await page.close();
  });
});
