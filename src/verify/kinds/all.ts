import { attributionKinds } from './attributions';
import { continuationKinds } from './continuations';
import type { Kinds } from './kind';
import { numberKinds } from './numbers';
import { paperKinds } from './paper';

/** Every kind, in the order in which it is checked: what is quick comes first. */
export const KINDS: Kinds = {
  tokens: paperKinds.tokens,
  weights: paperKinds.weights,
  activations: numberKinds.activations,
  means: numberKinds.means,
  likeliest: numberKinds.likeliest,
  losses: numberKinds.losses,
  probabilities: numberKinds.probabilities,
  ...continuationKinds,
  ...attributionKinds,
  benchmarks: paperKinds.benchmarks,
};
