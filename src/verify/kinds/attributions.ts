import type { Bench } from '../bench';
import { messages } from '../messages';
import type { Case } from '../values';
import type { Kinds } from './kind';

/** Values of prompts with a right and a wrong next token. */
export const attributionKinds: Pick<Kinds, 'logitDifferences' | 'attributions'> = {
  logitDifferences: {
    what: ({ cases }) => messages.what.logitDifferences(cases),
    expected: ({ value }) => [value],
    tolerance: ({ tolerance }) => tolerance,
    needsText: () => true,
    ours: async ({ cases }, bench) => [await mean(cases, (one) => logitDifference(one, bench))],
  },
  attributions: {
    what: ({ layer, head, cases }) => messages.what.attributions(layer, head, cases.length),
    expected: ({ value }) => [value],
    tolerance: ({ tolerance }) => tolerance,
    needsText: () => true,
    async ours({ layer, head, cases }, bench) {
      const gain = await bench.weight('ln_f.weight'); // [d]
      const byBias = await writtenByBias(layer, head, bench); // [d]
      const one = (given: Case) => attribution(given, layer, head, gain, byBias, bench);
      return [await mean(cases, one)];
    },
  },
};

async function mean<T>(items: readonly T[], value: (item: T) => Promise<number>): Promise<number> {
  let sum = 0;
  for (const item of items) sum += await value(item);
  return sum / items.length;
}

async function logitDifference({ prompt, answer, wrong }: Case, bench: Bench): Promise<number> {
  const [row] = await bench.logits(await bench.ids(prompt), [-1]); // [V]
  const logit = async (text: string) => row?.[await bench.token(text)] as number;
  return (await logit(answer)) - (await logit(wrong));
}

/**
 * Direct logit attribution as TransformerLens has it, with LayerNorm folded, writing weights centred and value biases folded:
 * what the head writes at the last position, without its value bias, at mean 0, divided by the standard deviation that the last
 * LayerNorm divides by, times the difference of the two tokens' rows of the head, gain applied.
 */
async function attribution(
  { prompt, answer, wrong }: Case,
  layer: number,
  head: number,
  gain: Float32Array,
  byBias: Float64Array,
  bench: Bench,
): Promise<number> {
  const ids = await bench.ids(prompt);
  const last = bench.config.n_layer - 1;
  const [written, stream] = (await bench.activations(ids, [
    { name: 'result', layer, head, position: -1 },
    { name: 'resid_post', layer: last, position: -1 },
  ])) as [Float32Array, Float32Array]; // each [d]
  const right = await bench.weight('wte.weight', await bench.token(answer)); // [d]
  const left = await bench.weight('wte.weight', await bench.token(wrong)); // [d]
  const direction = Float64Array.from(gain, (g, i) => g * ((right[i] as number) - (left[i] as number)));
  const part = centred(Float64Array.from(written, (x, i) => x - (byBias[i] as number)));
  const middle = centred(Float64Array.from(stream));
  const variance = dot(middle, middle) / middle.length;
  return dot(part, direction) / Math.sqrt(variance + bench.config.layer_norm_epsilon);
}

/** The head's value bias through its rows of c_proj [d]: a constant, for the rows of a pattern add up to 1. */
async function writtenByBias(layer: number, head: number, bench: Bench): Promise<Float64Array> {
  const { headWidth, config } = bench;
  const d = config.n_embd;
  const biases = await bench.weight(`h.${layer}.attn.c_attn.bias`); // [3d]: q, k, v
  const out = await bench.weight(`h.${layer}.attn.c_proj.weight`, head * headWidth, headWidth); // [d_head, d]
  const sum = new Float64Array(d);
  for (let i = 0; i < headWidth; i++) {
    const bias = biases[2 * d + head * headWidth + i] as number;
    for (let j = 0; j < d; j++) sum[j] = (sum[j] as number) + bias * (out[i * d + j] as number);
  }
  return sum;
}

function centred(x: Float64Array): Float64Array {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return x.map((value) => value - mean);
}

const dot = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
