import type { Edit, Source } from './api';
import { digest } from './digest';

/** Where a pass begins, in one form for prompts and for cells. */
export interface Origin {
  /** T */
  readonly tokens: number;
  /** Tells origins apart in the cache. */
  readonly key: string;
  /** Token ids [T], where the pass begins with the embedding. */
  readonly ids?: readonly number[];
  /** The residual stream on its way into a block, or behind the last: [T, d_model]. */
  readonly stream?: { readonly layer: number; readonly values: Float32Array };
  /** [T, d_model], where the pass begins with the head. */
  readonly lnFinal?: Float32Array;
  /** What has to be written for the pass to go on from the given numbers. */
  readonly edits: readonly Edit[];
}

/** Tells prompts apart; short, since a pass looks up a hundred things under it. */
const promptKey = (ids: readonly number[]): string => `ids:${digest(Float32Array.from(ids))}`;

const ZERO = { dims: [], data: Float32Array.of(0) };

/** Copies what is given: the caller may change its arrays while we run. */
export function originOf(source: Source): Origin {
  if ('ids' in source) {
    return { tokens: source.ids.length, key: promptKey(source.ids), ids: [...source.ids], edits: [] };
  }
  const { name, layer = 0, values } = source.start;
  const own = values.data.slice();
  const origin = { tokens: values.dims[0] as number, key: `${name}.${layer}:${digest(own)}`, edits: [] };
  switch (name) {
    case 'resid_pre':
      return { ...origin, stream: { layer, values: own } };
    case 'resid_post':
      return { ...origin, stream: { layer: layer + 1, values: own } };
    case 'resid_mid': {
      // The first half of the block runs on zeros, and what comes of it is replaced.
      const bias = { dims: values.dims, data: own };
      const stream = { layer, values: new Float32Array(own.length) };
      return { ...origin, stream, edits: [{ name, layer, scale: ZERO, bias }] };
    }
    case 'ln_final':
      return { ...origin, lnFinal: own };
  }
}
