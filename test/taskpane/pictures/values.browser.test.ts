import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Numbers } from '../../../src/gpt2/arithmetic';
import { type Activations, forward } from '../../../src/gpt2/reference';
import { largest } from '../../../src/gpt2/sampling';
import { launchChromium } from '../../support/browser';
import { embeddedModel, embeddedTokenizer, loadModel } from '../../support/models';
import { serveSite } from '../../support/site';
import { choose, redrawn, show, table, visit, write } from './visit';

const PROMPT = 'Anna has a big cake. She gives';
/** Tables show four decimals. */
const ROUNDING = 0.5e-4;
/** What float32 may add to that: of a weight or probability, and as a part of a larger number. */
const ALLOWED = 1e-5;

const tokenizer = embeddedTokenizer();
const ids = tokenizer.encode(PROMPT);
const T = ids.length;
const model = loadModel(embeddedModel().folder);
const { n_layer, n_head, n_embd, vocab_size } = model.config;

let acts: Activations;
let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  acts = forward(model, ids, 'float64');
  [browser, site] = await Promise.all([launchChromium(), serveSite()]);
});
afterAll(() => Promise.all([browser?.close(), site?.close()]));

const act = (name: string) => acts.get(name) as Numbers;
const weight = (layer: number, head: number, row: number, column: number) =>
  act(`pattern.${layer}`)[(head * T + row) * T + column] as number;
const norm = (name: string, t: number) =>
  Math.hypot(...Array.from(act(name).subarray(t * n_embd, (t + 1) * n_embd)));
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

let worst = 0;
/** Compares a number in a table with what it should be. */
function near(text: string | undefined, expected: number): void {
  const difference = Math.abs(Number(text) - expected);
  worst = Math.max(worst, difference / Math.max(1, Math.abs(expected)));
  expect(difference, `${text} should be ${expected}`).toBeLessThan(
    ROUNDING + ALLOWED * Math.max(1, Math.abs(expected)),
  );
}
afterAll(() =>
  console.log(`Pictures: largest difference from float64, ${worst.toExponential(1)} (4 decimals shown)`),
);

async function checkAttention(page: Page, expected: (row: number, column: number) => number): Promise<void> {
  const rows = await table(page);
  expect(rows).toHaveLength(T);
  rows.forEach(([, ...cells], row) => {
    expect(cells).toHaveLength(T);
    cells.forEach((cell, column) => {
      if (column > row) expect(cell).toBe('–');
      else near(cell, expected(row, column));
    });
  });
}

/** Softmax in plain arithmetic. */
function softmax(logits: number[], temperature: number): number[] {
  const most = Math.max(...logits);
  const parts = logits.map((logit) => Math.exp((logit - most) / temperature));
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => part / sum);
}

describe('the numbers in the pictures, computed through WASM, are those of float64', () => {
  it('in all of them', () =>
    visit(browser, site.url, { backend: 'wasm' }, async (page) => {
      await write(page, PROMPT);
      const shown = (await table(page)).map(([token]) => token);
      expect(shown).toEqual(ids.map((id) => tokenizer.show(id).replaceAll(' ', '·')));

      await choose(page, 'Layer', '2');
      await choose(page, 'Head', '1');
      await checkAttention(page, (row, column) => weight(2, 1, row, column));
      await show(page, 'arcs');
      await checkAttention(page, (row, column) => weight(2, 1, row, column));
      await choose(page, 'Head', 'mean');
      const heads = Array.from({ length: n_head }, (_, head) => head);
      await checkAttention(page, (row, column) => mean(heads.map((head) => weight(2, head, row, column))));

      await show(page, 'heads');
      const rows = await table(page);
      expect(rows).toHaveLength(n_layer * n_head);
      const later = Array.from({ length: T - 1 }, (_, i) => i + 1);
      rows.forEach(([, self, previous, first], i) => {
        const [layer, head] = [Math.floor(i / n_head), i % n_head];
        near(self, mean(later.map((t) => weight(layer, head, t, t))));
        near(previous, mean(later.map((t) => weight(layer, head, t, t - 1))));
        near(first, mean(later.map((t) => weight(layer, head, t, 0))));
      });

      await show(page, 'next');
      const logits = Array.from(act('logits').subarray((T - 1) * vocab_size));
      for (const temperature of [1, 0.5, 2.5]) {
        if (temperature !== 1) {
          await redrawn(page, () => page.getByRole('slider').fill(String(temperature)));
        }
        const p = softmax(logits, temperature);
        const top = await table(page);
        const best = largest(Float32Array.from(logits), 10);
        expect(top.map((row) => Number(row[4]))).toEqual(best);
        const widths = await page
          .locator('.bar-fill rect')
          .evaluateAll((bars) => bars.map((bar) => Number.parseFloat(bar.getAttribute('width') ?? '')));
        top.forEach(([token, probability, ln, logit], row) => {
          const id = best[row] as number;
          expect(token).toBe(tokenizer.show(id).replaceAll(' ', '·'));
          near(probability, p[id] as number);
          near(ln, Math.log(p[id] as number));
          near(logit, logits[id] as number);
          // Bars are as long as they say, beside the longest.
          const share = (widths[row] as number) / (widths[0] as number);
          expect(share).toBeCloseTo((p[id] as number) / (p[best[0] as number] as number), 3);
        });
      }

      await show(page, 'norms');
      const places = ids.map((_, t) => t);
      for (const token of [T - 1, 1]) {
        if (token !== T - 1) await choose(page, 'Token', String(token));
        const norms = await table(page);
        expect(norms).toHaveLength(n_layer + 1);
        norms.forEach(([, ...cells], layer) => {
          const names =
            layer < n_layer
              ? [`resid_pre.${layer}`, `attn_out.${layer}`, `mlp_out.${layer}`]
              : [`resid_post.${n_layer - 1}`];
          names.forEach((name, i) => {
            near(cells[2 * i], norm(name, token));
            near(cells[2 * i + 1], mean(places.map((t) => norm(name, t))));
          });
        });
      }
    }));
});
