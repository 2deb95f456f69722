/** Nobody waits longer than this for a page that is slow to be painted. */
const PATIENCE_MS = 1000;

/** Resolves when what the page has by now has been painted; at once where it is not shown, for then it will not be. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    if (document.visibilityState === 'hidden') resolve();
    setTimeout(resolve, PATIENCE_MS);
    requestAnimationFrame(() => setTimeout(resolve)); // frames are painted right after their callbacks
  });
