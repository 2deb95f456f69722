import type { Numbers } from '../../../src/gpt2/arithmetic';
import { dotRows } from '../../../src/gpt2/arithmetic';
import { forward } from '../../../src/gpt2/reference';
import type { Sampling } from '../../../src/gpt2/sampling';
import { sample } from '../../../src/gpt2/sampling';
import type { Tokenizer } from '../../../src/gpt2/tokenizer';
import { type Case, cellsOf, column, type Given } from './case';
import { order, softmax } from './plain';
import { inputsOf, noisy } from './stages';

/** Ways to draw: greedy, from everything, and from the likeliest few. */
const DRAWS: readonly (readonly number[])[] = [
  [],
  ...Array.from({ length: 12 }, (_, seed) => [1, 0, 1, seed]),
  ...Array.from({ length: 6 }, (_, seed) => [1.5, 40, 1, seed]),
  ...Array.from({ length: 6 }, (_, seed) => [0.8, 0, 0.9, seed]),
  [0.7, 20, 0.95, 2024],
];
const DRAWS_OF_TEXT: readonly (readonly number[])[] = [[], [1, 0, 1, 7], [0.8, 20, 0.9, 12]];
const WRITTEN = 12;

/** What comes behind the last block: scores, probabilities, the likeliest tokens, one drawn, and text. */
export function outputCases(given: Given): Case[] {
  const { model, tokenizer, prompts } = given;
  const { vocab_size: V, n_embd: d } = model.config;
  const cases = prompts.flatMap(({ acts, ...prompt }) => {
    const logits = acts.get('logits') as Numbers;
    const rows = cellsOf(logits, V);
    return inputsOf({ acts, ...prompt }).flatMap((input) => atPlaces(input, 'prompt', rows, tokenizer));
  });
  const final = noisy(prompts[0].acts.get('ln_final') as Numbers, 400);
  const rows = cellsOf(dotRows(final, model.weights.get('lm_head.weight'), d), V);
  return [
    ...cases,
    ...atPlaces(cellsOf(final, d), 'cells', rows, tokenizer),
    ...(tokenizer ? writing(given, tokenizer) : []),
  ];
}

/** Scores [T, V] as the formulas show them: behind the last token, the first, and one counted from the end. */
function atPlaces(
  input: unknown[][],
  form: Case['form'],
  rows: readonly number[][],
  tokenizer: Tokenizer | undefined,
): Case[] {
  const last = rows.at(-1) as number[];
  const places = [undefined, 0, -1, -rows.length];
  return [
    ...places.flatMap((place) => {
      const row = (place === undefined ? last : rows.at(place)) as number[];
      return scores(input, form, place ?? null, row, tokenizer);
    }),
    ...(tokenizer ? DRAWS.map((draw) => next(input, form, last, draw, tokenizer)) : []),
  ];
}

function scores(
  input: unknown[][],
  form: Case['form'],
  place: number | null,
  row: readonly number[],
  tokenizer: Tokenizer | undefined,
): Case[] {
  const p = softmax(row);
  const numbers = (values: ArrayLike<number>) => ({
    numbers: Float64Array.from(values),
    rows: values.length,
  });
  const some = [row.length - 1, 0, 2];
  const pick = (values: ArrayLike<number>) => some.map((id) => values[id] as number);
  const both = [column(some), ...(tokenizer ? [column(some.map((id) => tokenizer.decode([id])))] : [])];
  const best = order(row).slice(0, 10);
  const top = (k: number) => {
    const ids = best.slice(0, k);
    return {
      columns: [
        { same: column(ids.map((id) => tokenizer?.show(id))) },
        { ...numbers(ids.map((id) => p[id] as number)), probabilities: true },
        numbers(ids.map((id) => row[id] as number)),
        { same: column(ids) },
      ],
    };
  };
  return [
    { id: 'LOGITS', form, args: [input, place], right: numbers(row) },
    { id: 'PROBS', form, args: [input, place], right: { ...numbers(p), probabilities: true } },
    // Texts of single bytes are no tokens by themselves: ids name any token.
    ...both.filter(named(tokenizer)).flatMap((tokens): Case[] => [
      { id: 'LOGITS', form, args: [input, place, tokens], right: numbers(pick(row)) },
      {
        id: 'PROBS',
        form,
        args: [input, place, tokens],
        right: { ...numbers(pick(p)), probabilities: true },
      },
    ]),
    ...(tokenizer
      ? [
          { id: 'TOP', form, args: [input, 10, place], right: top(10) },
          { id: 'TOP', form, args: [input, 1, place], right: top(1) },
        ]
      : []),
  ];
}

/** Whether each cell names one token. */
const named = (tokenizer: Tokenizer | undefined) => (cells: unknown[][]) =>
  cells.every(([cell]) => typeof cell !== 'string' || tokenizer?.encode(cell).length === 1);

const samplingOf = ([temperature = 0, topK = 0, topP = 1, seed = 0]: readonly number[]): Sampling => ({
  temperature,
  topK,
  topP,
  seed,
});

const next = (
  input: unknown[][],
  form: Case['form'],
  row: readonly number[],
  draw: readonly number[],
  tokenizer: Tokenizer,
): Case => ({
  id: 'NEXT',
  form,
  args: [input, ...draw],
  right: { same: tokenizer.show(sample(row, samplingOf(draw))) },
});

/** Text that a float64 forward pass goes on with, a whole pass for each token. */
function writing({ model, prompts }: Given, tokenizer: Tokenizer): Case[] {
  const [prompt] = prompts;
  const V = model.config.vocab_size;
  return DRAWS_OF_TEXT.flatMap((draw) => {
    const sampling = samplingOf(draw);
    const written: number[] = [];
    while (written.length < WRITTEN) {
      const logits = forward(model, [...prompt.ids, ...written], 'float64').get('logits') as Numbers;
      const id = sample(logits.slice(-V), { ...sampling, seed: sampling.seed + written.length });
      if (id === tokenizer.endOfText) break;
      written.push(id);
    }
    const right = { same: tokenizer.decode(written) };
    return inputsOf(prompt).map(
      (input): Case => ({ id: 'GENERATE', form: 'prompt', args: [input, WRITTEN, ...draw], right }),
    );
  });
}
