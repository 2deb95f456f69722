import { cpSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Call } from '../support/formulas';
import { embeddedModel, loadModel, sortingModel } from '../support/models';
import { openPane } from '../support/pane';
import { linkInto, useSite } from '../support/site';

const sorting = sortingModel();
const site = useSite({
  models: (models) => {
    if (!sorting.missing) linkInto(sorting.folder, join(models, sorting.name));
  },
});
const { n_layer, n_head } = loadModel(embeddedModel().folder).config;
const PROMPT = [['Mike is quick. He moves']];
const LONG = [[Array.from({ length: 40 }, () => 'He moves.').join(' ')]];

/** Formulas of every kind, in every block. */
const calls = (input: unknown, layers: number, heads: number): Call[] => [
  ...Array.from({ length: layers }, (_, layer): Call[] => [
    ['ATTN', input, layer, layer % heads],
    ['RESULT', input, layer, 0],
    ['MLP_POST', input, layer],
    ['RESID', input, layer, 'post'],
  ]).flat(),
  ['FINAL', input],
  ['LOGITS', input],
  ['TOP', input, 3],
];

const models: [name: string, query: string, calls: Call[]][] = [
  [
    'the embedded model',
    '?backend=wasm',
    [...calls(PROMPT, n_layer, n_head), ...calls(LONG, n_layer, n_head)],
  ],
];
if (!sorting.missing) {
  const { config } = loadModel(sorting.folder);
  const ids = [2, 0, 1, 0, 2, 1].map((id) => [id]);
  models.push([
    sorting.name,
    `?backend=wasm&model=models/${sorting.name}`,
    calls(ids, config.n_layer, config.n_head),
  ]);
}

describe.each(models)('%s in three workers', (_, query, calls) => {
  it('gives the numbers of one memory, to the bit, and says how it lies', async () => {
    const one = await openPane(site.browser, site.url, query);
    const right = await one.callAll(calls);
    await one.close();
    const several = await openPane(site.browser, site.url, `${query}&workers=3`);
    expect(await several.callAll(calls)).toEqual(right);
    await several.page.getByRole('tab', { name: 'Model' }).click();
    const reason = several.page.getByText(
      /lie in 3 workers; one WebAssembly memory holds 4\.29 GB at most\./,
    );
    await reason.waitFor();
    console.log(await reason.textContent());
    await several.close();
  });
});

describe('the embedded model in two workers', () => {
  it('is closed, and another opened in its place', async () => {
    const { page, call, close } = await openPane(site.browser, site.url, '?backend=wasm&workers=2');
    const next = await call('NEXT', PROMPT);
    await page.getByRole('tab', { name: 'Model' }).click();
    await page.getByText('Change back end').click();
    await page.getByLabel('Run the model on').selectOption('reference');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(/^Plain JavaScript, slow/).waitFor();
    expect(await call('NEXT', PROMPT)).toBe(next);
    await page.getByText('Change back end').click();
    await page.getByLabel('Run the model on').selectOption('wasm');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(/lie in 2 workers/).waitFor();
    expect(await call('NEXT', PROMPT)).toBe(next);
    await close();
  });

  it('refuses a number of workers that makes no sense', async () => {
    const { page, close } = await openPane(site.browser, site.url, '?backend=wasm&workers=many');
    await page.getByText('The address of this page asks for “many” workers').first().waitFor();
    await close();
  });
});

describe('a site that has lost the worker of a share', () => {
  const broken = useSite({
    models: (models) => {
      const chunks = join(models, '../chunks');
      const all = realpathSync(chunks);
      rmSync(chunks); // a link to the built ones
      cpSync(all, chunks, { recursive: true });
      rmSync(join(chunks, 'gpt2-shard.js'));
    },
  });

  it('goes on in plain JavaScript, and says why', async () => {
    const { page, call, close } = await openPane(broken.browser, broken.url, '?backend=wasm&workers=2');
    expect(await call('NEXT', PROMPT)).toBe(' quickly');
    await page.getByRole('tab', { name: 'Model' }).click();
    const text =
      /^Plain JavaScript, slow.*WebAssembly, worker 1 of 2 stopped: its script could not be loaded/;
    await page.getByText(text).waitFor();
    await close();
  });
});
