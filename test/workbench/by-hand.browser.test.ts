import { afterAll, beforeAll, expect, it } from 'vitest';
import { headWidth } from '../../src/gpt2/config';
import { cellOf } from '../support/chain';
import { Layout } from '../support/layout';
import { embeddedModel, embeddedTokenizer, loadModel } from '../support/models';
import { useSite } from '../support/site';
import { type OpenWorkbench, openWorkbench } from '../support/workbench';

const PROMPT = 'Mike is quick. He moves';
const LAYER = 1;
const HEAD = 2;
const SHEET = 'Scratch';
const on = (address: string) => `${SHEET}!${address}`;

const { config } = loadModel(embeddedModel().folder);
const { n_embd: d, n_inner, layer_norm_epsilon: eps } = config;
const dh = headWidth(config);
const T = embeddedTokenizer().encode(PROMPT).length;

const layout = new Layout(SHEET);
const start = (range: string) => range.split(':')[0] as string;
const prompt = start(layout.grid(1, 1, () => PROMPT));

/** A part of a parameter of the block: the numbers that every rebuilding needs. */
const weight = (name: string, rows: number, columns: number, column = 0) =>
  layout.spill(rows, columns, `=GPT2.WEIGHT("h.${LAYER}.${name}",0,${column},${rows},${columns})`);

/** The weights and the bias of one head's queries, keys or values. */
const projection = (third: number) => {
  const first = third * d + HEAD * dh;
  return { w: weight('attn.c_attn.weight', d, dh, first), b: weight('attn.c_attn.bias', 1, dh, first) };
};

const pre = layout.spill(T, d, `=GPT2.RESID(${prompt},${LAYER})`);
const mid = layout.spill(T, d, `=GPT2.RESID(${prompt},${LAYER},"mid")`);
const norms = ['ln_1', 'ln_2'].map((which) => ({
  gain: weight(`${which}.weight`, 1, d),
  bias: weight(`${which}.bias`, 1, d),
}));
const [ln1, ln2] = norms as [(typeof norms)[0], (typeof norms)[0]];
const [query, key, value] = [0, 1, 2].map(projection) as [Linear, Linear, Linear];
const fc = { w: weight('mlp.c_fc.weight', d, n_inner), b: weight('mlp.c_fc.bias', 1, n_inner) };
const proj = { w: weight('mlp.c_proj.weight', n_inner, d), b: weight('mlp.c_proj.bias', 1, d) };
type Linear = { w: string; b: string };

/** A part of the model that is rebuilt, and one cell of it that can be spoilt. */
interface Rebuilt {
  readonly name: string;
  /** Where CHECK shows its four rows. */
  readonly check: string;
  readonly spoil: { readonly at: string; readonly formula: string };
}

const check = (range: string, model: string) => layout.spill(4, 2, `=GPT2.CHECK(${range},${model})`);
const headOfModel = `GPT2.HEAD(${prompt},${LAYER},${HEAD})`;
const mlpOfModel = `GPT2.MLP_OUT(${prompt},${LAYER})`;

/** An attention head of the formulas for arithmetic. */
function headOfFormulas(): Rebuilt {
  const norm = layout.spill(T, d, `=GPT2.NORMALIZE(${pre},${ln1.gain},${ln1.bias})`);
  const linear = ({ w, b }: Linear) => layout.spill(T, dh, `=GPT2.MATMUL(${norm},${w},${b})`);
  const [q, k, v] = [linear(query), linear(key), linear(value)];
  const products = layout.spill(T, T, `=GPT2.MATMUL(${q},TRANSPOSE(${k}))`);
  const scores = layout.spill(T, T, `=${products}/SQRT(${dh})`);
  const masked = layout.spill(T, T, `=GPT2.MASK(${scores})`);
  const pattern = layout.spill(T, T, `=GPT2.SOFTMAX(${masked})`);
  const z = layout.spill(T, dh, `=GPT2.MATMUL(${pattern},${v})`);
  return {
    name: 'a head of arithmetic formulas',
    check: check(z, headOfModel),
    spoil: { at: start(scores), formula: `=${products}/SQRT(${dh + 1})` },
  };
}

/** An MLP of the formulas for arithmetic. */
function mlpOfFormulas(): Rebuilt {
  const norm = layout.spill(T, d, `=GPT2.NORMALIZE(${mid},${ln2.gain},${ln2.bias})`);
  const hidden = layout.spill(T, n_inner, `=GPT2.MATMUL(${norm},${fc.w},${fc.b})`);
  const active = layout.spill(T, n_inner, `=GPT2.GELU(${hidden})`);
  const out = layout.spill(T, d, `=GPT2.MATMUL(${active},${proj.w},${proj.b})`);
  return {
    name: 'an MLP of arithmetic formulas',
    check: check(out, mlpOfModel),
    spoil: { at: start(active), formula: `=${hidden}` },
  };
}

