import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberText } from '../../build/docs/result-table';
import { exampleArguments } from '../../src/catalogue/catalogue';
import type { FormulaInfo } from '../../src/catalogue/formula';
import { parseTerms, type Term } from '../../src/catalogue/terms';
import { launchChromium } from '../support/browser';
import { DIST, docsPages, resultOf } from '../support/docs';
import { type OpenPane, openPane } from '../support/pane';
import { serveSite } from '../support/site';
import { openStream } from '../support/stream';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages = docsPages();

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), serveSite()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

/** One page of each kind: lists, a long text, results with all kinds of headings, a list of names, no arguments. */
const KINDS = ['index.html', 'troubleshooting.html', 'ATTN.html', 'MERGES.html', 'RESID.html', 'STATUS.html'];

describe('on a narrow screen', () => {
  it.each(['light', 'dark'] as const)('every kind of page holds up to axe, %s', async (colorScheme) => {
    await narrow(colorScheme, KINDS, findings);
  });

  it('no page is wider than the screen', { timeout: 300_000 }, async () => {
    await narrow('light', [...pages.keys()], async (page) => {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      return width > 320 ? [`${width} pixels wide`] : [];
    });
  });
});

/** Looks at pages at 320 pixels; nothing may be found, and no page may report an error. */
async function narrow(
  colorScheme: 'light' | 'dark',
  names: readonly string[],
  look: (page: Page) => Promise<string[]>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 320, height: 800 }, colorScheme });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  for (const name of names) {
    await page.goto(`${site.url}docs/${name}`);
    complaints.push(...(await look(page)).map((finding) => `${name}: ${finding}`));
  }
  await context.close();
  expect(complaints).toEqual([]);
}

it('holds up to axe on a wide screen, where the list stands beside the text', async () => {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  for (const name of ['index.html', 'ATTN.html', 'troubleshooting.html']) {
    await page.goto(`${site.url}docs/${name}`);
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1200);
  }
  await page.goto(`${site.url}docs/ATTN.html`);
  await page.getByRole('navigation', { name: 'All formulas' }).getByRole('link', { name: 'SCORES' }).click();
  await page.getByRole('heading', { level: 1, name: 'GPT2.SCORES' }).waitFor();
  await page.close();
});

describe('the built add-in', () => {
  const { functions } = JSON.parse(readFileSync(join(DIST, 'functions.json'), 'utf8')) as {
    functions: (FormulaInfo & { options?: { stream?: boolean } })[];
  };
  let pane: OpenPane;
  beforeAll(async () => {
    pane = await openPane(browser, site.url, '?backend=wasm');
  });
  afterAll(() => pane?.close());

  it("gives what the pages show as its examples' results", async () => {
    let worst = 0;
    let cells = 0;
    for (const info of functions.filter(({ id }) => id !== 'STATUS')) {
      const terms = parseTerms(exampleArguments(info));
      const given = await Promise.all(terms.map((term, i) => argument(term, info, i)));
      const value = info.options?.stream ? await lastOf(info.id, given) : await pane.call(info.id, ...given);
      const rows = (Array.isArray(value) ? value : [[value]]) as unknown[][];
      const shown = resultOf(pages.get(`${info.id}.html`) ?? '');
      expect(shown.length, info.id).toBeGreaterThan(0);
      shown.forEach((row, r) => {
        row.forEach((text, c) => {
          const got = rows[r]?.[c];
          const where = `${info.id}, row ${r + 1}, column ${c + 1}`;
          cells++;
          if (typeof got !== 'number') {
            expect(String(got), where).toBe(text);
            return;
          }
          const difference = Math.abs(Number(numberText(got)) - Number(text)) / Math.max(1, Math.abs(got));
          worst = Math.max(worst, difference);
          expect(difference, where).toBeLessThanOrEqual(1.01e-4); // the last digit shown may fall either way
        });
      });
    }
    console.log(
      `${cells} cells of ${functions.length - 1} examples: largest difference ${worst.toExponential(1)}`,
    );
    expect(cells).toBeGreaterThan(900);
  });

  const argument = async (term: Term, { parameters }: FormulaInfo, place: number): Promise<unknown> => {
    const value =
      'value' in term
        ? term.value
        : await pane.call(term.id, ...term.terms.map((one) => 'value' in one && [[one.value]]));
    return parameters[place]?.dimensionality === 'matrix' && !Array.isArray(value) ? [[value]] : value;
  };

  /** What a stream has come to when the pane's engine is asked for nothing more. */
  async function lastOf(id: string, given: unknown[]): Promise<string> {
    const stream = await openStream(pane.page, id, ...given);
    const shown = pages.get(`${id}.html`) ?? '';
    await expect.poll(async () => (await stream.shown()).at(-1)).toBe(resultOf(shown)[0]?.[0]);
    return (await stream.shown()).at(-1) as string;
  }
});

async function findings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
