import type { ActivationName } from '../../src/gpt2/activations';
import type { Numbers } from '../../src/gpt2/arithmetic';
import type { Model } from '../../src/gpt2/reference';
import { forward, keyOf } from '../../src/gpt2/reference';
import type { Tokenizer } from '../../src/gpt2/tokenizer';
import type { Case, Published, PublishedPrompt } from '../../src/verify/values';

const source = 'src/gpt2/reference.ts in float64';
const TOLERANCE = 1e-4;

const total = (x: Numbers): number => Array.from(x).reduce((sum, value) => sum + value, 0);

/** A published value of every kind, computed from a model in float64, with none of the code that verifies it. */
export function syntheticValues(model: Model, tokenizer: Tokenizer): Published {
  const { n_embd: d, n_head, vocab_size: V, layer_norm_epsilon } = model.config;
  const T = (ids: readonly number[]) => ids.length;
  const idsOf = ({ text, ids = [], endOfText }: PublishedPrompt) => [
    ...(endOfText ? [tokenizer.endOfText] : []),
    ...(text === undefined ? ids : tokenizer.encode(text)),
  ];
  const run = (ids: readonly number[]) => {
    const acts = forward(model, ids, 'float64');
    return (name: ActivationName, layer = 0) => acts.get(keyOf(name, layer)) as Numbers;
  };
  const logitsAt = (ids: readonly number[], t: number) => run(ids)('logits').slice(t * V, (t + 1) * V);
  const bestOf = (row: Numbers) => row.indexOf(Math.max(...row));
  const softmax = (row: Numbers) => {
    const sum = total(row.map((x) => Math.exp(x)));
    return row.map((x) => Math.exp(x) / sum);
  };
  const one = (text: string) => {
    const [id, ...more] = tokenizer.encode(text);
    if (id === undefined || more.length > 0) throw new Error(`${text} is not one token`);
    return id;
  };
  const text = { text: 'Mike is quick.' };
  const mixed = { text: 'Once there was', endOfText: true };
  const ids = { ids: [3, 1400, 77, 9] };
  const cases: Case[] = [
    { prompt: mixed, answer: ' quickly', wrong: ' loudly' },
    { prompt: text, answer: ' girl', wrong: ' boy' },
  ];
  const over = (value: (one: Case) => number) => cases.reduce((sum, c) => sum + value(c), 0) / cases.length;
  const greedy = (prompt: readonly number[], n: number) => {
    const all = [...prompt];
    while (all.length < prompt.length + n) all.push(bestOf(logitsAt(all, all.length - 1)));
    return all.slice(prompt.length);
  };

  /** What the logit difference loses when a head's writing, without its value bias, is taken out under a frozen LayerNorm. */
  const attribution = (layer: number, head: number) => (given: Case) => {
    const prompt = idsOf(given.prompt);
    const at = run(prompt);
    const n = T(prompt);
    const last = (x: Numbers) => x.slice((n - 1) * d, n * d);
    const dh = d / n_head;
    const row = at('pattern', layer).slice((head * n + n - 1) * n, (head * n + n) * n);
    const v = at('v', layer).slice(head * n * dh, (head + 1) * n * dh);
    const bias = model.weights.get(`h.${layer}.attn.c_attn.bias`).slice(2 * d + head * dh);
    const out = model.weights.get(`h.${layer}.attn.c_proj.weight`);
    const written = new Float64Array(d);
    for (let t = 0; t < n; t++)
      for (let i = 0; i < dh; i++)
        for (let j = 0; j < d; j++)
          (written[j] as number) +=
            (row[t] as number) *
            ((v[t * dh + i] as number) - (bias[i] as number)) *
            (out[(head * dh + i) * d + j] as number);
    const stream = Float64Array.from(last(at('resid_post', model.config.n_layer - 1)));
    const mean = (x: Numbers) => total(x) / d;
    const spread = Math.sqrt(mean(stream.map((x) => (x - mean(stream)) ** 2)) + layer_norm_epsilon);
    const gain = model.weights.get('ln_f.weight');
    const wte = model.weights.get('wte.weight');
    const frozen = (x: Float64Array) => {
      const final = x.map((value, i) => ((value - mean(x)) / spread) * (gain[i] as number));
      const logit = (id: number) =>
        final.reduce((sum, value, i) => sum + value * (wte[id * d + i] as number), 0);
      return logit(one(given.answer)) - logit(one(given.wrong));
    };
    return frozen(stream) - frozen(stream.map((x, i) => x - (written[i] as number)));
  };

  const weight = model.weights.get('h.1.mlp.c_fc.weight');
  const width = model.config.n_inner;
  const textLogits = logitsAt(idsOf(text), T(idsOf(text)) - 1);
  const all = run(ids.ids)('logits');
  const mixedIds = idsOf(mixed);
  return {
    tokens: [
      { text: 'Once there', ids: tokenizer.encode('Once there'), source },
      {
        text: 'a<|endoftext|> b',
        ids: [...tokenizer.encode('a'), tokenizer.endOfText, ...tokenizer.encode(' b')],
        special: true,
        source,
      },
    ],
    weights: [
      {
        name: 'h.1.mlp.c_fc.weight',
        row: 5,
        columns: [0, 7],
        values: [weight[5 * width] as number, weight[5 * width + 7] as number],
        tolerance: 1e-6,
        source,
      },
    ],
    activations: [
      {
        prompt: text,
        name: 'logits',
        position: -1,
        columns: [0, 1535],
        values: [textLogits[0] as number, textLogits[1535] as number],
        tolerance: TOLERANCE,
        source,
      },
      {
        prompt: ids,
        name: 'pattern',
        layer: 1,
        head: 2,
        position: 3,
        columns: [0, 1, 2, 3],
        values: [...run(ids.ids)('pattern', 1).slice((2 * 4 + 3) * 4, (2 * 4 + 4) * 4)],
        tolerance: TOLERANCE,
        source,
      },
    ],
    means: [
      {
        prompt: ids,
        value: total(all) / all.length,
        tolerance: TOLERANCE,
        source,
      },
    ],
    likeliest: [
      {
        prompt: ids,
        positions: [0, 1, 2, 3],
        ids: ids.ids.map((_, t) => bestOf(logitsAt(ids.ids, t))),
        source,
      },
    ],
    losses: [
      {
        prompt: mixed,
        value:
          mixedIds
            .slice(1)
            .reduce((sum, id, t) => sum - Math.log(softmax(logitsAt(mixedIds, t))[id] as number), 0) /
          (mixedIds.length - 1),
        tolerance: TOLERANCE,
        source,
      },
    ],
    continuations: [
      { prompt: ids, continuationIds: greedy(ids.ids, 6), source },
      { prompt: text, continuation: tokenizer.decode(greedy(idsOf(text), 3)), source },
    ],
    probabilities: [
      {
        prompt: text,
        next: [' girl', ' quickly'],
        values: [' girl', ' quickly'].map((word) => softmax(textLogits)[one(word)] as number),
        tolerance: 1e-6,
        source,
      },
    ],
    logitDifferences: [
      {
        cases,
        value: over(({ prompt, answer, wrong }) => {
          const row = logitsAt(idsOf(prompt), T(idsOf(prompt)) - 1);
          return (row[one(answer)] as number) - (row[one(wrong)] as number);
        }),
        tolerance: TOLERANCE,
        source,
      },
    ],
    attributions: [
      { layer: 0, head: 1, cases, value: over(attribution(0, 1)), tolerance: TOLERANCE, source },
      { layer: 1, head: 2, cases, value: over(attribution(1, 2)), tolerance: TOLERANCE, source },
    ],
    benchmarks: [{ name: 'a benchmark', value: 1, source }],
  };
}
