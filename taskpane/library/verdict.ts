import type { Fit } from '../../src/models/api';

const ORDER: readonly Fit['verdict'][] = ['yes', 'perhaps', 'no'];

/**
 * The verdict that counts for people: the best of the fast ways of computing, the faster of two that are alike; plain
 * JavaScript only where none of them can.
 */
export function bestFit(fits: readonly Fit[]): Fit | undefined {
  const by = (candidates: readonly Fit[]) =>
    [...candidates].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))[0];
  const fast = by(fits.filter(({ backend }) => backend !== 'reference'));
  if (fast && fast.verdict !== 'no') return fast;
  const slow = by(fits.filter(({ backend }) => backend === 'reference'));
  return slow && slow.verdict !== 'no' ? slow : (fast ?? slow);
}
