/** A queue of tasks that must not overlap: each starts when the one before has ended, well or badly. */
export function exclusiveQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task);
    last = mine.catch(() => {}); // the failure belongs to whoever asked, not to the next in line
    return mine;
  };
}
