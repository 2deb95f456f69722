import type { ActivationName } from '../../src/gpt2/activations';
import type { Numbers } from '../../src/gpt2/arithmetic';
import { type Config, headWidth } from '../../src/gpt2/config';
import { type Activations, keyOf } from '../../src/gpt2/reference';
import { probabilities } from '../../src/gpt2/sampling';
import { addressOf, area } from '../../src/workbook/address';
import type { Prompt } from './chain-models';
import type { Call } from './formulas';
import { Layout } from './layout';

/** One stage of the model in cells. */
export interface Stage {
  /** As it is printed: the formula's name, or what is added. */
  readonly name: string;
  /** Its numbers on the sheet, by rows. */
  readonly range: string;
  /** The same for the prompt as the whole model computes it; missing where no one formula gives it. */
  readonly prompt?: Call;
  /** The same in the reference. */
  right(acts: Activations): Numbers;
  /** Whether it comes after the cells that are there to be overwritten. */
  readonly after: boolean;
}

/** The whole model as a chain of cells, each fed from the one before it. */
export interface Chain {
  readonly cells: Layout['cells'];
  /** All of the sheet that they take. */
  readonly range: string;
  readonly stages: readonly Stage[];
  /** The likeliest tokens, TOP's rows, and the next one, NEXT. */
  readonly top: string;
  readonly next: string;
  /** Cells with formulas of their own in the middle block: the last rows of the stream after attention and of one head's pattern. */
  readonly editable: {
    readonly layer: number;
    readonly head: number;
    /** [1, d_model] */
    readonly midRow: string;
    /** [1, T] */
    readonly patternRow: string;
  };
}

/** How many tokens TOP lists. */
export const topOf = ({ vocab_size }: Config): number => Math.min(5, vocab_size);

/** Lays out every stage of every block, and what is behind them, for one prompt. */
export function chainOf(config: Config, { input, ids }: Prompt, sheet: string): Chain {
  const { n_layer, n_head: H, n_embd: d, n_inner, vocab_size: V } = config;
  const T = ids.length;
  const dh = headWidth(config);
  const layout = new Layout(sheet);
  const stages: Stage[] = [];
  let after = false;

  const add = (name: string, range: string, prompt: Call | undefined, right: Stage['right']) => {
    stages.push({
      name,
      range,
      right,
      after,
      ...(prompt && {
        prompt: [
          prompt[0],
          prompt[0] === 'POSITION' && input[0]?.[0] === ids[0] ? [[T]] : input,
          ...prompt.slice(1),
        ],
      }),
    });
    return range;
  };
  /** The cells form of a formula, beside its prompt form. */
  const stage = (size: [number, number], from: string, [id, ...args]: Call, right: Stage['right']) => {
    const formula = `=GPT2.${id}(${[from, ...args.map(literal)].join(',')})`;
    return add(id, layout.spill(...size, formula), [id, ...args], right);
  };
  const whole =
    (name: ActivationName, layer = 0) =>
    (acts: Activations) =>
      acts.get(keyOf(name, layer)) as Numbers;
  const ofHead = (name: ActivationName, layer: number, head: number) => (acts: Activations) => {
    const all = whole(name, layer)(acts);
    return all.slice((head * all.length) / H, ((head + 1) * all.length) / H);
  };
  const stream: [number, number] = [T, d];

  const prompt = layout.grid(input.length, 1, (row) => input[row]?.[0] as string | number);
  const from = input.length > 1 ? prompt : (prompt.split(':')[0] as string);
  const embed = stage(stream, from, ['EMBED'], whole('embed'));
  // One number alone is a number of places to POSITION, not a token id.
  const places =
    typeof input[0]?.[0] === 'string'
      ? stage(stream, from, ['POSITION'], whole('pos_embed'))
      : add(
          'POSITION',
          layout.spill(T, d, `=GPT2.POSITION(ROWS(${prompt}))`),
          ['POSITION'],
          whole('pos_embed'),
        );
  const sum = (a: string, b: string) => layout.spill(T, d, `=${a}+${b}`);
  let x = add('+ POSITION', sum(embed, places), ['RESID', 0, 'pre'], whole('resid_pre'));
  const first = x;
  const editable = { layer: Math.floor(n_layer / 2), head: H - 1, midRow: '', patternRow: '' };

  for (let layer = 0; layer < n_layer; layer++) {
    const here = layer === editable.layer;
    stage(stream, x, ['LAYERNORM', layer, 'ln_1'], whole('ln_1', layer));
    stage([T, T], x, ['ATTN', layer], (acts) => meanOver(whole('pattern', layer)(acts), H));
    const heads = Array.from({ length: H }, (_, head) => {
      const one = (id: string, columns: number, name: ActivationName) =>
        stage([T, columns], x, [id, layer, head], ofHead(name, layer, head));
      one('QUERY', dh, 'q');
      one('KEY', dh, 'k');
      const values = one('VALUE', dh, 'v');
      one('SCORES', T, 'attn_scores');
      const pattern = one('ATTN', T, 'pattern');
      one('HEAD', dh, 'z');
      return { values, pattern, result: one('RESULT', d, 'result') };
    });
    let attnOut = stage(stream, x, ['ATTN_OUT', layer], whole('attn_out', layer));
    stage(stream, x, ['BLOCK', layer], whole('resid_post', layer));
    if (x === first) stage(stream, x, ['BLOCK', layer, n_layer - 1], whole('resid_post', n_layer - 1));

    if (here) {
      const { head } = editable;
      const { values, pattern, result } = heads[head] as (typeof heads)[number];
      const redone = redo(layout, { T, d, dh, layer, head, values, pattern });
      after = true;
      editable.patternRow = redone.lastRow;
      add('pattern, last row', redone.lastRow, undefined, (acts) =>
        ofHead('pattern', layer, head)(acts).slice(-T),
      );
      add('z, native', redone.z, undefined, ofHead('z', layer, head));
      add('result, native', redone.result, undefined, ofHead('result', layer, head));
      attnOut = layout.spill(T, d, `=${attnOut}-${result}+${redone.result}`);
      add('ATTN_OUT, native', attnOut, undefined, whole('attn_out', layer));
    }
    const mid = here ? lastRowApart(layout, x, attnOut) : sum(x, attnOut);
    if (here) editable.midRow = lastRowOf(mid);
    add('+ ATTN_OUT', mid, ['RESID', layer, 'mid'], whole('resid_mid', layer));

    stage(stream, mid, ['LAYERNORM', layer, 'ln_2'], whole('ln_2', layer));
    stage([T, n_inner], mid, ['MLP_PRE', layer], whole('mlp_pre', layer));
    stage([T, n_inner], mid, ['MLP_POST', layer], whole('mlp_post', layer));
    const out = stage(stream, mid, ['MLP_OUT', layer], whole('mlp_out', layer));
    x = add('+ MLP_OUT', sum(mid, out), ['RESID', layer, 'post'], whole('resid_post', layer));
  }
  stage(stream, x, ['LAYERNORM', 0, 'ln_f'], whole('ln_final'));
  const final = stage(stream, x, ['FINAL'], whole('ln_final'));
  const logitsAt = (position: number) => (acts: Activations) =>
    whole('logits')(acts).slice(position * V, (position + 1) * V);
  stage([V, 1], final, ['LOGITS'], logitsAt(T - 1));
  stage([V, 1], final, ['LOGITS', 0], logitsAt(0));
  stage([V, 1], final, ['PROBS'], (acts) => Float64Array.from(probabilities(logitsAt(T - 1)(acts))));
  const top = layout.spill(topOf(config), 4, `=GPT2.TOP(${final},${topOf(config)})`);
  const next = layout.spill(1, 1, `=GPT2.NEXT(${final})`);
  return { cells: layout.cells, range: layout.range, stages, top, next, editable };
}

