import { beforeAll, expect, it, vi } from 'vitest';
import { explain } from '../../src/trace/explain';
import type { Explanation, Question } from '../../src/trace/explanation';
import { layOut } from '../../src/trace/plan';
import { addressOf, area, columnNumber, overlap } from '../../src/workbook/address';
import type { Cell } from '../../src/workbook/sheet';
import { stageFormulas, subjects } from './cases';
import { callFormula, evaluate, isFormula, openModel, type Ranges } from './sheet';
import { calculate } from './univer';

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

const FUNCTIONS =
  'EMBED POSITION RESID LAYERNORM QUERY KEY VALUE SCORES ATTN HEAD RESULT ATTN_OUT MLP_PRE MLP_POST MLP_OUT BLOCK FINAL LOGITS PROBS TOP NEXT LOGPROBS MATMUL SOFTMAX GELU NORMALIZE MASK COSINE WEIGHT IDS TEXT NEAREST CHECK'.split(
    ' ',
  );

/** Formulas besides the stages, with the place in their spill. */
const OTHERS: readonly (readonly [formula: string, row: number, column: number])[] = [
  ['=GPT2.ATTN(In!A1,1)', 4, 2],
  ['=GPT2.LOGITS(In!A1)', 12, 0],
  ['=GPT2.LOGITS(In!A1,2,{5;7})', 1, 0],
  ['=GPT2.PROBS(In!A1,-1)', 7, 0],
  ['=GPT2.TOP(In!A1,4)', 1, 1],
  ['=GPT2.TOP(In!A1,4)', 2, 2],
  ['=GPT2.TOP(In!A1,4)', 3, 3],
  ['=GPT2.TOP(In!A1,4)', 3, 0],
  ['=GPT2.NEXT(In!A1)', 0, 0],
  ['=GPT2.NEXT(In!A1,1,0,1,4)', 0, 0],
  ['=GPT2.NEXT(In!A1,2,5,0.9,11)', 0, 0],
  ['=GPT2.LOGPROBS(In!A1)', 2, 1],
  ['=GPT2.LOGPROBS(In!A1)', 3, 2],
  ['=GPT2.LOGPROBS(In!A1)', 0, 3],
  ['=GPT2.MATMUL(In!C1:E2,In!G1:H3,{1,2})', 1, 1],
  ['=GPT2.MATMUL(In!C1:E2,In!G1:H3)', 0, 1],
  ['=GPT2.SOFTMAX(In!C1:E2)', 1, 2],
  ['=GPT2.SOFTMAX(In!C1:E2,0.5)', 0, 0],
  ['=GPT2.GELU(In!C1:E2)', 1, 0],
  ['=GPT2.NORMALIZE(In!C1:E2,In!C1:E1,3)', 1, 2],
  ['=GPT2.NORMALIZE(In!C1:E2)', 0, 1],
  ['=GPT2.MASK(In!J1:L3)', 0, 2],
  ['=GPT2.MASK(In!J1:L3)', 2, 1],
  ['=GPT2.COSINE(In!C1:E2,In!J1:L3)', 1, 2],
  ['=GPT2.COSINE(In!G1:G3,In!H1:H3)', 0, 0],
  ['=GPT2.WEIGHT("h.1.mlp.c_fc.weight",2,3,4,4)', 1, 2],
  ['=GPT2.WEIGHT("ln_f.bias")', 0, 5],
];

const A: number[][] = [
  [1, -2, 0.5],
  [0.25, 3, -1],
];
const B: number[][] = [
  [1, 2],
  [-3, 0.5],
  [2, 4],
];
const S: number[][] = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9.5],
];

const put = (letters: string, rows: readonly (readonly unknown[])[]): Cell[] =>
  rows.flatMap((row, r) =>
    row.map((content, c) => ({
      at: addressOf(r, columnNumber(letters) + c),
      content: content as string | number,
    })),
  );

