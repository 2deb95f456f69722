import type { ActivationName } from '../gpt2/activations';
import { ACTIVATION_NAMES, ACTIVATIONS } from '../gpt2/activations';

const LAST = new Set<ActivationName>(['ln_final', 'logits']);

/**
 * When an activation arises in a forward pass, as a number that grows: what arises later cannot change it.
 * An activation of the whole model takes any layer.
 */
export function orderOf(name: ActivationName, layer = 0): number {
  const place = ACTIVATION_NAMES.indexOf(name);
  if (LAST.has(name)) return Number.MAX_SAFE_INTEGER - ACTIVATION_NAMES.length + place;
  if (ACTIVATIONS[name].per === 'model') return place;
  return (layer + 1) * ACTIVATION_NAMES.length + place;
}

/** What computes an activation: a layer, -1 for the embedding, `layers` for what follows the blocks. */
export function layerBehind(name: ActivationName, layer: number | undefined, layers: number): number {
  if (name === 'embed' || name === 'pos_embed') return -1;
  if (ACTIVATIONS[name].per === 'model') return layers;
  return name === 'resid_pre' ? (layer ?? 0) - 1 : (layer ?? 0); // it leaves the block before
}

/** The activation whose rows must be there for those of another: for most, itself. */
export function rowsBehind(name: ActivationName, layer = 0): readonly [ActivationName, number] {
  if (name === 'logits') return ['ln_final', 0];
  return name === 'resid_pre' ? ['resid_post', layer - 1] : [name, layer];
}
