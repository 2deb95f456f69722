import { describe, expect, it } from 'vitest';
import type { ActivationName } from '../../src/gpt2/activations';
import type { Numbers } from '../../src/gpt2/arithmetic';
import { forward, keyOf } from '../../src/gpt2/reference';
import { docsPages, resultOf } from '../support/docs';
import { embeddedModel, embeddedTokenizer, loadModel } from '../support/models';

// The pages' examples once more, without formulas, engine or bridge: from the weights, in float64.

const model = loadModel(embeddedModel().folder);
const tokenizer = embeddedTokenizer();
const ids = tokenizer.encode('Mike is quick. He moves');
const acts = forward(model, ids, 'float64');
const T = ids.length;
const { n_embd: d, n_inner, n_head, vocab_size: V } = model.config;
const pages = docsPages();

/** Half a digit of the four decimals that pages show. */
const TOLERANCE = 0.5e-4 * 1.02;

/** The activation [T, width] or one head [T, width] of it. */
function part(
  name: ActivationName,
  layer: number,
  width: number,
  head = 0,
): (row: number, column: number) => number {
  const values = acts.get(keyOf(name, layer)) as Numbers;
  return (row, column) => values[(head * T + row) * width + column] as number;
}

const ATTENTION = d / n_head;
const cases: [id: string, value: (row: number, column: number) => number][] = [
  ['EMBED', part('embed', 0, d)],
  ['POSITION', part('pos_embed', 0, d)],
  ['RESID', part('resid_post', 2, d)],
  ['LAYERNORM', part('ln_2', 0, d)],
  ['QUERY', part('q', 0, ATTENTION, 3)],
  ['KEY', part('k', 0, ATTENTION, 3)],
  ['VALUE', part('v', 0, ATTENTION, 3)],
  ['SCORES', part('attn_scores', 0, T, 3)],
  ['ATTN', part('pattern', 0, T, 3)],
  ['HEAD', part('z', 0, ATTENTION, 3)],
  ['RESULT', part('result', 0, d, 3)],
  ['ATTN_OUT', part('attn_out', 0, d)],
  ['MLP_PRE', part('mlp_pre', 0, n_inner)],
  ['MLP_POST', part('mlp_post', 0, n_inner)],
  ['MLP_OUT', part('mlp_out', 0, d)],
  ['BLOCK', part('resid_post', 2, d)],
  ['FINAL', part('ln_final', 0, d)],
];

describe("the pages' examples are the model's, in float64", () => {
  it.each(cases)('%s', (id, value) => {
    const shown = resultOf(pages.get(`${id}.html`) ?? '');
    expect(shown.length).toBe(T);
    let worst = 0;
    shown.forEach((row, r) => {
      expect(row.length).toBeGreaterThanOrEqual(6);
      row.forEach((cell, c) => {
        const right = value(r, c);
        // Very small numbers are shown with a power of ten, and differ by less still.
        const difference = right <= -1e9 ? Number(cell) - right : Math.abs(Number(cell) - right);
        worst = Math.max(worst, Math.abs(difference));
      });
    });
    console.log(
      `${id}: ${shown.length}×${shown[0]?.length} cells, largest difference ${worst.toExponential(1)}`,
    );
    expect(worst).toBeLessThan(TOLERANCE);
  });

  it('LOGITS, PROBS, TOP and NEXT', () => {
    const logits = Array.from((acts.get('logits') as Numbers).slice((T - 1) * V));
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    const quickly = tokenizer.encode(' quickly')[0] as number;
    const cell = (id: string) => resultOf(pages.get(`${id}.html`) ?? '')[0] as string[];
    expect(Number(cell('LOGITS')[0])).toBeCloseTo(logits[quickly] as number, 3);
    expect(Number(cell('PROBS')[0])).toBeCloseTo(Math.exp(logits[quickly] as number) / total, 3);
    const best = logits.map((logit, id) => ({ logit, id })).sort((a, b) => b.logit - a.logit);
    expect(resultOf(pages.get('TOP.html') ?? '').map(([token, , , id]) => [token, Number(id)])).toEqual(
      best.slice(0, 5).map(({ id }) => [tokenizer.show(id), id]),
    );
    expect(cell('NEXT')[0]).toBe(tokenizer.show(best[0]?.id as number));
  });
});
