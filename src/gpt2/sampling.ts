/** How the next token is drawn. */
export interface Sampling {
  /** 0 takes the likeliest token; 1 draws from the model's own distribution; more flattens it. */
  readonly temperature: number;
  /** Draw among the k likeliest only; 0 for all. */
  readonly topK: number;
  /** Draw among the fewest likeliest tokens that together have at least this probability; 1 for all. */
  readonly topP: number;
  /** The same seed draws the same token. */
  readonly seed: number;
}

/** Softmax of logits [V] in float64 → probabilities [V]. */
export function probabilities(logits: ArrayLike<number>, temperature = 1): Float64Array {
  const softmax = softmaxOf(logits, temperature);
  return Float64Array.from(logits, softmax);
}

/** The same of as many logits as one wants to know: what they have in common is computed at once. */
export function softmaxOf(logits: ArrayLike<number>, temperature = 1): (logit: number) => number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) largest = Math.max(largest, logits[i] as number);
  const part = (logit: number) => Math.exp((logit - largest) / temperature);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += part(logits[i] as number);
  return (logit) => part(logit) / sum;
}

/** Up to this many are picked one by one on the way through the numbers; sorting all of them takes longer. */
const FEW = 64;

/** The ids of the k largest of [V] numbers, largest first; of equal ones the smaller id first. */
export function largest(values: ArrayLike<number>, k: number): number[] {
  if (k <= FEW && k < values.length) return pick(values, k);
  const ids = Uint32Array.from({ length: values.length }, (_, i) => i);
  ids.sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
  return Array.from(ids.subarray(0, k));
}

function pick(values: ArrayLike<number>, k: number): number[] {
  const best: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < values.length; id++) {
    const value = values[id] as number;
    if (best.length === k && !(value > least)) continue;
    let place = Math.min(best.length, k - 1);
    for (; place > 0 && (values[best[place - 1] as number] as number) < value; place--)
      best[place] = best[place - 1] as number;
    if (k > 0) best[place] = id;
    if (best.length === k) least = values[best[k - 1] as number] as number;
  }
  return best;
}

/** Draws the next token's id from logits [V]. */
export function sample(logits: ArrayLike<number>, { temperature, topK, topP, seed }: Sampling): number {
  if (temperature === 0) return largest(logits, 1)[0] as number;
  const p = probabilities(logits, temperature);
  const candidates = largest(p, topK || p.length);
  let kept = 0;
  let mass = 0;
  while (kept < candidates.length && (kept === 0 || mass < topP))
    mass += p[candidates[kept++] as number] as number;
  let left = uniform(seed) * mass;
  for (const id of candidates.slice(0, kept)) {
    left -= p[id] as number;
    if (left < 0) return id;
  }
  return candidates[kept - 1] as number;
}

/** A number in [0, 1) that depends on the seed alone: one step of the SplitMix32 generator. */
export function uniform(seed: number): number {
  let x = (Math.floor(seed) + 0x9e3779b9) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
}
