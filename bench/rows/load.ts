import { cpus } from 'node:os';
import type { JSHandle } from 'playwright-core';
import { openPane } from '../../test/support/pane';
import { beside, told } from '../compare';
import type { Lab } from '../lab';
import { median } from '../measure';
import type { Outcome } from '../outcome';
import type { FetchedAndHashed } from '../pages/fetch-and-hash';
import type { Page as BenchPage } from '../pages/page';
import { firstNext, memory, whole } from '../product/pane';
import { processorSeconds, type Took, took } from '../product/processor';
import { MODEL, serveProduct } from '../product/site';
import { ordinaryWindows } from '../product/window';
import type { Row } from '../row';

/** Memory that loading writes to for the first time, in parts of the weights: the file as the system keeps it, and the sessions. */
const FRESH = 2.1;

const PROMPT = 'Mike is quick. He moves';

/** Fetches the weights and hashes them, and does nothing else with them, in a window like that in which ours are loaded. */
async function fetchAndHash(lab: Lab): Promise<FetchedAndHashed & Took> {
  const page = await lab.page(ordinaryWindows);
  try {
    let times: FetchedAndHashed | undefined;
    const { seconds } = await took(page, async () => {
      times = await page.evaluate(() =>
        (window as unknown as { bench: BenchPage }).bench.fetchAndHash('models/hf/model.safetensors'),
      );
      return times.milliseconds;
    });
    return { ...(times as FetchedAndHashed), seconds };
  } finally {
    await page.context().close();
  }
}

/** What no way of loading can do without, in an ordinary window, which keeps files as ours does. */
async function alone(lab: Lab, what: (bench: JSHandle<BenchPage>) => Promise<number>): Promise<Took> {
  const page = await lab.page(ordinaryWindows);
  try {
    const bench = await page.evaluateHandle(() => (window as unknown as { bench: BenchPage }).bench);
    return await took(page, () => what(bench));
  } finally {
    await page.context().close();
  }
}

async function load(lab: Lab): Promise<Outcome> {
  await lab.runners([], 1);
  const site = await serveProduct(lab.store.huggingFace());
  const bare: (FetchedAndHashed & Took)[] = [];
  const [hashed, prepared, found]: [Took[], Took[], Took[]] = [[], [], []];
  const [first, again]: [Took[], Took[]] = [[], []];
  const [checked, held]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < lab.rounds(1, 5); round++) {
      lab.tell(`Fetching and hashing, round ${round + 1}`);
      bare.push(await fetchAndHash(lab));
      lab.tell(`The same and the disk, then sessions in place of the hash, round ${round + 1}`);
      hashed.push(
        await alone(lab, (bench) =>
          bench.evaluate((page) => page.keepAndHash('models/hf/model.safetensors')),
        ),
      );
      prepared.push(
        await alone(lab, (bench) => bench.evaluate((page) => page.keepAndPrepare('models/hf', 2))),
      );
      found.push(
        await alone(lab, (bench) =>
          bench.evaluate((page, bytes) => page.findMemory(bytes), FRESH * lab.store.bytes),
        ),
      );
      lab.tell(`Loading, round ${round + 1}`);
      const model = encodeURIComponent(`${site.url}${MODEL}`);
      const context = await ordinaryWindows.newContext();
      const before = await processorSeconds(context);
      const query = `?backend=wasm&model=${model}`;
      const pane = await openPane({ newContext: async () => context }, site.url, query);
      const next = () => firstNext(pane.page, PROMPT);
      first.push(await took(pane.page, next, before));
      checked.push(await whole(pane.page));
      held.push((await memory(pane.page)) / 1e6);
      again.push(
        await took(pane.page, async () => {
          await pane.page.reload();
          return next();
        }),
      );
      await pane.close();
    }
  } finally {
    await site.close();
  }
  const megabytes = lab.store.bytes / 1e6;
  const clock = (took: readonly Took[]) => took.map(({ milliseconds }) => milliseconds);
  return {
    comparisons: [
      beside(
        'first time, to the first NEXT',
        'ms',
        clock(first),
        'fetching and hashing alone',
        clock(bare),
        1.5,
      ),
      ...told(
        beside(
          'first time, until its SHA-256 is known to be right',
          'ms',
          checked,
          'fetching and hashing alone',
          clock(bare),
        ),
        beside(
          'fetching, hashing and the disk alone',
          'ms',
          clock(hashed),
          'fetching and hashing alone',
          clock(bare),
        ),
        beside(
          'fetching, the disk and sessions alone, with no hash',
          'ms',
          clock(prepared),
          'fetching and hashing alone',
          clock(bare),
        ),
        beside(
          `finding ${FRESH} times the weights of memory that nobody has used`,
          'ms',
          clock(found),
          'fetching and hashing alone',
          clock(bare),
        ),
      ),
      beside('after a reload', 'ms', clock(again), 'the first time', clock(first), 0.6),
      beside(
        'memory of the page',
        'MB',
        held,
        'the weights',
        held.map(() => megabytes),
        1.6,
      ),
    ],
    notes: [
      'Times count from the navigation, scripts and all, in an ordinary window.',
      profileOf({ bare, hashed, prepared, first, again }),
    ],
  };
}

interface Stages {
  readonly bare: readonly (FetchedAndHashed & Took)[];
  readonly hashed: readonly Took[];
  readonly prepared: readonly Took[];
  readonly first: readonly Took[];
  readonly again: readonly Took[];
}

/** What the stages take of the processors, and what follows for the clock. */
function profileOf({ bare, hashed, prepared, first, again }: Stages): string {
  const all = (took: readonly Took[]) => median(took.map(({ seconds }) => seconds));
  const hashing = median(bare.map((one) => one.hashing)) / 1000;
  const processors = cpus().length;
  const least = all(first) / processors;
  const alone = median(bare.map(({ milliseconds }) => milliseconds)) / 1000;
  return [
    `Processor time of the browser and of the server together: fetching and hashing ${all(bare).toFixed(1)} s,`,
    `of whose ${alone.toFixed(1)} s by the clock the hash takes ${hashing.toFixed(1)};`,
    `fetching, keeping on the disk and hashing in a thread of its own ${all(hashed).toFixed(1)} s;`,
    `fetching, keeping and having ONNX Runtime make its sessions, with no hash, page or pass, ${all(prepared).toFixed(1)} s.`,
    `The first time takes ${all(first).toFixed(1)} s, in which the hash is left for afterwards on two processors;`,
    `after a reload, where nothing is fetched, hashed or stored, ${all(again).toFixed(1)} s.`,
    `${processors} processors that do nothing else cannot do the first time's work in less than ${least.toFixed(1)} s,`,
    `which is ${(least / alone).toFixed(2)} × fetching and hashing.`,
  ].join(' ');
}

export const rows: readonly Row[] = [
  {
    name: 'load',
    title: 'The model from a local server, from the cache, and in memory',
    quick: false,
    run: load,
  },
];
