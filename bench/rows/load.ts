import { withStats } from '../../test/support/engine-stats';
import { openPane } from '../../test/support/pane';
import { beside } from '../compare';
import type { Lab } from '../lab';
import type { Outcome } from '../outcome';
import type { Page as BenchPage } from '../pages/page';
import { firstNext, memory } from '../product/pane';
import { MODEL, serveProduct } from '../product/site';
import type { Row } from '../row';

const PROMPT = 'Mike is quick. He moves';

/** Fetches the weights and hashes them, and does nothing else with them. */
async function fetchAndHash(lab: Lab): Promise<number> {
  const page = await lab.page();
  try {
    return await page.evaluate(() =>
      (window as unknown as { bench: BenchPage }).bench.fetchAndHash('models/hf/model.safetensors'),
    );
  } finally {
    await page.context().close();
  }
}

async function load(lab: Lab): Promise<Outcome> {
  await lab.runners([], 1);
  const site = await serveProduct(lab.store.huggingFace());
  const [first, again, bare, held]: [number[], number[], number[], number[]] = [[], [], [], []];
  try {
    for (let round = 0; round < lab.rounds(1, 5); round++) {
      lab.tell(`Fetching and hashing, round ${round + 1}`);
      bare.push(await fetchAndHash(lab));
      lab.tell(`Loading, round ${round + 1}`);
      const model = encodeURIComponent(`${site.url}${MODEL}`);
      const pane = await openPane(withStats(await lab.browser), site.url, `?backend=wasm&model=${model}`);
      first.push(await firstNext(pane.page, PROMPT));
      await pane.page.getByText('12 layers × 12 heads × 768 wide').first().waitFor({ timeout: 120_000 });
      held.push((await memory(pane.page)) / 1e6);
      await pane.page.reload();
      again.push(await firstNext(pane.page, PROMPT));
      await pane.close();
    }
  } finally {
    await site.close();
  }
  const megabytes = lab.store.bytes / 1e6;
  return {
    comparisons: [
      beside('first time, to the first NEXT', 'ms', first, 'fetching and hashing alone', bare, 1.5),
      beside('after a reload', 'ms', again, 'the first time', first, 0.6),
      beside(
        'memory of the page',
        'MB',
        held,
        'the weights',
        held.map(() => megabytes),
        1.6,
      ),
    ],
    notes: ['Times count from the navigation, scripts and all.'],
  };
}

export const rows: readonly Row[] = [
  {
    name: 'load',
    title: 'The model from a local server, from the cache, and in memory',
    quick: false,
    run: load,
  },
];
