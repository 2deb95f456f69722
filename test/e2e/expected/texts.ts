import type { Numbers } from '../../../src/gpt2/arithmetic';
import { forward } from '../../../src/gpt2/reference';
import { type Case, column, type Given } from './case';
import { order, softmax } from './plain';

const TEXTS = [
  'Mike is quick. He moves',
  'Once upon a time, there was a little girl. 👍',
  'é',
  '2024',
  ' \n\t',
  '=1+1',
];
const OPTIONS = [' slowly', ' quickly', ' quickly and quietly', ' loudly', '…'];
const REFUSAL = /no vocab\.json and merges\.txt/;

/** Formulas about text: tokens, and how well the model sees them coming. */
export function textCases({ model, tokenizer, prompts }: Given): Case[] {
  if (!tokenizer) return withoutVocabulary(prompts[0].ids, model.config.n_embd);
  const V = model.config.vocab_size;
  const one = (id: string, args: unknown[], right: Case['right']): Case => ({
    id,
    form: 'prompt',
    args,
    right,
  });

  /** For each token after the context: its log-probability, and its rank. */
  const scored = (context: readonly number[], ids: readonly number[]) => {
    const logits = forward(model, [...context, ...ids], 'float64').get('logits') as Numbers;
    return ids.map((id, i) => {
      const at = (context.length + i - 1) * V;
      const row = logits.slice(at, at + V);
      return { logprob: Math.log(softmax(row)[id] as number), rank: order(row).indexOf(id) + 1 };
    });
  };
  const total = (scores: readonly { logprob: number }[]) =>
    scores.reduce((sum, { logprob }) => sum + logprob, 0);
  const numbers = (values: readonly number[], probabilities = false) => ({
    numbers: Float64Array.from(values),
    rows: values.length,
    probabilities,
  });

  const texts = TEXTS.flatMap((text): Case[] => {
    const ids = tokenizer.encode(text);
    const scores = scored([tokenizer.endOfText], ids);
    const tokens = column(ids.map((id) => tokenizer.show(id)));
    const merges = tokenizer
      .merges(text)
      .flatMap(({ preToken, merges }) =>
        merges.map(({ rank, left, right, result }, i) => [preToken, i + 1, rank, left, right, result]),
      );
    const logprobs = scores.map(({ logprob }) => logprob);
    // A number counts as its digits.
    const inputs = [[[text]], ...(/^\d+$/.test(text) ? [[[Number(text)]]] : [])];
    const scoring = {
      columns: [
        { same: tokens },
        numbers(logprobs),
        numbers(logprobs.map((logprob) => -logprob / Math.LN2)),
        { same: column(scores.map(({ rank }) => rank)) },
      ],
    };
    return [
      one('TOKENS', [[[text]]], { same: tokens }),
      one('IDS', [[[text]]], { same: column(ids) }),
      one('TEXT', [column(ids)], { same: text }),
      ...(merges.length > 0 ? [one('MERGES', [[[text]]], { same: merges })] : []),
      ...inputs.map((input) => one('LOGPROBS', [input], scoring)),
      ...inputs.map((input) =>
        one('PERPLEXITY', [input], numbers([Math.exp(-total(scores) / scores.length)])),
      ),
    ];
  });
  const choices = prompts.slice(0, 2).flatMap(({ text, ids }) => {
    const options = OPTIONS.map((option) => tokenizer.encode(option));
    const totals = options.map((option) => total(scored(ids, option)));
    const [best] = order(totals);
    const right = {
      columns: [
        { same: column(OPTIONS) },
        numbers(totals),
        numbers(totals.map((sum, i) => sum / (options[i] as number[]).length)),
        numbers([...softmax(totals)], true),
        { same: column(OPTIONS.map((_, i) => (i === best ? 'best' : ''))) },
      ],
    };
    return [[[text]], column(ids)].map((prompt) => one('CHOOSE', [prompt, column(OPTIONS)], right));
  });
  return [...texts, ...choices];
}

/** What names tokens, or takes text, says that there is no vocabulary. */
function withoutVocabulary(ids: readonly number[], width: number): Case[] {
  const text = [['Mike']];
  const calls: [id: string, ...args: unknown[]][] = [
    ['TOKENS', text],
    ['IDS', text],
    ['TEXT', column(ids)],
    ['MERGES', text],
    ['TOP', column(ids), 1],
    ['NEXT', column(ids)],
    ['GENERATE', column(ids)],
    ['LOGPROBS', text],
    ['PERPLEXITY', text],
    ['CHOOSE', column(ids), text],
    ['NEAREST', [new Array(width).fill(1)], 1],
    ['ANALOGY', [new Array(width).fill(1)], [[1]], [[2]], 1],
    ['VECTOR', text],
    ['SEARCH', text, text],
  ];
  return calls.map(([id, ...args]) => ({ id, form: 'prompt', args, right: { refusal: REFUSAL } }));
}
