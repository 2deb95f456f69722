/** A page that is not shown is not painted; nobody waits longer than this for it. */
const PATIENCE_MS = 200;

/** Resolves when what the page has by now has been painted. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS);
    requestAnimationFrame(() => setTimeout(resolve)); // frames are painted right after their callbacks
  });
