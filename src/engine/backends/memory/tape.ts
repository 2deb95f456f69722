import { Held } from '../held';
import { paddedKeys } from '../mask';
import type { Memory } from './memory';

/** Of the whole model. */
export interface TapeShape {
  /** H */
  readonly heads: number;
  /** d_head */
  readonly headWidth: number;
}

/** One in so many positions: the room that a tape has behind those it was made for, when it has grown once. */
const ROOM = 16;

/**
 * One layer's keys and values, in WebAssembly's memory and the order in which attention reads them. Runs write theirs in place,
 * behind those of the positions before.
 */
export class Tape extends Held {
  /** [H, d_head, W] */
  keys: Float32Array;
  /** [H, W, d_head] */
  values: Float32Array;
  /** W: for how many positions there is room; behind those that are written there are zeros, or what others have left. */
  width: number;
  /** Positions that somebody has written, or is about to write. */
  #length = 0;

  private constructor(
    owner: object,
    private readonly shape: TapeShape,
    private readonly memory: Memory,
    width: number,
  ) {
    super(owner);
    this.width = width;
    [this.keys, this.values] = this.#arrays(width);
  }

  /** @param owner the back end whose runs write on it @param positions how many will be written first */
  static for(owner: object, shape: TapeShape, memory: Memory, positions: number): Tape {
    const tape = new Tape(owner, shape, memory, paddedKeys(positions));
    tape.#length = positions;
    return tape;
  }

  get bytes(): number {
    return this.keys.byteLength + this.values.byteLength;
  }

  /**
   * A tape for one more user, who writes `tokens` positions behind the first `positions`: this one, unless somebody else has written
   * there. `keys` and `values` of this one are others afterwards if it had to grow.
   */
  behind(positions: number, tokens: number): Tape {
    const length = positions + tokens;
    const free = positions === this.#length;
    const width = length > this.width || !free ? paddedKeys(length + length / ROOM) : this.width;
    if (free) {
      if (width > this.width) this.#grow(width);
      this.#length = length;
      return this.retain();
    }
    const own = new Tape(this.owner, this.shape, this.memory, width);
    this.#copyTo(own.keys, own.values, width, positions);
    own.#length = length;
    return own;
  }

  #grow(width: number): void {
    const [keys, values] = this.#arrays(width);
    this.#copyTo(keys, values, width, this.#length);
    this.free();
    [this.keys, this.values, this.width] = [keys, values, width];
  }

  #copyTo(keys: Float32Array, values: Float32Array, width: number, positions: number): void {
    const { heads, headWidth } = this.shape;
    for (let row = 0; row < heads * headWidth; row++) {
      const at = row * this.width;
      keys.set(this.keys.subarray(at, at + positions), row * width);
    }
    for (let head = 0; head < heads; head++) {
      const at = head * this.width * headWidth;
      values.set(this.values.subarray(at, at + positions * headWidth), head * width * headWidth);
    }
  }

  /** Zeros: what is masked counts for nothing, but only if it is a number. */
  #arrays(width: number): [Float32Array, Float32Array] {
    const size = this.shape.heads * this.shape.headWidth * width;
    const keys = this.memory.take(size).fill(0);
    try {
      return [keys, this.memory.take(size).fill(0)];
    } catch (error) {
      this.memory.giveBack(keys);
      throw error;
    }
  }

  protected free(): void {
    this.memory.giveBack(this.keys);
    this.memory.giveBack(this.values);
  }
}