// Univer calculates for a minute where the machine has much else to do.
it('writes every calculation out in native formulas, whose values CHECK finds to be the model’s', {
  timeout: 400_000,
}, async () => {
  const { model, tokenizer, prompt } = (subjects[0] as (typeof subjects)[number]).open();
  const reader = await openModel(model, tokenizer);
  // Where the cells form begins: each on a sheet of its own, all over the same range.
  const streams = {
    Pre: (await evaluate('GPT2.RESID(In!A1,1)', { 'In!A1': prompt })) as number[][],
    Mid: (await evaluate('GPT2.RESID(In!A1,1,"mid")', { 'In!A1': prompt })) as number[][],
    Post: (await evaluate(`GPT2.RESID(In!A1,${model.config.n_layer - 1},"post")`, {
      'In!A1': prompt,
    })) as number[][],
    Final: (await evaluate('GPT2.FINAL(In!A1)', { 'In!A1': prompt })) as number[][],
  };
  const all = `A1:${addressOf(streams.Pre.length - 1, model.config.n_embd - 1)}`;
  const ranges: Ranges = {
    'In!A1': prompt,
    'In!C1:E2': A,
    'In!C1:E1': [A[0] as number[]],
    'In!G1:H3': B,
    'In!G1:G3': B.map(([x]) => [x]),
    'In!H1:H3': B.map(([, y]) => [y]),
    'In!J1:L3': S,
    ...Object.fromEntries(Object.entries(streams).map(([name, rows]) => [`${name}!${all}`, rows])),
  };
  const sheetOf = { resid_pre: 'Pre', resid_mid: 'Mid', resid_post: 'Post' } as Record<string, string>;

  const asks: [string, number, number][] = [
    ...stageFormulas(model.config, 'In!A1', 1, 2).map(({ formula }): [string, number, number] => [
      formula,
      3,
      2,
    ]),
    ...stageFormulas(model.config, 'input', 1, 2)
      .filter(({ takes }) => takes)
      .map(({ formula, takes }): [string, number, number] => [
        formula.replace('input', `${sheetOf[takes?.name ?? '']}!${all}`),
        4,
        1,
      ]),
    [`=GPT2.LOGITS(Final!${all})`, 9, 0],
    [`=GPT2.PROBS(Final!${all},1)`, 9, 0],
    [`=GPT2.NEXT(Final!${all})`, 0, 0],
    ['=GPT2.SCORES(In!A1,1,2)', 1, 4],
    ['=GPT2.RESID(In!A1,0)', 2, 7],
    ...OTHERS.map(([formula, row, column]): [string, number, number] => [formula, row, column]),
  ];
  const plans = [];
  const out: Cell[] = [];
  let top = 0;
  for (const [formula, row, column] of asks) {
    const value = (await evaluate(formula, ranges))[row]?.[column];
    // The formula names the sheet, or `sheet` says it.
    const bare = formula.replaceAll('In!', '');
    const question: Question = {
      formula: bare,
      sheet: 'In',
      row,
      column,
      value,
      evaluate: (argument) => evaluate(argument.includes('!') ? argument : `In!${argument}`, ranges),
    };
    const answer = (await explain(question, reader)) as Explanation;
    expect(answer, formula).toMatchObject({ kind: 'explanation' });
    const laid = layOut(answer.inCells, top, 0);
    const taken = laid.map(({ at, spillsTo = at }) => area(`${at}:${spillsTo}`));
    for (const [i, one] of taken.entries()) {
      for (const other of taken.slice(i + 1)) expect(overlap(one, other), `${formula} overlaps`).toBe(false);
    }
    out.push(...laid);
    plans.push({ formula, answer, top, value });
    top += answer.inCells.rows + 1;
  }
  const rows = Object.entries(streams).map(([name, cells]): [string, Cell[]] => [name, put('A', cells)]);
  const sheets = {
    ...Object.fromEntries(rows),
    In: [...put('A', prompt), ...put('C', A), ...put('G', B), ...put('J', S)],
    Out: out,
  };
  const values = await calculate(
    sheets,
    top + 10,
    { wanted: 'Out', width: 8 },
    FUNCTIONS.filter(isFormula),
    callFormula,
  );
  const at = ({ row, column }: { row: number; column: number }, from: number) => values[from + row]?.[column];
  let worst = 0;
  const wrong: string[] = [];
  for (const { formula, answer, top, value } of plans) {
    const { result, check } = answer.inCells;
    const got = at(result, top);
    if (typeof value === 'string') {
      // Univer gives TRUE as 1.
      if (got !== value || !at(check, top))
        wrong.push(`${formula}: ${got}, not ${value}; same: ${at(check, top)}`);
      continue;
    }
    const off = Math.abs((got as number) - (value as number)) / Math.max(Math.abs(value as number), 0.1);
    const relative = at({ row: check.row, column: 1 }, top) as number;
    if (!(off < LIMIT) || !(relative < LIMIT) || at(check, top) !== 'largest difference') {
      wrong.push(`${formula}: ${got}, not ${value}; check: ${at(check, top)} ${relative}`);
    }
    worst = Math.max(worst, off);
  }
  console.log(
    `${plans.length} calculations in native formulas: largest difference ${worst.toExponential(1)}`,
  );
  expect(wrong).toEqual([]);
  await reader.close();
});
