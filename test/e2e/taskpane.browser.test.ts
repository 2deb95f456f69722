import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Numbers } from '../../src/gpt2/arithmetic';
import { forward } from '../../src/gpt2/reference';
import { probabilities } from '../../src/gpt2/sampling';
import type { Tokenizer } from '../../src/gpt2/tokenizer';
import { difference } from '../support/agreement';
import { statsOf, withStats } from '../support/engine-stats';
import { embeddedModel, embeddedTokenizer, loadModel } from '../support/models';
import { type OpenPane, openPane } from '../support/pane';
import { serveSite, useSite } from '../support/site';

const PROMPT = 'Mike is quick. He moves';
const model = loadModel(embeddedModel().folder);
const tokenizer: Tokenizer = embeddedTokenizer();
const ids = tokenizer.encode(PROMPT);
const expected = forward(model, ids, 'float64');
const V = model.config.vocab_size;
const lastLogits = (expected.get('logits') as Numbers).slice(-V);

const site = useSite({ gpu: true });

describe.each(['wasm', 'webgpu', 'reference'])('taskpane.html?backend=%s', (backend) => {
  let pane: OpenPane;
  beforeAll(async () => {
    pane = await openPane(site.browser, site.url, `?backend=${backend}`);
  });
  afterAll(() => pane.close());

  const numbers = async (id: string, ...args: unknown[]) =>
    Float32Array.from(((await pane.call(id, ...args)) as number[][]).flat());

  it('gives the same for a prompt and for its token ids', async () => {
    const column = ids.map((id) => [id]);
    expect(await pane.call('IDS', [[PROMPT]])).toEqual(column);
    expect(await pane.call('TOKENS', [[PROMPT]])).toEqual(ids.map((id) => [tokenizer.show(id)]));
    expect(await pane.call('TEXT', column)).toBe(PROMPT);
    expect(await pane.call('RESID', column, 1)).toEqual(await pane.call('RESID', [[PROMPT]], 1));
    expect(await pane.call('ATTN', column, 0, 0)).toEqual(await pane.call('ATTN', [[PROMPT]], 0, 0));
    expect(await pane.call('TOP', column, 3)).toEqual(await pane.call('TOP', [[PROMPT]], 3));
  });

  it('reaches the same next word stage by stage through cells, and follows a cell that is overwritten', async () => {
    const d = model.config.n_embd;
    const cells = async (id: string, ...args: unknown[]) => (await pane.call(id, ...args)) as number[][];
    const sum = (a: number[][], b: number[][]) =>
      a.map((row, r) => row.map((value, c) => value + (b[r]?.[c] as number)));
    const chain = async (overwrite: (stream: number[][]) => void) => {
      let x = sum(await cells('EMBED', [[PROMPT]]), await cells('POSITION', [[PROMPT]]));
      for (let layer = 0; layer < model.config.n_layer; layer++) {
        const mid = sum(x, await cells('ATTN_OUT', x, layer));
        if (layer === 1) overwrite(mid);
        x = sum(mid, await cells('MLP_OUT', mid, layer));
      }
      return numbers('PROBS', await cells('FINAL', x));
    };
    const plain = await chain(() => {});
    expect(difference(plain, probabilities(lastLogits)).relative).toBeLessThanOrEqual(1e-4);

    const at = (ids.length - 1) * d + 5;
    const edited = await chain((mid) => {
      (mid[ids.length - 1] as number[])[5] = 40;
    });
    const acts = forward(model, ids, 'float64', (name, layer, values) => {
      if (name === 'resid_mid' && layer === 1) values[at] = 40;
    });
    const right = probabilities((acts.get('logits') as Numbers).slice(-V));
    expect(difference(edited, right).relative).toBeLessThanOrEqual(1e-4);
    expect(difference(edited, plain).relative).toBeGreaterThan(1e-2);
  });

  it('finds the next word', async () => {
    expect(await pane.call('NEXT', [[PROMPT]])).toBe(' quickly');
    const top = (await pane.call('TOP', [[PROMPT]], 5)) as [string, number, number, number][];
    expect(top).toHaveLength(5);
    expect(top[0]?.[0]).toBe(' quickly');
    for (const [token, p, logit, id] of top) {
      expect(token).toBe(tokenizer.show(id));
      expect(Math.abs(p - (probabilities(lastLogits)[id] as number))).toBeLessThan(1e-5);
      expect(Math.abs(logit - (lastLogits[id] as number))).toBeLessThan(1e-3);
    }
    const quickly = await pane.call('PROBS', [[PROMPT]], -1, [[' quickly']]);
    expect(quickly).toEqual([[top[0]?.[1]]]);
  });

  it('draws the same token for the same seed', async () => {
    const draw = (seed: number) => pane.call('NEXT', [['Once']], 1, 0, 1, seed);
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, seed) => draw(seed)));
    expect(await Promise.all(Array.from({ length: 20 }, (_, seed) => draw(seed)))).toEqual(tokens);
    expect(new Set(tokens).size).toBeGreaterThan(1);
  });

  it('takes the empty prompt for <|endoftext|> alone', async () => {
    expect(await pane.call('TOKENS', [['']])).toEqual([['<|endoftext|>']]);
    expect(await pane.call('RESID', [['']], 0)).toEqual(await pane.call('RESID', [[tokenizer.endOfText]], 0));
  });
});

