import { LRUCache } from 'lru-cache';
import type { HeldPast, Keys } from './backends/backend';
import { Held, release } from './backends/held';

/** Room for this many more positions is made whenever a prompt grows out of its own. */
const ROOM = 64;

/** One layer's keys and values, a row for each position, with room for more behind them. */
class Tape {
  #k: Float32Array;
  #v: Float32Array;
  /** Positions. */
  length: number;

  /** @param d d_model */
  constructor(
    private readonly d: number,
    { k, v }: Keys,
  ) {
    this.length = k.length / d;
    this.#k = k;
    this.#v = v;
  }

  get bytes(): number {
    return this.#k.byteLength + this.#v.byteLength;
  }

  /** What later writes behind these positions does not show in it. */
  first(positions: number): Keys {
    const end = positions * this.d;
    return { k: this.#k.subarray(0, end), v: this.#v.subarray(0, end) };
  }

  copy(positions: number): Tape {
    const { k, v } = this.first(positions);
    const room = (positions + ROOM) * this.d;
    const tape = new Tape(this.d, { k: withRoom(k, room), v: withRoom(v, room) });
    tape.length = positions;
    return tape;
  }

  append({ k, v }: Keys): void {
    const at = this.length * this.d;
    if (at + k.length > this.#k.length) {
      const room = at + k.length + ROOM * this.d;
      this.#k = withRoom(this.#k.subarray(0, at), room);
      this.#v = withRoom(this.#v.subarray(0, at), room);
    }
    this.#k.set(k, at);
    this.#v.set(v, at);
    this.length += k.length / this.d;
  }
}

function withRoom(values: Float32Array, room: number): Float32Array {
  const out = new Float32Array(room);
  out.set(values);
  return out;
}

/** Keys and values of one prompt, layer by layer as far as they were computed. */
interface Entry {
  readonly key: string;
  /** [T]. */
  readonly ids: readonly number[];
  /** The lowest layers, without a gap; what is held is held for this entry. */
  readonly tapes: (Tape | Held)[];
}

/** The first positions of a prompt that ran before, which another prompt has in common with it. */
export class Past {
  readonly #retained: readonly (Tape | Held)[];

  /** @param length P: how many positions */
  constructor(
    private readonly entry: Entry,
    readonly length: number,
  ) {
    this.#retained = [...entry.tapes];
  }

  /** Tells the whole prompt that ran before from others. */
  get key(): string {
    return this.entry.key;
  }

  /** Whether the prompt that ran before is these positions and no more. */
  get whole(): boolean {
    return this.length === this.entry.ids.length;
  }

  /** How many layers are known, from the lowest. */
  get layers(): number {
    return this.entry.tapes.length;
  }

  /** [P, d_model] each. */
  keys(layer: number): Keys | HeldPast {
    const tape = this.entry.tapes[layer] as Tape | Held;
    return tape instanceof Held ? { held: tape, positions: this.length } : tape.first(this.length);
  }

  /** Keeps what is held for as long as somebody runs behind it. */
  retain(): this {
    for (const tape of this.#retained) if (tape instanceof Held) tape.retain();
    return this;
  }

  release(): void {
    for (const tape of this.#retained) release(tape);
  }

  /** These positions and those that follow them: on the same tape, where nothing else has followed them yet. */
  followedBy(rows: Keys, layer: number): Tape {
    const tape = this.entry.tapes[layer] as Tape;
    const free = this.whole && this.length === tape.length;
    const own = free ? tape : tape.copy(this.length);
    own.append(rows);
    return own;
  }
}

/**
 * Keys and values of the prompts that ran last. A prompt that begins like one of them runs only from where it differs:
 * nothing that comes later in a prompt changes the keys and values before it.
 */
export class KeyStore {
  readonly #entries: LRUCache<string, Entry> | undefined;

  /**
   * @param limit bytes; 0 keeps nothing
   * @param d d_model
   */
  constructor(
    readonly limit: number,
    private readonly d: number,
  ) {
    if (limit < 1) return;
    this.#entries = new LRUCache({
      maxSize: Math.floor(limit),
      sizeCalculation: sizeOf,
      dispose: ({ tapes }, _, reason) => {
        if (reason !== 'set') tapes.forEach(release); // an entry that has grown still has them
      },
    });
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#entries?.calculatedSize ?? 0;
  }

  /**
   * The longest beginning that a prompt has in common with one that ran through `layers` layers; at least one of its
   * own positions is left to run.
   */
  find(ids: readonly number[], layers: number): Past | undefined {
    let best: Entry | undefined;
    let length = 0;
    for (const entry of this.#entries?.values() ?? []) {
      const shared = Math.min(common(entry.ids, ids), ids.length - 1);
      if (shared > length && entry.tapes.length >= layers) [best, length] = [entry, shared];
    }
    if (!best) return undefined;
    this.#entries?.get(best.key); // it was used
    return new Past(best, length);
  }

  /**
   * Keeps what blocks gave for the positions of a prompt behind `past`. Layers come from the lowest upwards; one that
   * leaves a gap is not kept. A prompt that has grown takes the place of what it was.
   * @param key tells this prompt from others
   * @param rows of this layer and those that follow: arrays of these positions alone; or of these and all before, held, and
   *   handed over
   */
  keep(
    key: string,
    ids: readonly number[],
    layer: number,
    rows: readonly (Keys | Held)[],
    past?: Past,
  ): void {
    const entry = this.#entries?.get(key) ?? { key, ids: [...ids], tapes: [] };
    if (!this.#entries || layer !== entry.tapes.length) {
      rows.forEach(release);
      return;
    }
    const added = rows.map((own, i) =>
      own instanceof Held ? own : past ? past.followedBy(own, layer + i) : new Tape(this.d, own),
    );
    const tapes = [...entry.tapes, ...added];
    this.#entries.set(key, { ...entry, tapes }); // another object, for its size has changed
    if (!this.#entries.has(key)) tapes.forEach(release); // more than there is room for
    if (past?.whole && past.layers === tapes.length) this.#entries.delete(past.key);
  }

  clear(): void {
    this.#entries?.clear();
  }
}

/** An entry's bytes, its texts among them. */
const sizeOf = ({ ids, tapes }: Entry, key: string): number =>
  tapes.reduce((sum, { bytes }) => sum + bytes, 0) + 8 * ids.length + 2 * key.length;

/** How many first ids two prompts share. */
function common(a: readonly number[], b: readonly number[]): number {
  const end = Math.min(a.length, b.length);
  for (let t = 0; t < end; t++) if (a[t] !== b[t]) return t;
  return end;
}
