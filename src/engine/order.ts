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
