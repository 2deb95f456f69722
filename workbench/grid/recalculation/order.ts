/**
 * Everything that follows from some nodes of a graph, and they themselves, each before those that follow from it. Of a
 * circle one has to be the first.
 *
 * @param followers those that follow directly
 */
export function inOrder<T>(from: Iterable<T>, followers: (node: T) => Iterable<T>): T[] {
  const seen = new Set<T>();
  const finished: T[] = [];
  for (const start of from) {
    if (seen.has(start)) continue;
    seen.add(start);
    const path = [{ node: start, rest: followers(start)[Symbol.iterator]() }];
    for (let last = path.at(-1); last; last = path.at(-1)) {
      const { value, done } = last.rest.next();
      if (done) {
        finished.push(last.node);
        path.pop();
      } else if (!seen.has(value)) {
        seen.add(value);
        path.push({ node: value, rest: followers(value)[Symbol.iterator]() });
      }
    }
  }
  return finished.reverse();
}
