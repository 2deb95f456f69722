import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { forward } from '../../src/gpt2/reference';
import { largest, probabilities } from '../../src/gpt2/sampling';
import { scoreOf } from '../../src/gpt2/scoring';
import type { Tokenizer } from '../../src/gpt2/tokenizer';
import type { EngineClient } from '../../src/rpc/client';
import type { ReadRequest } from '../../src/rpc/protocol';
import { EXPLAINED, explain } from '../../src/trace/explain';
import type { Answer, Explanation } from '../../src/trace/explanation';
import type { Reader } from '../../src/trace/reader';
import { figure, strings } from '../../src/trace/strings';
import { subjects } from './cases';
import { evaluate, openModel, type Ranges } from './sheet';

const { model, tokenizer, prompt, ids } = (subjects[0] as (typeof subjects)[number]).open();
const ranges: Ranges = {
  A1: prompt,
  'C1:D2': [
    [1, 2],
    [3, 4],
  ],
};
const V = model.config.vocab_size;
const T = ids.length;
let reader: Reader & { close(): Promise<void> };

it('can ask the page’s own client as it is', () => {
  expectTypeOf<EngineClient>().toExtend<Reader>();
});

beforeAll(async () => {
  vi.stubGlobal('CustomFunctions', { Error, ErrorCode: {} });
  reader = await openModel(model, tokenizer);
});
afterAll(() => reader.close());

async function ask(formula: string, row: number, column = 0, from: Reader = reader): Promise<Answer> {
  return explain({ formula, row, column, evaluate: (argument) => evaluate(argument, ranges) }, from);
}

async function explained(formula: string, row: number, column = 0): Promise<Explanation> {
  const answer = await ask(formula, row, column);
  expect(answer, formula).toMatchObject({ kind: 'explanation' });
  return answer as Explanation;
}

const logitsAt = (position: number): number[] => {
  const all = forward(model, ids, 'float64').get('logits') as Float64Array;
  return Array.from(all.subarray(position * V, (position + 1) * V));
};
const name = (id: number) => tokenizer?.show(id);

describe('the output', () => {
  const last = logitsAt(T - 1);
  const p = probabilities(last);

  it('LOGITS and PROBS name the token, in the order asked for', async () => {
    const one = await explained('=GPT2.LOGITS(A1,2)', 40);
    expect(one.value.recomputed).toBeCloseTo(logitsAt(2)[40] as number, 4);
    expect(one.title.column).toMatchObject({ kind: 'vocabulary', index: 40, token: name(40) });
    expect(one.title.row).toMatchObject({ index: 2, token: name(ids[2] as number) });
    const asked = await explained('=GPT2.PROBS(A1,-1,{" quickly";9})', 0);
    const [id] = (tokenizer as Tokenizer).encode(' quickly');
    expect(asked.value.recomputed).toBeCloseTo(p[id as number] as number, 6);
    expect(asked.title.column?.token).toBe(' quickly');
    expect(asked.to.map(({ formula }) => formula)).toEqual([`=GPT2.TOP(A1,10,${T - 1})`]);
    expect(asked.tables[0]?.rows.find(({ own }) => own)?.label).toContain(' quickly');
  });

  it('TOP and NEXT tell the rank', async () => {
    const order = largest(last, 3);
    const shown = await evaluate('=GPT2.TOP(A1,3)', ranges);
    for (const [row, id] of order.entries()) {
      const cells = await Promise.all(
        [0, 1, 2, 3].map((column) => explained('=GPT2.TOP(A1,3)', row, column)),
      );
      const [token, probability, logit, found] = cells.map(({ value }) => value.recomputed);
      expect([token, found]).toEqual([shown[row]?.[0], id]);
      expect(probability).toBeCloseTo(p[id] as number, 6);
      expect(logit).toBeCloseTo(last[id] as number, 4);
      expect(cells[0]?.title.column).toMatchObject({ kind: 'rank', index: row + 1, token: name(id) });
    }
    expect((await explained('=GPT2.NEXT(A1)', 0)).value.recomputed).toBe(name(order[0] as number));
  });

  it.each([
    [1, 0, 1],
    [1, 40, 1],
    [3, 0, 0.9],
    [0.3, 7, 0.5],
  ])('NEXT at temperature %d, top_k %d, top_p %d follows the draw', async (temperature, k, mass) => {
    for (const seed of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const formula = `=GPT2.NEXT(A1,${temperature},${k},${mass},${seed})`;
      const shown = (await evaluate(formula, ranges))[0]?.[0];
      expect((await explained(formula, 0)).value.recomputed, formula).toBe(shown);
    }
  });

  it('LOGPROBS tells what came before each token', async () => {
    const all = forward(model, [tokenizer?.endOfText as number, ...ids], 'float64').get(
      'logits',
    ) as Float64Array;
    for (const row of [0, T - 1]) {
      const score = scoreOf(all.subarray(row * V, (row + 1) * V), ids[row] as number);
      const [log, bits, rank] = await Promise.all(
        [1, 2, 3].map((column) => explained('=GPT2.LOGPROBS(A1)', row, column)),
      );
      expect(log?.value.recomputed).toBeCloseTo(score.logprob, 4);
      expect(bits?.value.recomputed).toBeCloseTo(-score.logprob / Math.LN2, 4);
      expect(rank?.value.recomputed).toBe(score.rank);
      expect(log?.title.row?.token).toBe(name(ids[row] as number));
    }
    expect(await ask('=GPT2.LOGPROBS(A1)', 2, 0)).toMatchObject({
      kind: 'none',
      sentence: strings.none.token(2, name(ids[2] as number) as string, ids[2] as number),
    });
  });

  it('ATTN without a head is the mean over heads', async () => {
    const { value, operands, title } = await explained('=GPT2.ATTN(A1,1)', 4, 2);
    expect(operands).toHaveLength(model.config.n_head);
    expect(value.recomputed).toBeCloseTo((await evaluate('=GPT2.ATTN(A1,1)', ranges))[4]?.[2] as number, 6);
    expect(title.head).toBeUndefined();
  });

  it('WEIGHT names the parameter and who reads it', async () => {
    const { value, notes, title } = await explained('=GPT2.WEIGHT("h.1.attn.c_attn.weight",5,7,2,2)', 1, 1);
    const width = 3 * model.config.n_embd;
    expect(value.recomputed).toBe(model.weights.get('h.1.attn.c_attn.weight')[6 * width + 8]);
    expect([title.layer, title.row?.index, title.column?.index]).toEqual([1, 6, 8]);
    expect(notes.join()).toContain('q, k and v');
  });

  it('POSITION of a number has no tokens', async () => {
    const { title, value } = await explained('=GPT2.POSITION(4)', 3, 5);
    expect(title.row).toEqual({ kind: 'position', index: 3, label: 'position 3' });
    expect(value.recomputed).toBe(model.weights.get('wpe.weight')[3 * model.config.n_embd + 5]);
  });
});

