import type { Sampling } from '../gpt2/sampling';
import { number, wholeNumber } from './arguments';

/** The arguments that say how a token is drawn, as cells hold them. */
export interface SamplingArguments {
  readonly temperature: unknown;
  readonly top_k: unknown;
  readonly top_p: unknown;
  readonly seed: unknown;
}

/** Reads how to draw. @param draws how many tokens will be drawn, each with the seed after the one before */
export function samplingOf(
  { temperature, top_k, top_p, seed }: SamplingArguments,
  vocabulary: number,
  draws = 1,
): Sampling {
  return {
    temperature: number('temperature', temperature, 'a number from 0 to 100', (n) => n >= 0 && n <= 100, 0),
    topK: wholeNumber('top_k', top_k, { least: 0, most: vocabulary, otherwise: 0 }),
    topP: number('top_p', top_p, 'a number above 0 and at most 1', (n) => n > 0 && n <= 1, 1),
    seed: wholeNumber('seed', seed, { least: 0, most: Number.MAX_SAFE_INTEGER - draws + 1, otherwise: 0 }),
  };
}
