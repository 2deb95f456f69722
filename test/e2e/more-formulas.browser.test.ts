import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Numbers } from '../../src/gpt2/arithmetic';
import { linear } from '../../src/gpt2/arithmetic';
import { parameterShapes } from '../../src/gpt2/parameters';
import { forward, keyOf } from '../../src/gpt2/reference';
import { difference } from '../support/agreement';
import { embeddedModel, embeddedTokenizer, loadModel } from '../support/models';
import { type OpenPane, openPaneWithErrors } from '../support/pane';
import { randomNumbers } from '../support/random';
import { useSite } from '../support/site';

const PROMPT = 'Mike is quick. He moves';
const model = loadModel(embeddedModel().folder);
const tokenizer = embeddedTokenizer();
const { n_embd: d, n_layer, vocab_size: V } = model.config;
const wte = model.weights.get('wte.weight');

type Row = [token: string, similarity: number, id: number];

const embedding = (id: number) => Float64Array.from(wte.subarray(id * d, (id + 1) * d));
const idOf = (token: string) => {
  const ids = tokenizer.encode(token);
  expect(ids, token).toHaveLength(1);
  return ids[0] as number;
};
const cosineOf = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0) / Math.hypot(...a) / Math.hypot(...b);

/** The mean of a text's residual stream as it leaves a block, in float64 [d]. */
function meanStream(text: string, layer: number): Float64Array {
  const ids = tokenizer.encode(text);
  const stream = forward(model, ids, 'float64').get(keyOf('resid_post', layer)) as Numbers;
  return Float64Array.from({ length: d }, (_, i) => {
    let sum = 0;
    for (let t = 0; t < ids.length; t++) sum += stream[t * d + i] as number;
    return sum / ids.length;
  });
}

function random(rows: number, columns: number, seed: number): number[][] {
  const next = randomNumbers(seed);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => 2 * next() - 1));
}

const report = (what: string, relative: number, most: number) => {
  console.log(`${what}: largest difference ${relative.toExponential(1)}`);
  expect(relative, what).toBeLessThanOrEqual(most);
};

const site = useSite();

