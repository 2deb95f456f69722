import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ACTIVATIONS, type ActivationName, MASKED } from '../../src/gpt2/activations';
import { headWidth } from '../../src/gpt2/config';
import { type Activations, forward, keyOf, type Model } from '../../src/gpt2/reference';
import { explain } from '../../src/trace/explain';
import type { Explanation, Link } from '../../src/trace/explanation';
import { parseFormula } from '../../src/trace/formula';
import type { Reader } from '../../src/trace/reader';
import { type StageFormula, stageFormulas, subjects } from './cases';
import { evaluate, openModel, type Ranges } from './sheet';

const LIMIT = 1e-5;

beforeAll(() => {
  vi.stubGlobal('CustomFunctions', {
    Error: class extends Error {
      constructor(code: string, message: string) {
        super(`${code} ${message}`);
      }
    },
    ErrorCode: { invalidValue: '#VALUE!', notAvailable: '#N/A' },
  });
});

/** An activation of the reference, by rows; of one head where it has heads. */
function rowsOf(acts: Activations, model: Model, T: number, name: ActivationName, layer: number, head = 0) {
  const all = acts.get(keyOf(name, layer)) as Float64Array;
  const heads = (ACTIVATIONS[name].shape as readonly string[])[0] === 'H' ? model.config.n_head : 1;
  const part = all.length / heads;
  const width = part / T;
  const from = heads > 1 ? head * part : 0;
  return Array.from({ length: T }, (_, t) =>
    Array.from(all.subarray(from + t * width, from + (t + 1) * width)),
  );
}

/** What the number in a row and column of an activation is computed from, out of the reference alone. */
function expectedOperands(
  model: Model,
  rows: (name: ActivationName, layer?: number, head?: number) => number[][],
  ids: readonly number[],
  { name, layer, head = 0 }: StageFormula,
  t: number,
  j: number,
): number[][] {
  const { config, weights } = model;
  const { n_embd: d, n_inner, n_head, n_layer } = config;
  const dh = headWidth(config);
  const w = (
    which: string,
    width: number,
    column: number,
    from = 0,
    count = weights.get(which).length / width,
  ) => Array.from({ length: count }, (_, i) => weights.get(which)[(from + i) * width + column] as number);
  const row = (which: ActivationName, at = layer, h = head) => rows(which, at, h)[t] as number[];
  const one = (which: ActivationName, at = layer, h = head) => [row(which, at, h)[j] as number];
  const bias = (which: string, at: number) => [weights.get(which)[at] as number];
  const h = `h.${layer}.`;
  const attn = (third: number) => {
    const at = third * d + head * dh + j;
    return [row('ln_1'), w(`${h}attn.c_attn.weight`, 3 * d, at), bias(`${h}attn.c_attn.bias`, at)];
  };
  const normed = (before: number[], which: string) => [
    before,
    bias(`${which}.weight`, j),
    bias(`${which}.bias`, j),
  ];
  switch (name) {
    case 'embed':
      return [[weights.get('wte.weight')[(ids[t] as number) * d + j] as number]];
    case 'pos_embed':
      return [[weights.get('wpe.weight')[t * d + j] as number]];
    case 'resid_pre':
      return layer === 0
        ? [one('embed'), one('pos_embed')]
        : [one('resid_mid', layer - 1), one('mlp_out', layer - 1)];
    case 'ln_1':
      return normed(row('resid_pre'), `${h}ln_1`);
    case 'q':
      return attn(0);
    case 'k':
      return attn(1);
    case 'v':
      return attn(2);
    case 'attn_scores':
      return j > t ? [] : [row('q'), rows('k', layer, head)[j] as number[]];
    case 'pattern':
      return [row('attn_scores')];
    case 'z':
      return [row('pattern'), rows('v', layer, head).map((value) => value[j] as number)];
    case 'result':
      return [row('z'), w(`${h}attn.c_proj.weight`, d, j, head * dh, dh)];
    case 'attn_out':
      return [
        ...Array.from({ length: n_head }, (_, each) => one('result', layer, each)),
        bias(`${h}attn.c_proj.bias`, j),
      ];
    case 'resid_mid':
      return [one('resid_pre'), one('attn_out')];
    case 'ln_2':
      return normed(row('resid_mid'), `${h}ln_2`);
    case 'mlp_pre':
      return [row('ln_2'), w(`${h}mlp.c_fc.weight`, n_inner, j), bias(`${h}mlp.c_fc.bias`, j)];
    case 'mlp_post':
      return [one('mlp_pre')];
    case 'mlp_out':
      return [row('mlp_post'), w(`${h}mlp.c_proj.weight`, d, j), bias(`${h}mlp.c_proj.bias`, j)];
    case 'resid_post':
      return [one('resid_mid'), one('mlp_out')];
    case 'ln_final':
      return normed(row('resid_post', n_layer - 1), 'ln_f');
    case 'logits':
      return [row('ln_final', 0), Array.from(weights.get('lm_head.weight').subarray(j * d, (j + 1) * d))];
  }
}