/** A column with one native formula for each row of a range. */
const eachRow = (range: string, columns: number, formula: (row: string) => string) =>
  layout.grid(T, 1, (r) => `=${formula(`${cellOf(range, r, 0)}:${cellOf(range, r, columns - 1)}`)}`);

/** LayerNorm in native formulas: a mean and a variance for each row, and the whole of it at once. */
function nativeNorm(x: string, { gain, bias }: { gain: string; bias: string }) {
  const mean = eachRow(x, d, (row) => `AVERAGE(${row})`);
  const variance = eachRow(x, d, (row) => `VARP(${row})`);
  const norm = layout.spill(T, d, `=(${x}-${mean})/SQRT(${variance}+${eps})*${gain}+${bias}`);
  return { mean, norm };
}

/** An attention head of what every spreadsheet has. */
function headOfNativeFormulas(): Rebuilt {
  const { mean, norm } = nativeNorm(pre, ln1);
  const linear = ({ w, b }: Linear) => layout.spill(T, dh, `=MMULT(${norm},${w})+${b}`);
  const [q, k, v] = [linear(query), linear(key), linear(value)];
  const future = `COLUMN(A1:${cellOf('A1:A1', 0, T - 1)})>ROW(A1:A${T})`;
  const masked = layout.spill(T, T, `=IF(${future},-1E+10,MMULT(${q},TRANSPOSE(${k}))/SQRT(${dh}))`);
  const most = eachRow(masked, T, (row) => `MAX(${row})`);
  const powers = layout.spill(T, T, `=EXP(${masked}-${most})`);
  const sums = eachRow(powers, T, (row) => `SUM(${row})`);
  const pattern = layout.spill(T, T, `=${powers}/${sums}`);
  const z = layout.spill(T, dh, `=MMULT(${pattern},${v})`);
  return {
    name: 'a head of native formulas',
    check: check(z, headOfModel),
    spoil: { at: cellOf(mean, T - 1, 0), formula: '=1' },
  };
}

/** An MLP of what every spreadsheet has. */
function mlpOfNativeFormulas(): Rebuilt {
  const { norm } = nativeNorm(mid, ln2);
  const hidden = layout.spill(T, n_inner, `=MMULT(${norm},${fc.w})+${fc.b}`);
  const gelu = (cubed: number) => `=0.5*${hidden}*(1+TANH(SQRT(2/PI())*(${hidden}+${cubed}*${hidden}^3)))`;
  const active = layout.spill(T, n_inner, gelu(0.044715));
  const out = layout.spill(T, d, `=MMULT(${active},${proj.w})+${proj.b}`);
  return {
    name: 'an MLP of native formulas',
    check: check(out, mlpOfModel),
    spoil: { at: start(active), formula: gelu(0.05) },
  };
}

const REBUILT = [headOfFormulas(), mlpOfFormulas(), headOfNativeFormulas(), mlpOfNativeFormulas()];

const site = useSite();
let workbench: OpenWorkbench;
beforeAll(async () => {
  workbench = await openWorkbench(site.browser, site.url, { query: '?backend=wasm' });
  await workbench.set(layout.cells);
  await workbench.settled();
});
afterAll(() => workbench?.close());

it.each(REBUILT)(
  '$name is the model’s, and CHECK sees a cell that is not',
  async ({ name, check, spoil }) => {
    /** The relative error, where CHECK shows it. */
    const relative = async () => {
      const [rows] = await workbench.values(on(check));
      const [label, error] = rows?.[3] ?? [];
      return label === 'relative error' ? (error as number) : Number.NaN;
    };
    await expect.poll(relative).toBeLessThanOrEqual(1e-5);
    const right = await relative();
    const { formula } = await workbench.read(on(spoil.at));
    await workbench.set({ [on(spoil.at)]: spoil.formula });
    await expect.poll(relative).toBeGreaterThan(1e-4);
    await workbench.settled();
    const spoilt = await relative();
    console.log(
      `${name}: relative error ${right.toExponential(1)}, and ${spoilt.toExponential(1)} with ${spoil.formula}`,
    );
    await workbench.set({ [on(spoil.at)]: formula as string });
    await expect.poll(relative).toBe(right);
  },
);
