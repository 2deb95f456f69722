/** How well a model saw one token coming. */
export interface TokenScore {
  /** Natural logarithm of the probability, at most 0. */
  readonly logprob: number;
  /** 1 for the likeliest token of the vocabulary; of equal ones the smaller id comes first, as in `largest`. */
  readonly rank: number;
}

/** The score of the token `id` under logits [V], in float64. */
export function scoreOf(logits: ArrayLike<number>, id: number): TokenScore {
  const own = logits[id] as number;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) largest = Math.max(largest, logits[i] as number);
  let sum = 0;
  let rank = 1;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i] as number;
    sum += Math.exp(logit - largest);
    if (logit > own || (logit === own && i < id)) rank++;
  }
  return { logprob: own - largest - Math.log(sum), rank };
}