describe('a burst of formulas', () => {
  const forwardPasses = async ({ page }: OpenPane) => (await statsOf(page)).forwardPasses;

  it('of 200 cells over three prompts takes three forward passes, and a repeat takes none', async () => {
    const pane = await openPane(withStats(site.browser), site.url, '?backend=wasm');
    const all = (texts: string[]) =>
      pane.callAll(
        Array.from({ length: 200 }, (_, i) => {
          const text = [[texts[i % texts.length]]];
          const layer = i % model.config.n_layer;
          const calls: [string, ...unknown[]][] = [
            ['ATTN', text, layer, i % model.config.n_head],
            ['RESID', text, layer, 'mid'],
            ['TOP', text, 3],
            ['NEXT', text],
          ];
          return calls[i % 4] as [string, ...unknown[]];
        }),
      );
    await pane.call('NEXT', [['Warm up']]);
    const before = await forwardPasses(pane);
    const prompts = ['Anna is brave. She speaks', 'Once there was a', 'The cats near the tree'];
    await all(prompts);
    expect((await forwardPasses(pane)) - before).toBe(prompts.length);
    await all(prompts);
    expect((await forwardPasses(pane)) - before).toBe(prompts.length);
    await pane.close();
  });

  it('over a prompt that has grown by a word runs that word alone, to the same digits', async () => {
    const pane = await openPane(withStats(site.browser), site.url, '?backend=wasm');
    const figures = async () => {
      const { positionsRun, positionsReused } = await statsOf(pane.page);
      return { run: positionsRun, reused: positionsReused };
    };
    const sheet = (text: string) =>
      pane.callAll([
        ['ATTN', [[text]], 1, 2],
        ['RESID', [[text]], 3, 'post'],
        ['MLP_POST', [[text]], 2],
        ['PROBS', [[text]]],
        ['NEXT', [[text]]],
      ]);
    const [short, long] = ['Anna is brave. She', 'Anna is brave. She speaks'];
    const [few, many] = [short, long].map((text) => tokenizer.encode(text).length) as [number, number];
    await sheet(short);
    expect(await figures()).toEqual({ run: few, reused: 0 });
    const grown = await sheet(long);
    expect(await figures()).toEqual({ run: many, reused: few });

    const fresh = await openPane(withStats(site.browser), site.url, '?backend=wasm');
    expect(
      await fresh.callAll([
        ['ATTN', [[long]], 1, 2],
        ['RESID', [[long]], 3, 'post'],
        ['MLP_POST', [[long]], 2],
        ['PROBS', [[long]]],
        ['NEXT', [[long]]],
      ]),
    ).toEqual(grown);
    await Promise.all([pane.close(), fresh.close()]);
  });
});

describe('taskpane.html', () => {
  it('keeps to one thread and still answers without cross-origin isolation', async () => {
    const bare = await serveSite({ isolated: false });
    const pane = await openPane(site.browser, bare.url, '?backend=wasm');
    expect(await pane.call('NEXT', [[PROMPT]])).toBe(' quickly');
    expect(await pane.page.evaluate(() => crossOriginIsolated)).toBe(false);
    await pane.close();
    await bare.close();
  });

  it('is cross-origin isolated when served with the header', async () => {
    const pane = await openPane(site.browser, site.url, '?backend=wasm');
    expect(await pane.page.evaluate(() => crossOriginIsolated)).toBe(true);
    await pane.close();
  });

  it('fetches nothing from anywhere but its own server and Office.js', async () => {
    const context = await site.browser.newContext();
    const page = await context.newPage();
    const foreign: string[] = [];
    const refused: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) refused.push(message.text());
    });
    await context.route('**', (route) => {
      const url = route.request().url();
      if (url.startsWith(site.url) || url.startsWith('blob:')) return route.continue();
      foreign.push(url);
      return route.abort();
    });
    await page.goto(`${site.url}taskpane.html`);
    await page.getByText(/layers ×/).waitFor();
    expect([...new Set(foreign.map((url) => new URL(url).host))]).toEqual(['appsforoffice.microsoft.com']);
    expect(refused).toEqual([]);
    await context.close();
  });
});
