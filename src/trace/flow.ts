import type { ActivationName } from '../gpt2/activations';

/**
 * Which numbers of an activation one number of another goes into. For the number in row t and column j:
 * - `same`: row t, column j
 * - `row`: all of row t
 * - `asQuery`: row t, in the columns of the keys that t may see
 * - `asKey`: column t, in the rows of the queries that may see t
 * - `asValue`: column j, in the rows of the queries that may see t
 */
export type Reach = 'same' | 'row' | 'asQuery' | 'asKey' | 'asValue';

/** One activation that another is computed from. */
export interface Inflow {
  readonly name: ActivationName;
  readonly reach: Reach;
  /** The block that it is of: the same, or the one before. Left out where there is only one or where it is the same. */
  readonly block?: 'before';
  /** Only where the reader is in the first block, or in any but the first. */
  readonly only?: 'first' | 'later';
}

const same = (name: ActivationName): Inflow => ({ name, reach: 'same' });
const row = (name: ActivationName): Inflow => ({ name, reach: 'row' });

/** What every activation is computed from, weights aside. */
export const FLOW: Readonly<Record<ActivationName, readonly Inflow[]>> = {
  embed: [],
  pos_embed: [],
  resid_pre: [
    { name: 'embed', reach: 'same', only: 'first' },
    { name: 'pos_embed', reach: 'same', only: 'first' },
    { name: 'resid_post', reach: 'same', block: 'before', only: 'later' },
  ],
  ln_1: [row('resid_pre')],
  q: [row('ln_1')],
  k: [row('ln_1')],
  v: [row('ln_1')],
  attn_scores: [
    { name: 'q', reach: 'asQuery' },
    { name: 'k', reach: 'asKey' },
  ],
  pattern: [row('attn_scores')],
  z: [row('pattern'), { name: 'v', reach: 'asValue' }],
  result: [row('z')],
  attn_out: [same('result')],
  resid_mid: [same('resid_pre'), same('attn_out')],
  ln_2: [row('resid_mid')],
  mlp_pre: [row('ln_2')],
  mlp_post: [same('mlp_pre')],
  mlp_out: [row('mlp_post')],
  resid_post: [same('resid_mid'), same('mlp_out')],
  ln_final: [row('resid_post')],
  logits: [row('ln_final')],
};

/** Who reads an activation of a block, and how far one number of it goes. */
export function readersOf(
  name: ActivationName,
  layer: number,
  layers: number,
): { name: ActivationName; layer: number; reach: Reach }[] {
  return (Object.keys(FLOW) as ActivationName[]).flatMap((reader) =>
    FLOW[reader].flatMap((inflow) => {
      if (inflow.name !== name) return [];
      const at = inflow.block === 'before' ? layer + 1 : inflow.only === 'first' ? 0 : layer;
      if (at >= layers) return [];
      // Only the last block's output is read by the last LayerNorm.
      if (reader === 'ln_final' && layer !== layers - 1) return [];
      return [{ name: reader, layer: at, reach: inflow.reach }];
    }),
  );
}
