/**
 * Saves what changes often: one save at a time, and each takes with it all that has changed before it begins.
 * @param save saves how things are when it is called
 * @returns what settles when everything that has changed so far is saved; it rejects where that save fails
 */
export function savingLatest(save: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    if (next) return next;
    const mine = running
      .catch(() => {}) // whoever asked for that one has heard of it
      .then(() => {
        next = undefined;
        running = save();
        return running;
      });
    next = mine;
    return mine;
  };
}
