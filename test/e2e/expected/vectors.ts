import type { Numbers } from '../../../src/gpt2/arithmetic';
import { forward, keyOf } from '../../../src/gpt2/reference';
import type { Tokenizer } from '../../../src/gpt2/tokenizer';
import { randomNumbers } from '../../support/random';
import { type Case, cellsOf, column, type Given } from './case';
import { cosine, order, principal } from './plain';

const TEXTS = ['Mike is quick.', 'Anna is sad.', 'The cake is big.', 'Once there was a dog.'];

/** Formulas about vectors: those of tokens, of texts, and of cells. */
export const vectorCases = (given: Given): Case[] => [
  ...ofCells(),
  ...(given.tokenizer ? [...ofTokens(given, given.tokenizer), ...ofTexts(given, given.tokenizer)] : []),
];

/** Rows of random numbers whose columns grow smaller, so that their components differ well. */
function graded(rows: number, columns: number, seed: number): number[][] {
  const next = randomNumbers(seed);
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, (_, c) => (2 * next() - 1) * 0.8 ** c),
  );
}

function ofCells(): Case[] {
  const [a, b] = [graded(5, 30, 1), graded(7, 30, 2)];
  const [one, other] = [a[0] as number[], b[0] as number[]];
  const all = Float64Array.from(a.flatMap((x) => b.map((y) => cosine(x, y))));
  const alone = { numbers: Float64Array.of(cosine(one, other)), rows: 1 };
  const cells = (id: string, args: unknown[], right: Case['right']): Case => ({
    id,
    form: 'cells',
    args,
    right,
  });
  return [
    cells('COSINE', [a, b], { numbers: all, rows: 5 }),
    cells('COSINE', [[one], [other]], alone),
    cells('COSINE', [column(one), column(other)], alone),
    // On the page, wide, and too much for the page.
    ...(
      [
        [40, 6, 3],
        [6, 40, 2],
        [130, 120, 2],
      ] as const
    ).map(([rows, columns, count]) => {
      const given = graded(rows, columns, rows);
      const right = principal(given, count);
      const places = cellsOf(right, count);
      return cells('PCA', [given, count], {
        columns: Array.from({ length: count }, (_, k) => ({
          numbers: Float64Array.from(places, (row) => row[k] as number),
          rows: rows + 1,
        })),
      });
    }),
  ];
}

function ofTokens({ model }: Given, tokenizer: Tokenizer): Case[] {
  const { n_embd: d, vocab_size: V } = model.config;
  const wte = model.weights.get('wte.weight');
  const embedding = (id: number) => Float64Array.from(wte.subarray(id * d, (id + 1) * d));
  const near = (target: Float64Array, k: number, without: readonly number[] = []): Case['right'] => {
    const similar = Array.from({ length: V }, (_, id) => cosine(target, embedding(id)));
    const ids = order(similar)
      .filter((id) => !without.includes(id))
      .slice(0, k);
    return {
      columns: [
        { same: column(ids.map((id) => tokenizer.show(id))) },
        { numbers: Float64Array.from(ids, (id) => similar[id] as number), rows: k },
        { same: column(ids) },
      ],
    };
  };
  const [slow, slowly, quick] = [' slow', ' slowly', ' quick'].map((token) => tokenizer.encode(token)[0]) as [
    number,
    number,
    number,
  ];
  const vector = [...embedding(quick)].map((value, i) => Math.fround(value + 0.1 * Math.sin(i)));
  const target = embedding(slowly).map(
    (value, i) => value - (embedding(slow)[i] as number) + (embedding(quick)[i] as number),
  );
  const analogous = near(target, 10, [slow, slowly, quick]);
  const known: Case[] = [
    { id: 'NEAREST', form: 'prompt', args: [[[' quick']], 8], right: near(embedding(quick), 8) },
    { id: 'NEAREST', form: 'prompt', args: [[[quick]]], right: near(embedding(quick), 10) },
    { id: 'ANALOGY', form: 'prompt', args: [[[' slow']], [[' slowly']], [[' quick']]], right: analogous },
    { id: 'ANALOGY', form: 'prompt', args: [[[slow]], [[slowly]], [[quick]], 10], right: analogous },
  ];
  const fromVectors: Case[] = [[vector], column(vector)].map((cells) => ({
    id: 'NEAREST',
    form: 'cells',
    args: [cells, 20],
    right: near(Float64Array.from(vector), 20),
  }));
  const given: Case = {
    id: 'ANALOGY',
    form: 'cells',
    args: [[[...embedding(slow)]], column([...embedding(slowly)]), [[...embedding(quick)]], 5],
    right: near(target, 5),
  };
  return [...known, ...fromVectors, given];
}

function ofTexts({ model }: Given, tokenizer: Tokenizer): Case[] {
  const { n_embd: d, n_layer } = model.config;
  const mean = (text: string, layer: number) => {
    const ids = tokenizer.encode(text);
    const stream = forward(model, ids, 'float64').get(keyOf('resid_post', layer)) as Numbers;
    return Float64Array.from({ length: d }, (_, i) => {
      let sum = 0;
      for (let t = 0; t < ids.length; t++) sum += stream[t * d + i] as number;
      return sum / ids.length;
    });
  };
  const layers: unknown[] = [null, ...Array.from({ length: n_layer }, (_, layer) => layer)];
  const vectors = layers.map((layer): Case => {
    const numbers = mean('Mike is quick. He moves', Number(layer ?? n_layer - 1));
    return {
      id: 'VECTOR',
      form: 'prompt',
      args: [[['Mike is quick. He moves']], layer],
      right: { numbers, rows: 1 },
    };
  });
  const target = mean('a fast boy', n_layer - 1);
  const similar = TEXTS.map((text) => cosine(target, mean(text, n_layer - 1)));
  const best = order(similar);
  const found = {
    columns: [
      { same: column(best.map((at) => TEXTS[at])) },
      { numbers: Float64Array.from(best, (at) => similar[at] as number), rows: TEXTS.length },
    ],
  };
  return [
    ...vectors,
    { id: 'SEARCH', form: 'prompt', args: [[['a fast boy']], [[...TEXTS, '']]], right: found },
  ];
}
