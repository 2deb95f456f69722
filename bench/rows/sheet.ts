import { availableParallelism } from 'node:os';
import type { Page } from 'playwright-core';
import { statsOf, withStats } from '../../test/support/engine-stats';
import type { Call } from '../../test/support/formulas';
import { openPane } from '../../test/support/pane';
import { leastTime, workOf } from '../bounds';
import { beside, told, within } from '../compare';
import type { Lab } from '../lab';
import { alternate } from '../measure';
import type { Outcome } from '../outcome';
import { ask, askedBy, bare, burst, firstNext, generate, whole } from '../product/pane';
import { MODEL, serveProduct } from '../product/site';
import type { Row } from '../row';

const CELLS = 200;
const PROMPTS = 3;
const LENGTH = 16;
const WRITTEN = 64;
/** Bursts that are not measured. */
const WARM = 20;
/** As many as the add-in takes: see `src/engine/backends/choose.ts`. */
const THREADS = Math.min(4, availableParallelism());

/** A pane of the built add-in with the model open, for as long as `use` takes. */
async function inPane(lab: Lab, use: (page: Page) => Promise<Outcome>): Promise<Outcome> {
  await lab.runners([], 1); // whoever is open holds a model, and the next needs room for its own
  lab.tell('Opening the built add-in with the model');
  const site = await serveProduct(lab.store.huggingFace());
  try {
    const model = encodeURIComponent(`${site.url}${MODEL}`);
    const pane = await openPane(withStats(await lab.browser), site.url, `?backend=wasm&model=${model}`);
    try {
      await firstNext(pane.page, 'A first prompt');
      await whole(pane.page); // until its hash is known, that has a processor
      return await use(pane.page);
    } finally {
      await pane.close();
    }
  } finally {
    await site.close();
  }
}

/** What the cells of one recalculation ask of some prompts: whatever there is to ask, from all layers. */
function cells(lab: Lab, prompts: readonly (readonly number[])[]): Call[] {
  const { n_layer, n_head } = lab.store.config;
  return Array.from({ length: CELLS }, (_, i): Call => {
    const input = (prompts[i % PROMPTS] as number[]).map((id) => [id]);
    const layer = Math.floor(i / PROMPTS) % n_layer;
    const head = i % n_head;
    const kinds: Call[] = [
      ['EMBED', input],
      ['RESID', input, layer, 'mid'],
      ['ATTN', input, layer, head],
      ['ATTN', input, layer],
      ['QUERY', input, layer, head],
      ['MLP_OUT', input, layer],
      ['LAYERNORM', input, layer, 'ln_2'],
      ['FINAL', input],
      ['TOP', input, 3],
      ['NEXT', input],
    ];
    return kinds[Math.floor(i / PROMPTS) % kinds.length] as Call;
  });
}

const prompts = (lab: Lab) => Array.from({ length: PROMPTS }, () => lab.prompt(LENGTH));

export const rows: readonly Row[] = [
  {
    name: 'burst',
    title: `${CELLS} formula cells over ${PROMPTS} prompts in one burst`,
    quick: true,
    run: (lab) =>
      inPane(lab, async (page) => {
        const first = await burst(page, cells(lab, prompts(lab)));
        for (let i = 0; i < lab.rounds(1, WARM); i++) await burst(page, cells(lab, prompts(lab)));
        const requests = await askedBy(page, cells(lab, prompts(lab)));
        if (requests.length !== PROMPTS)
          throw new Error(`${requests.length} messages for ${PROMPTS} prompts.`);
        const passes: number[] = [];
        const taken = await alternate(
          {
            /** What the cells ask, of prompts that nobody has asked about. */
            asked() {
              const fresh = prompts(lab);
              const of = (i: number) => ({ from: { ids: fresh[i] as number[] } });
              return ask(
                page,
                requests.map((message, i) => message.map((request) => ({ ...request, ...of(i) }))),
              );
            },
            async cells() {
              const { forwardPasses } = await statsOf(page);
              const time = await burst(page, cells(lab, prompts(lab)));
              passes.push((await statsOf(page)).forwardPasses - forwardPasses);
              return time;
            },
            passes: () => bare(page, prompts(lab), true),
            short: () => bare(page, prompts(lab)),
          },
          lab.rounds(3, 21),
        );
        return {
          comparisons: [
            beside(
              `${CELLS} formula cells in one burst`,
              'ms',
              taken.cells,
              `${PROMPTS} bare passes`,
              taken.passes,
              1.25,
              await leastTime(
                lab,
                THREADS,
                Array.from({ length: PROMPTS }, () => workOf(lab, LENGTH, 0)),
              ),
            ),
            within('forward passes for them', 'passes', passes, PROMPTS),
            ...told(
              beside(
                'what they ask of the engine, without formulas',
                'ms',
                taken.asked,
                `${PROMPTS} bare passes`,
                taken.passes,
              ),
              beside(
                `${CELLS} formula cells in one burst`,
                'ms',
                taken.cells,
                `${PROMPTS} passes for logits alone`,
                taken.short,
              ),
            ),
            within('the first burst in the page', 'ms', [first]),
          ],
          notes: [
            `Prompts of ${LENGTH} tokens; threads as the add-in chooses them. Cells show what the last block and the last norm have of all positions, so the bare passes run for all of`,
            'them, too; a pass for logits alone has the last block leave out all but the last.',
            `Measured after ${lab.rounds(1, WARM)} bursts more than the first: by then the browser has compiled what they run, and found most of the memory that they use again and again.`,
          ],
        };
      }),
  },
  {
    name: 'generate',
    title: `GENERATE of ${WRITTEN} tokens, the cell updating`,
    quick: false,
    run: (lab) =>
      inPane(lab, async (page) => {
        const grown = () => {
          const ids = lab.prompt(LENGTH + WRITTEN);
          return Array.from({ length: WRITTEN }, (_, i) => ids.slice(0, LENGTH + i));
        };
        let changes = WRITTEN;
        const taken = await alternate(
          {
            async generate() {
              const { milliseconds, updates } = await generate(page, lab.prompt(LENGTH), WRITTEN);
              changes = Math.min(changes, updates);
              return milliseconds;
            },
            bare: () => bare(page, grown()),
          },
          lab.rounds(2, 7),
        );
        return {
          comparisons: [
            beside(
              `GENERATE of ${WRITTEN} tokens`,
              'ms',
              taken.generate,
              `${WRITTEN} bare steps`,
              taken.bare,
              1.15,
              await leastTime(lab, THREADS, [
                workOf(lab, LENGTH, 0),
                ...Array.from({ length: WRITTEN - 1 }, (_, i) => workOf(lab, 1, LENGTH + i)),
              ]),
            ),
          ],
          notes: [
            `Both begin with the pass over the prompt. The cell changed ${changes} times or more: it does not show a character until all its bytes have come, and a model of random numbers leaves many without the rest.`,
          ],
        };
      }),
  },
];