/** One head done natively from its pattern on, the last row of the pattern in cells of their own. */
function redo(
  layout: Layout,
  given: { T: number; d: number; dh: number; layer: number; head: number; values: string; pattern: string },
): { lastRow: string; z: string; result: string } {
  const { T, d, dh, layer, head, values, pattern } = given;
  const rows = lastRowApart(layout, pattern);
  const z = layout.spill(T, dh, `=MMULT(${rows},${values})`);
  const weights = layout.spill(
    dh,
    d,
    `=GPT2.WEIGHT("h.${layer}.attn.c_proj.weight",${head * dh},0,${dh},${d})`,
  );
  return { lastRow: lastRowOf(rows), z, result: layout.spill(T, d, `=MMULT(${z},${weights})`) };
}

/** The sum of ranges of one shape: its last row cell by cell, as somebody fills it in who means to type over a cell. */
function lastRowApart(layout: Layout, ...ranges: readonly string[]): string {
  const { top, left, bottom, right } = area(ranges[0] as string);
  const [rows, columns] = [bottom - top + 1, right - left + 1];
  const part = (range: string, first: number, last: number) =>
    `${cellOf(range, first, 0)}:${cellOf(range, last, columns - 1)}`;
  return layout.grid(rows, columns, (r, c) => {
    if (r === rows - 1) return `=${ranges.map((range) => cellOf(range, r, c)).join('+')}`;
    // One formula spills over the rows above.
    if (r === 0 && c === 0) return `=${ranges.map((range) => part(range, 0, rows - 2)).join('+')}`;
    return undefined;
  });
}

function lastRowOf(range: string): string {
  const { left, bottom, right } = area(range);
  return `${addressOf(bottom, left)}:${addressOf(bottom, right)}`;
}

/** The address of one cell of a range, counted from 0. */
export function cellOf(range: string, row: number, column: number): string {
  const { top, left } = area(range);
  return addressOf(top + row, left + column);
}

/** The mean of x [H, T, T] over its heads → [T, T]. */
function meanOver(x: Numbers, H: number): Numbers {
  const size = x.length / H;
  return Float64Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let head = 0; head < H; head++) sum += x[head * size + i] as number;
    return sum / H;
  });
}

const literal = (value: unknown) => (typeof value === 'string' ? `"${value}"` : String(value));
