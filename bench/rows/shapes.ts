import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Config } from '../../src/gpt2/config';
import { forward } from '../../src/gpt2/reference';
import { largest } from '../../src/gpt2/sampling';
import { SHAPES } from '../../src/gpt2/shapes';
import { launchProfile } from '../../test/support/browser';
import { withStats } from '../../test/support/engine-stats';
import { callFormulas } from '../../test/support/formulas';
import { type OpenPane, openPane } from '../../test/support/pane';
import { beside, told, within } from '../compare';
import type { Lab } from '../lab';
import { writeDrawnModel } from '../model/drawn';
import { modelOnDisk } from '../model/on-disk';
import { weightsPerToken } from '../model/shape';
import type { Outcome } from '../outcome';
import { bench } from '../places';
import { bare, firstNext, memory, status } from '../product/pane';
import { peakMemory } from '../product/peak';
import { serveProduct } from '../product/site';
import type { Row } from '../row';

/** The page's memory, in parts of the weights: what is asked of 124M. */
const MOST_MEMORY = 1.6;
/** How far a logit may be from float64's, as a part of the largest: float32's rounding over the longest of these models. */
const MOST_APART = 1e-4;
const PAST = 16;
/** Processors that the product's own choice of threads makes use of. */
const THREADS = 2;

/** Numbers of the model from a Node process that knows nothing of the engine. */
interface Right {
  readonly ids: readonly number[];
  /** [V], behind the last id. */
  readonly logits: ArrayLike<number>;
}

const shapeRow = (name: string, config: Config): Row => ({
  name,
  title: `A model of the shape of GPT-2 ${name}, from a local server, in the built add-in, WebAssembly, float32`,
  quick: false,
  long: true,
  async run(lab) {
    await lab.runners([], 1); // whoever is open holds a model
    lab.tell(`Writing a model of the shape of ${name}`);
    const folder = join(dirname(lab.store.folder), name);
    const bytes = writeDrawnModel(folder, config);
    lab.tell('Computing its logits in float64');
    const right = computed(folder, lab.prompt(2));
    const { bandwidth } = await lab.limits(THREADS);
    const profile = mkdtempSync(join(bench, 'node_modules/.cache/profile-'));
    const site = await serveProduct(folder, `models/${name}`);
    try {
      const opener = { newContext: () => launchProfile(profile, { measuresMemory: true }) };
      const model = encodeURIComponent(`${site.url}models/${name}`);
      lab.tell('Opening it in the add-in');
      const pane = await openPane(withStats(opener), site.url, `?backend=wasm&model=${model}`);
      try {
        return await measure(lab, pane, { name, config, bytes, right, profile, bandwidth });
      } finally {
        await pane.close();
      }
    } finally {
      await site.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }); // the browser's own copy of the model
    }
  },
});

export const rows: readonly Row[] = [
  shapeRow('medium', SHAPES['gpt2-medium']),
  shapeRow('large', SHAPES['gpt2-large']),
  shapeRow('xl', SHAPES['gpt2-xl']),
];

interface Given {
  readonly name: string;
  readonly config: Config;
  readonly bytes: number;
  readonly right: Right;
  readonly profile: string;
  readonly bandwidth: number;
}

async function measure(
  lab: Lab,
  { page }: OpenPane,
  { name, config, bytes, right, profile, bandwidth }: Given,
): Promise<Outcome> {
  const first = await firstNext(page, right.ids);
  const whole = page.getByText(`${config.n_layer} layers × ${config.n_head} heads`).first();
  await whole.waitFor({ timeout: 300_000 });
  const found = await agreement(page, right);

  lab.tell('Opening it again, from this device');
  await page.reload();
  const again = await firstNext(page, lab.prompt(2));

  lab.tell('Measuring tokens');
  const [prompts, tokens]: [number[], number[]] = [[], []];
  for (let round = 0; round < lab.rounds(2, 5); round++) {
    const ids = lab.prompt(PAST);
    prompts.push(await bare(page, [ids]));
    for (let i = 0; i < lab.rounds(2, 4); i++) {
      ids.push(...lab.prompt(1));
      tokens.push(await bare(page, [[...ids]]));
    }
  }
  const held = (await memory(page)) / 1e6;
  const peak = peakMemory(profile);
  const megabytes = bytes / 1e6;
  const weights = 4 * weightsPerToken(config);
  return {
    comparisons: [
      ...told(
        within(`${name}, to the first NEXT, first time`, 's', [first / 1000]),
        within(`${name}, to the first NEXT, after a reload`, 's', [again / 1000]),
      ),
      within(`${name}, a prompt of ${PAST} to its logits`, 'ms', prompts),
      ...told({
        ...within(`${name}, one token after ${PAST}`, 'ms', tokens),
        bound: {
          value: (1000 * weights) / bandwidth,
          how: `${(weights / 1e6).toFixed(0)} MB read at ${(bandwidth / 1e9).toFixed(1)} GB/s, ${THREADS} threads`,
        },
      }),
      beside(
        `${name}, memory of the page, after first use`,
        'MB',
        [held],
        'the weights',
        [megabytes],
        MOST_MEMORY,
      ),
      ...(peak === undefined
        ? []
        : [
            within(`${name}, the most that its process held, the browser’s own memory included`, 'MB', [
              peak / 1e6,
            ]),
          ]),
    ],
    notes: [await status(page), found, 'Times count from the navigation, scripts and all.'],
  };
}

/** Logits of the readable forward pass in float64, on the same file. */
function computed(folder: string, ids: readonly number[]): Right {
  const model = modelOnDisk(folder);
  const all = forward(model, ids, 'float64').get('logits') as Float64Array; // [T, V]
  return { ids, logits: all.slice(-model.config.vocab_size) };
}

/** Holds the pane's next token and logits to float64's. @throws Error when they are another model's */
async function agreement(page: Page, { ids, logits }: Right): Promise<string> {
  const input = ids.map((id) => [id]);
  const [cells, top] = (await callFormulas(page, [
    ['LOGITS', input],
    ['TOP', input, 1],
  ])) as [number[][], [string, number, number, number][]];
  const [next] = largest(logits, 1) as [number];
  let apart = 0;
  let most = 0;
  cells.forEach(([logit], id) => {
    apart = Math.max(apart, Math.abs((logit as number) - (logits[id] as number)));
    most = Math.max(most, Math.abs(logits[id] as number));
  });
  const said =
    `The next token behind ${ids.join(', ')} is ${top[0]?.[3]}, in float64 ${next}; of ${cells.length} logits none differs by ` +
    `more than ${apart.toExponential(1)}, the largest is ${most.toFixed(1)}.`;
  if (cells.length !== logits.length || top[0]?.[3] !== next || !(apart <= MOST_APART * most))
    throw new Error(said);
  return said;
}