describe('taskpane.html?backend=wasm', () => {
  let pane: OpenPane;
  beforeAll(async () => {
    pane = await openPaneWithErrors(site.browser, site.url, '?backend=wasm');
  });
  afterAll(() => pane?.close());
  const cells = async (id: string, ...args: unknown[]) => (await pane.call(id, ...args)) as number[][];
  const numbers = async (id: string, ...args: unknown[]) =>
    Float32Array.from((await cells(id, ...args)).flat());

  it('WEIGHT shows every parameter, and any part of it', async () => {
    for (const [name, shape] of parameterShapes(model.config, true)) {
      const [rows, columns] = shape.length > 1 ? (shape as [number, number]) : [1, shape[0] as number];
      const all = model.weights.get(name);
      const corner = await numbers('WEIGHT', name, rows - 1, columns - 2, 1, 2);
      expect([...corner], name).toEqual([...all.slice(-2)]);
    }
    expect(await numbers('WEIGHT', 'h.1.attn.c_attn.bias')).toEqual(
      model.weights.get('h.1.attn.c_attn.bias'),
    );
    expect(await numbers('WEIGHT', 'wpe.weight')).toEqual(model.weights.get('wpe.weight'));
    expect(await numbers('WEIGHT', 'transformer.wte.weight', 7)).toEqual(wte.slice(7 * d, 8 * d));
    expect(await numbers('WEIGHT', 'lm_head.weight', 7, 3)).toEqual(wte.slice(7 * d + 3, 7 * d + 4));
    const columnOf = await cells('WEIGHT', 'wte.weight', null, 3);
    expect([columnOf.length, columnOf[0]?.length]).toEqual([V, 1]);
    expect(Math.fround(columnOf[V - 1]?.[0] as number)).toBe(wte[(V - 1) * d + 3]);
    const part = await cells('WEIGHT', 'wpe.weight', 1, 2, 3, 4);
    expect(part.map((row) => row.length)).toEqual([4, 4, 4]);
    expect(Math.fround(part[2]?.[3] as number)).toBe(model.weights.get('wpe.weight')[3 * d + 5]);
  });

  it('EMBED is rows of WEIGHT', async () => {
    const ids = tokenizer.encode(PROMPT);
    const rows = await Promise.all(ids.map(async (id) => (await cells('WEIGHT', 'wte.weight', id))[0]));
    expect(rows).toEqual(await cells('EMBED', [[PROMPT]]));
  });

  it('PARAMS lists what there is, and CONFIG how large it is', async () => {
    const expected = [...parameterShapes(model.config, true)].map(([name, shape]) => {
      const [rows, columns] = shape.length > 1 ? (shape as [number, number]) : [1, shape[0] as number];
      return [name, rows, columns, rows * columns];
    });
    expect(await pane.call('PARAMS')).toEqual(expected);
    expect(await pane.call('PARAMS', 'h.0.*')).toEqual(
      expected.filter(([name]) => String(name).startsWith('h.0.')),
    );
    expect(await pane.call('PARAMS', 'w?e.weight')).toEqual(expected.slice(0, 2));
    expect(await pane.call('CONFIG')).toEqual(Object.entries(model.config));
    expect(await pane.call('CONFIG', 'n_layer')).toEqual([[n_layer]]);
  });

  it('NEAREST finds the tokens that a float64 comparison with all of wte finds', async () => {
    const id = idOf(' quick');
    const target = embedding(id);
    const right = Array.from({ length: V }, (_, other) => cosineOf(target, embedding(other)));
    const rows = (await pane.call('NEAREST', [[' quick']], 8)) as Row[];
    const order = right.map((_, i) => i).sort((a, b) => (right[b] as number) - (right[a] as number));
    expect(rows.map(([, , found]) => found)).toEqual(order.slice(0, 8));
    expect(rows.map(([token]) => token)).toEqual(order.slice(0, 8).map((found) => tokenizer.show(found)));
    const worst = Math.max(...rows.map(([, similar, found]) => Math.abs(similar - (right[found] as number))));
    report('NEAREST', worst, 6e-8);
    expect(await pane.call('NEAREST', [[id]], 8)).toEqual(rows);
    expect(await pane.call('NEAREST', [[...target]], 8)).toEqual(rows);
    expect(
      await pane.call(
        'NEAREST',
        [...target].map((value) => [value]),
        8,
      ),
    ).toEqual(rows);
    expect(await pane.call('NEAREST', [[id]])).toHaveLength(10);
  });

  it('ANALOGY is the nearest to b − a + c, without the three', async () => {
    const given = [' slow', ' slowly', ' quick'].map(idOf) as [number, number, number];
    const [a, b, c] = given.map(embedding) as [Float64Array, Float64Array, Float64Array];
    const target = b.map((value, i) => value - (a[i] as number) + (c[i] as number));
    const right = Array.from({ length: V }, (_, id) => cosineOf(target, embedding(id)));
    const order = right
      .map((_, i) => i)
      .filter((id) => !given.includes(id))
      .sort((one, other) => (right[other] as number) - (right[one] as number));
    const rows = (await pane.call('ANALOGY', [[' slow']], [[' slowly']], [[' quick']], 5)) as Row[];
    console.log(`slow : slowly = quick : ${rows.map(([token]) => token.trim()).join(', ')}`);
    expect(rows.map(([, , id]) => id)).toEqual(order.slice(0, 5));
    report('ANALOGY', Math.max(...rows.map(([, s, id]) => Math.abs(s - (right[id] as number)))), 6e-8);
    expect(await pane.call('ANALOGY', [[...a]], [[given[1]]], [[given[2]]], V - 2)).toHaveLength(V - 2);
  });

  it('VECTOR is the mean of the residual stream, and SEARCH compares them', async () => {
    let worst = 0;
    for (let layer = 0; layer < n_layer; layer++) {
      const got = await numbers('VECTOR', [[PROMPT]], layer);
      worst = Math.max(worst, difference(got, meanStream(PROMPT, layer)).relative);
    }
    report('VECTOR', worst, 1e-4);
    expect(await cells('VECTOR', [[PROMPT]])).toEqual(await cells('VECTOR', [[PROMPT]], n_layer - 1));

    const texts = ['Mike is quick.', 'Anna is sad.', 'The cake is big.'];
    const target = meanStream('a fast boy', n_layer - 1);
    const right = texts
      .map((text): [string, number] => [text, cosineOf(target, meanStream(text, n_layer - 1))])
      .sort((a, b) => b[1] - a[1]);
    const found = (await pane.call('SEARCH', [['a fast boy']], [texts, ['', '', '']])) as [string, number][];
    expect(found.map(([text]) => text)).toEqual(right.map(([text]) => text));
    report('SEARCH', Math.max(...found.map(([, s], i) => Math.abs(s - (right[i]?.[1] as number)))), 1e-5);
    expect(await pane.call('SEARCH', [['a fast boy']], [texts], 2)).toEqual(found.slice(0, 2));
  });

  it('a stage made of arithmetic on cells is the stage', async () => {
    const weights = async (name: string) => cells('WEIGHT', name);
    const mid = await cells('RESID', [[PROMPT]], 0, 'mid');
    const gain = await weights('h.0.ln_2.weight');
    const norm = await cells('NORMALIZE', mid, gain, await weights('h.0.ln_2.bias'));
    const fc = await weights('h.0.mlp.c_fc.weight');
    const hidden = await cells('GELU', await cells('MATMUL', norm, fc, await weights('h.0.mlp.c_fc.bias')));
    const proj = await weights('h.0.mlp.c_proj.weight');
    const out = await cells('MATMUL', hidden, proj, await weights('h.0.mlp.c_proj.bias'));
    const [, , , [label, relative]] = (await pane.call(
      'CHECK',
      out,
      await cells('MLP_OUT', [[PROMPT]], 0),
    )) as [unknown, unknown, unknown, [string, number]];
    expect(label).toBe('relative error');
    report('MLP_OUT by hand', relative, 1e-5);

    const scores = await cells('SCORES', [[PROMPT]], 0, 1);
    const pattern = await numbers('SOFTMAX', await cells('MASK', scores));
    report('ATTN by hand', difference(pattern, await numbers('ATTN', [[PROMPT]], 0, 1)).relative, 1e-6);
  });

  it('PCA of embeddings is the same on the page and in the worker', async () => {
    const rows = await cells('WEIGHT', 'wte.weight', 0, null, 60);
    const here = await cells('PCA', rows, 3);
    expect(here.map((row) => row.length)).toEqual(new Array(61).fill(3));
    const shares = here[60] as number[];
    expect(shares[0]).toBeGreaterThanOrEqual(shares[1] as number);
    expect(shares.reduce((a, b) => a + b)).toBeLessThan(1);
    // Every column thirty times: too much for the page, but the directions are the same.
    const wide = rows.map((row) => new Array<number[]>(30).fill(row).flat());
    const there = await numbers('PCA', wide, 3);
    const places = Float32Array.from(here.slice(0, 60).flat(), (place) => place * Math.sqrt(30));
    report('PCA, places', difference(there.slice(0, 180), places).relative, 1e-6);
    report('PCA, shares', difference(there.slice(180), Float32Array.from(shares)).relative, 1e-6);
  });

  it.each([
    ['WEIGHT', ['wte.weights'], /name is "wte.weights": .* nearest names are wte.weight, wpe.weight,/],
    ['WEIGHT', [null], /name is blank: no parameter/],
    ['WEIGHT', ['wte.weight', V], new RegExp(`row is ${V}: give a whole number from 0 to ${V - 1}`)],
    ['WEIGHT', ['ln_f.bias', 1], /row is 1: give a whole number from 0 to 0/],
    ['WEIGHT', ['wte.weight', V - 1, null, 2], /rows is 2: give a whole number from 1 to 1/],
    ['PARAMS', ['h.99.*'], /pattern is "h.99.\*": it fits the name of no parameter/],
    ['CONFIG', ['layers'], /key is "layers": give "n_layer" or/],
    ['NEAREST', [[['two words']]], /vector_or_token holds "two words", which is \d+ tokens/],
    ['NEAREST', [[[V]]], /vector_or_token is \d+: give a token in one cell/],
    ['NEAREST', [[['']]], /vector_or_token is missing: give a token in one cell/],
    ['NEAREST', [[[true]]], /vector_or_token is TRUE: give a token/],
    ['NEAREST', [[[1, 2]]], /vector_or_token is a 1×2 range: give a token .*, or \d+ numbers/],
    ['NEAREST', [[new Array(d).fill(0)]], /vector_or_token is all zeros/],
    ['NEAREST', [[[1]], 0], /k is 0: give a whole number from 1/],
    ['ANALOGY', [[[1]], [[2]], [[3]], V - 2], /k is \d+: give a whole number from 1 to/],
    ['ANALOGY', [[[1]], [['#N/A']], [[3]]], /b holds #N\/A in row 1, column 1/],
    ['VECTOR', [[['a']], n_layer], /layer is \d+: give a whole number from 0 to/],
    [
      'VECTOR',
      [[['a '.repeat(2000)]]],
      /text holds "a a .*…", which is \d+ tokens: this model takes at most/,
    ],
    ['SEARCH', [[['a']], [['b'], ['c '.repeat(2000)]]], /texts holds "c c .*…", which is \d+ tokens/],
    ['SEARCH', [[['a']], [['']]], /texts holds blank cells only/],
    ['SEARCH', [[['a']], [['b']], 2], /k is 2: give a whole number from 1 to 1/],
  ] as [string, unknown[], RegExp][])('%s refuses what it cannot take: %#', async (id, args, message) => {
    await expect(pane.call(id, ...args)).rejects.toThrow(message);
  });
});

describe('while no model is open', () => {
  let pane: OpenPane;
  beforeAll(async () => {
    pane = await openPaneWithErrors(site.browser, site.url, '?model=models/not-there');
  });
  afterAll(() => pane?.close());

  it('arithmetic works, on the page and in the worker', async () => {
    expect(await pane.call('GELU', [[0]])).toEqual([[0]]);
    expect(await pane.call('COSINE', [[1, 2]], [[2, 4]])).toEqual([[1]]);
    expect(await pane.call('PCA', [[1], [3]], 1)).toEqual([[-1], [1], [1]]);
    for (const n of [100, 300]) {
      const [a, b] = [random(n, n, 1), random(n, n, 2)];
      const flat = (rows: number[][]) => Float64Array.from(rows.flat());
      const right = linear(flat(a), flat(b), n, n);
      const got = Float32Array.from(((await pane.call('MATMUL', a, b)) as number[][]).flat());
      report(`MATMUL of ${n}×${n}`, difference(got, right).relative, 6e-8);
    }
    const wide = (await pane.call('PCA', random(120, 130, 3), 2)) as number[][];
    expect(wide).toHaveLength(121);
  });

  it('what needs a model says so', async () => {
    await expect(pane.call('WEIGHT', 'wte.weight', 0)).rejects.toThrow(/model could not be opened/);
  });
});
