import type { PassTime } from '../engine/api';

const EVERY_MS = 1000;

/**
 * Tells how long passes take: of the first at once, then of the latest when a second has gone by, and of none twice.
 * While nothing is computed, nothing runs.
 * @returns what to call whenever there may have been a pass
 */
export function tellingOfPasses(
  lastPass: () => PassTime | undefined,
  tell: (pass: PassTime) => void,
): () => void {
  let told: PassTime | undefined;
  let pausing = false;
  const look = () => {
    const pass = lastPass();
    if (pausing || !pass || pass === told) return;
    told = pass;
    tell(pass);
    pausing = true;
    setTimeout(() => {
      pausing = false;
      look();
    }, EVERY_MS);
  };
  return look;
}