const largest = (values: readonly number[]) =>
  values.reduce((most, value) => (value === MASKED ? most : Math.max(most, Math.abs(value))), 1e-30);

/** The distance of two lists of numbers, as a part of the largest of the second. */
function distance(got: readonly number[], right: readonly number[], scale = largest(right)): number {
  if (got.length !== right.length) return Number.POSITIVE_INFINITY;
  return got.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (right[i] as number)) / scale), 0);
}

/** The cells that a link means. */
async function cellsOf({ formula, area }: Link, ranges: Ranges): Promise<unknown[]> {
  const shown = await evaluate(formula, ranges);
  expect(shown.length, formula).toBeGreaterThanOrEqual(area.row + area.rows);
  expect(shown[0]?.length, formula).toBeGreaterThanOrEqual(area.column + area.columns);
  return shown
    .slice(area.row, area.row + area.rows)
    .flatMap((row) => row.slice(area.column, area.column + area.columns));
}

const covers = ({ area }: Link, row: number, column: number) =>
  row >= area.row &&
  row < area.row + area.rows &&
  column >= area.column &&
  column < area.column + area.columns;

describe.each(subjects)('$name', ({ missing, open }) => {
  let reader: Reader & { close(): Promise<void> };
  let model: Model;
  let acts: Activations;
  let ids: readonly number[];
  let prompt: unknown[][];
  let names: readonly string[] | undefined;

  beforeAll(async () => {
    if (missing) return;
    const opened = open();
    ({ model, ids, prompt } = opened);
    names = opened.tokenizer && ids.map((id) => opened.tokenizer?.show(id) as string);
    acts = forward(model, ids, 'float64');
    reader = await openModel(model, opened.tokenizer);
  });
  afterAll(() => reader?.close());

  const rows = (name: ActivationName, layer = 0, head = 0) =>
    rowsOf(acts, model, ids.length, name, layer, head);

  /** A few cells of every stage: corners, the diagonal, what is masked. */
  function spots(width: number): [number, number][] {
    const T = ids.length;
    return [
      [0, 0],
      [T - 1, width - 1],
      [T - 2, 1],
      [1, Math.min(3, width - 1)],
    ];
  }

  async function check(
    stage: StageFormula,
    ranges: Ranges,
    form: 'prompt' | 'cells',
    worst: Map<string, number>,
  ) {
    const right = rows(stage.name, stage.layer, stage.head);
    const scale = largest(right.flat());
    const shown = (await evaluate(stage.formula, ranges)) as number[][];
    for (const [row, column] of spots(right[0]?.length as number)) {
      const what = `${form} ${stage.formula}[${row},${column}]`;
      const value = shown[row]?.[column];
      const question = {
        formula: stage.formula,
        row,
        column,
        value,
        evaluate: (arg: string) => evaluate(arg, ranges),
      };
      const answer = (await explain(question, reader)) as Explanation;
      expect(answer, what).toMatchObject({ kind: 'explanation', title: { activation: stage.name, form } });

      const recomputed = answer.value.recomputed as number;
      expect(answer.value.shown, what).toBe(value);
      const off = Math.max(
        distance([recomputed], [right[row]?.[column] as number], scale),
        distance([recomputed], [value as number], scale),
      );
      expect(off, what).toBeLessThan(LIMIT);
      const expected = expectedOperands(model, rows, ids, stage, row, column);
      expect(answer.operands, what).toHaveLength(expected.length);
      for (const [i, { values }] of answer.operands.entries()) {
        const is = expected[i] as number[];
        // A single number may be nearly 0: it is as exact as the tensor that it goes into is large.
        const size = is.length > 1 ? largest(is) : Math.max(largest(is), scale);
        expect(distance(values, is, size), `${what}, operand ${i}`).toBeLessThan(LIMIT);
      }
      worst.set(stage.name, Math.max(off, worst.get(stage.name) ?? 0));

      if (stage.name === 'attn_scores' && column > row) {
        expect(recomputed).toBe(MASKED);
        expect(answer.notes.join()).toContain('masked');
      }
      if (stage.name === 'pattern' && column > row) {
        expect(recomputed).toBe(0);
        expect(answer.notes.join()).toContain('masked');
      }
      expect(answer.title.row?.index, what).toBe(row);
      expect(answer.title.row?.token, what).toBe(form === 'prompt' ? names?.[row] : undefined);
      if (stage.name === 'attn_scores') {
        expect(answer.title.column?.token, what).toBe(form === 'prompt' ? names?.[column] : undefined);
      }

      for (const operand of answer.operands) {
        const cells = (await cellsOf(operand.link, ranges)) as number[];
        expect(distance(cells, operand.values), `${what} ← ${operand.link.formula}`).toBeLessThan(LIMIT);
      }
      for (const link of answer.to) {
        await cellsOf(link, ranges);
        if (!('call' in parseFormula(link.formula))) continue;
        // Whoever is said to read this number says the same of itself.
        const last = {
          row: link.area.row + link.area.rows - 1,
          column: link.area.column + link.area.columns - 1,
        };
        for (const corner of [{ row: link.area.row, column: link.area.column }, last]) {
          const reading = (await explain(
            { ...question, formula: link.formula, ...corner, value: undefined },
            reader,
          )) as Explanation;
          expect(reading.kind, `${what} → ${link.formula}`).toBe('explanation');
          const back = await Promise.all(
            reading.from
              .filter((from) => covers(from, row, column))
              .map(({ formula }) => evaluate(formula, ranges)),
          );
          const found = back.some(
            (cells) => distance([cells[row]?.[column] as number], [value as number], scale) < LIMIT,
          );
          expect(found, `${what} is among what ${link.formula} comes from`).toBe(true);
        }
      }
    }
  }

  it.for(['prompt', 'cells'] as const)('explains every stage in the form of a %s', async (form, { skip }) => {
    if (missing) skip(missing);
    const { config } = model;
    const worst = new Map<string, number>();
    for (const layer of [0, config.n_layer - 1]) {
      for (const stage of stageFormulas(config, 'A1', layer, config.n_head - 1)) {
        if (form === 'prompt') {
          await check(stage, { A1: prompt }, form, worst);
        } else if (stage.takes) {
          const cells = rows(stage.takes.name, stage.takes.layer);
          const formula = stage.formula.replace('A1', "'My sheet'!B2:Z9");
          await check({ ...stage, formula }, { "'My sheet'!B2:Z9": cells }, form, worst);
        }
      }
    }
    const most = Math.max(...worst.values());
    console.log(
      `${form}: largest difference ${most.toExponential(1)} (${[...worst].map(([n, off]) => `${n} ${off.toExponential(0)}`).join(', ')})`,
    );
    expect(worst.size).toBe(form === 'prompt' ? 19 : 15);
  });
});
