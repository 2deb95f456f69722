/** Does one thing at a time: what is asked for in the middle of another is let pass. */
export function once<T>(work: (given: T) => Promise<void>): (given: T) => Promise<void> {
  let busy = false;
  return async (given) => {
    if (busy) return;
    busy = true;
    try {
      await work(given);
    } finally {
      busy = false;
    }
  };
}
