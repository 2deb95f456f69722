import type { Page as BrowserPage } from 'playwright-core';
import type { Call } from '../../test/support/formulas';
import { openPane } from '../../test/support/pane';
import { beside, told, within } from '../compare';
import type { Lab } from '../lab';
import { alternate } from '../measure';
import type { Outcome } from '../outcome';
import type { Page } from '../pages/page';
import { burst, registered } from '../product/pane';
import { serveProduct } from '../product/site';
import type { Row } from '../row';

const CELLS = 200;
const PROMPTS = 3;

interface Workbench {
  readonly ready: Promise<void>;
  setCell(address: string, content: string): void;
  getValues(address: string): unknown[][];
}
type WithWorkbench = { gpt2Workbench: Workbench };

/** What the cells of a round ask: the logit of another token each, so that each has one number. */
const asked = (round: number): { prompt: string; token: number }[] =>
  Array.from({ length: CELLS }, (_, i) => ({
    prompt: `Once upon a time number ${round} met number ${i % PROMPTS}`,
    token: i,
  }));

/** Types the formulas of a round into a column of its own, in one moment → milliseconds until all cells show a number. */
const typed = (page: BrowserPage, round: number): Promise<number> => {
  const column = String.fromCharCode(65 + (round % 26));
  const cells = asked(round).map(
    ({ prompt, token }, i) => [`Scratch!${column}${i + 1}`, `=GPT2.LOGITS("${prompt}",-1,${token})`] as const,
  );
  return page.evaluate(
    async ([cells, range]) => {
      const { setCell, getValues } = (window as unknown as WithWorkbench).gpt2Workbench;
      const began = performance.now();
      for (const [address, formula] of cells) setCell(address, formula);
      while (!getValues(range).every(([value]) => typeof value === 'number')) {
        if (performance.now() - began > 120_000) throw new Error('The cells have no numbers after 120 s.');
        await new Promise(requestAnimationFrame);
      }
      return performance.now() - began;
    },
    [cells, `Scratch!${column}1:${column}${CELLS}`] as const,
  );
};

/** The same formulas, called as the host calls them, without a grid. */
const called = (page: BrowserPage, round: number): Promise<number> =>
  burst(
    page,
    asked(round).map(({ prompt, token }): Call => ['LOGITS', [[prompt]], -1, [[token]]]),
  );

/** What the workbench's grid adds to a burst of cells, with the embedded model; and Univer with nothing to wait for. */
async function grid(lab: Lab): Promise<Outcome> {
  await lab.runners([], 1);
  const site = await serveProduct(lab.store.huggingFace());
  try {
    const context = await (await lab.browser).newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${site.url}workbench.html?backend=wasm`);
    await page.waitForFunction(() => 'gpt2Workbench' in window, undefined, { timeout: 120_000 });
    await page.evaluate(() => (window as unknown as WithWorkbench).gpt2Workbench.ready);
    const pane = await openPane(await lab.browser, site.url, '?backend=wasm');
    await registered(pane.page);
    const alone = await lab.page();
    const rounds = lab.rounds(3, 9);
    // Each round has prompts that nobody has seen: the first, here, makes everything ready.
    await typed(page, 0);
    await called(pane.page, 0);
    const taken = await alternate(
      {
        workbench: (round) => typed(page, 1 + round),
        called: (round) => called(pane.page, 1 + round),
      },
      rounds,
    );
    const univer = await alone.evaluate(
      ([cells, rounds]) => (window as unknown as { bench: Page }).bench.univerAlone(cells, rounds),
      [CELLS, 1 + rounds] as const,
    );
    await Promise.all([context.close(), pane.close(), alone.context().close()]);
    const added = taken.workbench.map((time, round) => time - (taken.called[round] as number));
    return {
      comparisons: told(
        beside(
          `${CELLS} cells typed into the workbench`,
          'ms',
          taken.workbench,
          'the same called without a grid',
          taken.called,
        ),
        within('what the workbench adds', 'ms', added),
        within(`Univer alone, ${CELLS} asynchronous cells that do nothing`, 'ms', univer.slice(1)),
      ),
      notes: [
        `The embedded model, ${PROMPTS} prompts, each cell the logit of another token; from the first formula that is typed to the frame in which the last cell has its number.`,
        'Univer waits for each of its own asynchronous functions before it looks at the next cell; the workbench does not use them.',
      ],
    };
  } finally {
    await site.close();
  }
}

export const rows: readonly Row[] = [
  {
    name: 'burst-grid',
    title: `What the workbench’s own grid adds to a burst of ${CELLS} cells`,
    quick: false,
    run: grid,
  },
];