it('asks the engine for what it needs and no more', async () => {
  const wants: unknown[] = [];
  const counting: Reader = {
    ...reader,
    read(request: ReadRequest, signal) {
      wants.push(...request.wants);
      return reader.read(request, signal);
    },
  };
  await ask('=GPT2.SCORES(A1,1,2)', 4, 3, counting);
  expect(wants).toEqual([
    { name: 'q', layer: 1, head: 2, position: 4 },
    { name: 'k', layer: 1, head: 2, position: 3 },
  ]);
});

it('lists the ten weightiest products, and the sum of the rest', async () => {
  const { tables, lines } = await explained('=GPT2.MLP_OUT(A1,0)', 1, 2);
  const [table] = tables;
  const products = table?.rows.map(({ values }) => values[2] as number) ?? [];
  expect(products).toHaveLength(10);
  expect(products.map(Math.abs)).toEqual(products.map(Math.abs).sort((a, b) => b - a));
  const total = products.reduce((sum, value) => sum + value, table?.rest?.sum as number);
  expect(lines[0]?.numbers).toContain(figure(total));
});

describe('what cannot be explained', () => {
  it.each([
    ['=GPT2.EMBED(A1)+GPT2.POSITION(A1)', 0, 'GPT2.EMBED(A1) and GPT2.POSITION(A1)'],
    ['=A1*2', 0, strings.none.foreign],
    ['Hello', 0, strings.none.foreign],
    ['=GPT2.STATUS()', 0, strings.none.formulas.STATUS],
    ['=GPT2.NOTHING()', 0, strings.none.unknown('NOTHING')],
    ['=GPT2.SCORES(A1,99,0)', 0, 'layer is 99: give a whole number from 0 to 3'],
    ['=GPT2.SCORES(A1,0)', 0, 'head is missing'],
    ['=GPT2.RESID(C1:D2,0)', 0, 'C1:D2'],
    ['=GPT2.EMBED(A1)', 99, 'outside the result'],
    ['=GPT2.EMBED(A1)', -1, 'outside the result'],
    ['=GPT2.EMBED(Z9)', 0, 'The argument Z9 could not be read'],
    ['=GPT2.MATMUL(C1:D2,{1,2,3})', 0, 'b is a 1×3 range'],
    ['=GPT2.WEIGHT("wtf")', 0, 'no parameter of this model has that name'],
  ])('%s in row %d: a sentence', async (formula, row, sentence) => {
    const answer = await ask(formula, row);
    expect(answer.kind).toBe('none');
    const text = (answer as { sentence: string }).sentence;
    expect(text).toContain(sentence === 'C1:D2' ? 'The formula gives an error: input is a 2×2' : sentence);
    expect(text).toMatch(/[.:…]|C1/);
  });

  it('a cell outside the spill that the host sees', async () => {
    const question = { formula: '=GPT2.GELU({1,2})', row: 0, rows: 1, columns: 2, evaluate: () => [[]] };
    expect(await explain({ ...question, column: 2 }, reader)).toMatchObject({
      sentence: strings.none.outside(1, 2),
    });
    expect(await explain({ ...question, column: 1 }, reader)).toMatchObject({ kind: 'explanation' });
  });

  it('passes on what is not about the formula', async () => {
    const gone = Object.assign(new Error('gone'), { name: 'EngineUnavailable' });
    await expect(ask('=GPT2.EMBED(A1)', 0, 0, { ...reader, ids: () => Promise.reject(gone) })).rejects.toBe(
      gone,
    );
  });
});

it('has a sentence or an explanation for every formula that there is', () => {
  const folder = resolve(import.meta.dirname, '../../functions');
  const listed = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/@customfunction (\w+)/g)].map(
      ([, id]) => id as string,
    ),
  );
  expect(listed.length).toBeGreaterThan(40);
  const known = [...EXPLAINED, ...Object.keys(strings.none.formulas)];
  expect(listed.filter((formula) => !known.includes(formula))).toEqual([]);
  expect(known).toHaveLength(new Set(known).size);
  for (const formula of EXPLAINED) expect(strings.stages, formula).toHaveProperty(formula);
});

it.each([
  [0, '0'],
  [1, '1'],
  [-0.5, '−0.5'],
  [1.23456789, '1.23457'],
  [123456.789, '123457'],
  [0.00001234567, '1.2346e−5'],
  [1e-5, '1e−5'],
  [-1e10, '−1e10'],
  [2.5e12, '2.5e12'],
])('%d is written %s', (value, text) => {
  expect(figure(value)).toBe(text);
});
