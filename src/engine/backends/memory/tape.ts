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

/** The room that a tape has behind the positions it was made for, when it has grown once: a part of their number. */
const ROOM = 1 / 16;

/**
 * One layer's keys and values, in WebAssembly's memory and the order in which attention reads them. Runs write theirs in place,
 * behind those of the positions before.
 */
export class Tape extends Held {
  /** Where keys and values are. */
  #at: readonly [keys: number, values: number];
  /** W: for how many positions there is room; behind those that are written there are zeros, or what others have left. */
  width: number;
  /** Positions that somebody has written, or is about to write. */
  #length = 0;

  private constructor(
    owner: object,
    private readonly shape: TapeShape,
    private readonly memory: Memory,
    width: number,
    written = 0,
  ) {
    super(owner);
    this.width = width;
    this.#at = this.#places(width, written);
  }

  /** @param owner the back end whose runs write on it @param positions how many will be written first */
  static for(owner: object, shape: TapeShape, memory: Memory, positions: number): Tape {
    const tape = new Tape(owner, shape, memory, paddedKeys(positions), positions);
    tape.#length = positions;
    return tape;
  }

  /** [H, d_head, W], to be looked at now. */
  get keys(): Float32Array {
    return this.memory.floatsAt(this.#at[0], this.#size(this.width));
  }

  /** [H, W, d_head], to be looked at now. */
  get values(): Float32Array {
    return this.memory.floatsAt(this.#at[1], this.#size(this.width));
  }

  /** The dimensions of both. */
  get dims(): [keys: number[], values: number[]] {
    const { heads, headWidth } = this.shape;
    return [
      [heads, headWidth, this.width],
      [heads, this.width, headWidth],
    ];
  }

  /** ONNX Runtime's tensors over both. */
  get tensors(): [keys: number, values: number] {
    const [keys, values] = this.dims;
    const bytes = this.bytes / 2;
    return [
      this.memory.tensorAt(this.#at[0], 'float32', bytes, keys),
      this.memory.tensorAt(this.#at[1], 'float32', bytes, values),
    ];
  }

  get bytes(): number {
    return 2 * Float32Array.BYTES_PER_ELEMENT * this.#size(this.width);
  }

  /**
   * A tape for one more user, who writes `tokens` positions behind the first `positions`: this one, unless somebody else has written
   * there. `keys` and `values` of this one are others afterwards if it had to grow.
   * @param room behind them, as a part of their number, where the tape has to be another
   */
  behind(positions: number, tokens: number, room = ROOM): Tape {
    const length = positions + tokens;
    const free = positions === this.#length;
    const width = length > this.width || !free ? paddedKeys(length + length * room) : this.width;
    if (free) {
      if (width > this.width) this.#grow(width);
      this.#length = length;
      return this.retain();
    }
    const own = new Tape(this.owner, this.shape, this.memory, width);
    this.#copyTo(own.#at, width, positions);
    own.#length = length;
    return own;
  }

  #grow(width: number): void {
    const at = this.#places(width);
    this.#copyTo(at, width, this.#length);
    this.free();
    this.#at = at;
    this.width = width;
  }

  #copyTo(at: readonly [number, number], width: number, positions: number): void {
    const { heads, headWidth } = this.shape;
    const [ownKeys, ownValues] = [this.keys, this.values];
    const [keys, values] = at.map((place) => this.memory.floatsAt(place, this.#size(width))) as [
      Float32Array,
      Float32Array,
    ];
    for (let row = 0; row < heads * headWidth; row++) {
      const from = row * this.width;
      keys.set(ownKeys.subarray(from, from + positions), row * width);
    }
    for (let head = 0; head < heads; head++) {
      const from = head * this.width * headWidth;
      values.set(ownValues.subarray(from, from + positions * headWidth), head * width * headWidth);
    }
  }

  /**
   * Zeros, unless all positions are about to be written: what is masked counts for nothing, but only if it is a number.
   * @param written how many positions are written before anybody looks
   */
  #places(width: number, written = 0): [number, number] {
    const place = () => {
      const numbers = this.memory.take(this.#size(width));
      return (written < width ? numbers.fill(0) : numbers).byteOffset;
    };
    const keys = place();
    try {
      return [keys, place()];
    } catch (error) {
      this.memory.giveBack(keys);
      throw error;
    }
  }

  #size(width: number): number {
    return this.shape.heads * this.shape.headWidth * width;
  }

  protected free(): void {
    for (const place of this.#at) this.memory.giveBack(place);
  }
}
