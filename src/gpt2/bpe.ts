/** Ranks of the merges: `"left right"` → its line number in merges.txt, from 0. */
export type Ranks = ReadonlyMap<string, number>;

/** One merge as it happens: two neighbours become one. */
export interface Merge {
  readonly rank: number;
  readonly left: string;
  readonly right: string;
}

/**
 * Byte-pair encoding of one pre-token: joins the pair with the lowest rank, the leftmost first, until no pair is
 * in the table. A heap of candidates keeps 30,000 letters without a space from taking 30,000² steps.
 * @param symbols the pre-token, one character of GPT-2's byte alphabet each
 * @param onMerge hears of every merge, in order
 */
export function mergePairs(
  symbols: readonly string[],
  ranks: Ranks,
  onMerge?: (merge: Merge) => void,
): string[] {
  const parts: (string | undefined)[] = [...symbols];
  const next = parts.map((_, i) => i + 1);
  const previous = parts.map((_, i) => i - 1);
  const heap = new Heap();
  const offer = (left: number) => {
    const right = next[left] as number;
    if (left < 0 || right >= parts.length) return;
    const rank = ranks.get(`${parts[left]} ${parts[right]}`);
    if (rank !== undefined) heap.push(rank * PLACES + left);
  };
  for (let i = 0; i < parts.length; i++) offer(i);

  for (let key = heap.pop(); key !== undefined; key = heap.pop()) {
    const left = key % PLACES;
    const right = next[left] as number;
    // A candidate is stale when either side has been merged away since it was offered.
    if (parts[left] === undefined || right >= parts.length) continue;
    const rank = Math.floor(key / PLACES);
    if (ranks.get(`${parts[left]} ${parts[right]}`) !== rank) continue;
    onMerge?.({ rank, left: parts[left], right: parts[right] as string });
    parts[left] = `${parts[left]}${parts[right]}`;
    parts[right] = undefined;
    next[left] = next[right] as number;
    if ((next[left] as number) < parts.length) previous[next[left] as number] = left;
    offer(left);
    offer(previous[left] as number);
  }
  return parts.filter((part) => part !== undefined);
}

/** Places in a pre-token that a key of the heap can tell apart; rank and place share one exact integer. */
const PLACES = 2 ** 32;

/** A binary heap of numbers, smallest first. */
class Heap {
  readonly #items: number[] = [];

  push(item: number): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if ((items[up] as number) <= item) break;
      items[at] = items[up] as number;
      at = up;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down + 1 < items.length && (items[down + 1] as number) < (items[down] as number)) down++;
      if (down >= items.length || (items[down] as number) >= last) break;
      items[at] = items[down] as number;
      at = down;
    }
    items[at] = last;
    return top;
  }
}
