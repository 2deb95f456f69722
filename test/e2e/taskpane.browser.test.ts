import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Numbers } from '../../src/gpt2/arithmetic';
import { forward, keyOf } from '../../src/gpt2/reference';
import { probabilities } from '../../src/gpt2/sampling';
import type { Tokenizer } from '../../src/gpt2/tokenizer';
import { difference } from '../support/agreement';
import { launchChromium } from '../support/browser';
import { embeddedModel, embeddedTokenizer, loadModel } from '../support/models';
import { type OpenPane, openPane } from '../support/pane';
import { serveSite } from '../support/site';

const PROMPT = 'Mike is quick. He moves';
const model = loadModel(embeddedModel().folder);
const tokenizer: Tokenizer = embeddedTokenizer();
const ids = tokenizer.encode(PROMPT);
const expected = forward(model, ids, 'float64');
const V = model.config.vocab_size;
const lastLogits = (expected.get('logits') as Numbers).slice(-V);

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
beforeAll(async () => {
  site = await serveSite();
  browser = await launchChromium({ gpu: true });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

describe.each(['wasm', 'webgpu', 'reference'])('taskpane.html?backend=%s', (backend) => {
  let pane: OpenPane;
  beforeAll(async () => {
    pane = await openPane(browser, site.url, `?backend=${backend}`);
  });
  afterAll(() => pane.close());

  const numbers = async (id: string, ...args: unknown[]) =>
    Float32Array.from(((await pane.call(id, ...args)) as number[][]).flat());

  it('computes every stage as a float64 forward pass does, to 1e-4 of its largest value', async () => {
    const { n_layer, n_head } = model.config;
    const T = ids.length;
    const worst: Record<string, number> = {};
    const compare = (what: string, got: Numbers, right: Numbers) => {
      worst[what] = Math.max(worst[what] ?? 0, difference(got, right).relative);
    };
    compare('EMBED', await numbers('EMBED', [[PROMPT]]), expected.get('embed') as Numbers);
    compare('POSITION', await numbers('POSITION', [[PROMPT]]), expected.get('pos_embed') as Numbers);
    for (let layer = 0; layer < n_layer; layer++) {
      for (const point of ['pre', 'mid', 'post'] as const) {
        const right = expected.get(keyOf(`resid_${point}`, layer)) as Numbers;
        compare('RESID', await numbers('RESID', [[PROMPT]], layer, point), right);
      }
      const pattern = expected.get(keyOf('pattern', layer)) as Numbers;
      for (let head = 0; head < n_head; head++) {
        const right = pattern.slice(head * T * T, (head + 1) * T * T);
        compare('ATTN', await numbers('ATTN', [[PROMPT]], layer, head), right);
      }
      const mean = Float64Array.from({ length: T * T }, (_, i) => {
        let sum = 0;
        for (let head = 0; head < n_head; head++) sum += pattern[head * T * T + i] as number;
        return sum / n_head;
      });
      compare('ATTN, mean', await numbers('ATTN', [[PROMPT]], layer), mean);
    }
    compare('LOGITS', await numbers('LOGITS', [[PROMPT]]), lastLogits);
    compare('PROBS', await numbers('PROBS', [[PROMPT]]), probabilities(lastLogits));
    console.log(
      `${backend}: ${Object.entries(worst)
        .map(([what, d]) => `${what} ${d.toExponential(1)}`)
        .join(', ')}`,
    );
    for (const [what, relative] of Object.entries(worst)) expect(relative, what).toBeLessThanOrEqual(1e-4);
  });

  it('gives the same for a prompt and for its token ids', async () => {
    const column = ids.map((id) => [id]);
    expect(await pane.call('IDS', [[PROMPT]])).toEqual(column);
    expect(await pane.call('TOKENS', [[PROMPT]])).toEqual(ids.map((id) => [tokenizer.show(id)]));
    expect(await pane.call('TEXT', column)).toBe(PROMPT);
    expect(await pane.call('RESID', column, 1)).toEqual(await pane.call('RESID', [[PROMPT]], 1));
    expect(await pane.call('ATTN', column, 0, 0)).toEqual(await pane.call('ATTN', [[PROMPT]], 0, 0));
    expect(await pane.call('TOP', column, 3)).toEqual(await pane.call('TOP', [[PROMPT]], 3));
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

describe('taskpane.html', () => {
  it('keeps to one thread and still answers without cross-origin isolation', async () => {
    const bare = await serveSite({ isolated: false });
    const pane = await openPane(browser, bare.url, '?backend=wasm');
    expect(await pane.call('NEXT', [[PROMPT]])).toBe(' quickly');
    expect(await pane.page.evaluate(() => crossOriginIsolated)).toBe(false);
    await pane.close();
    await bare.close();
  });

  it('is cross-origin isolated when served with the header', async () => {
    const pane = await openPane(browser, site.url, '?backend=wasm');
    expect(await pane.page.evaluate(() => crossOriginIsolated)).toBe(true);
    await pane.close();
  });

  it('fetches nothing from anywhere but its own server and Office.js', async () => {
    const context = await browser.newContext();
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
    await page
      .getByText(/parameters/i)
      .first()
      .waitFor();
    expect([...new Set(foreign.map((url) => new URL(url).host))]).toEqual(['appsforoffice.microsoft.com']);
    expect(refused).toEqual([]);
    await context.close();
  });
});
