import type * as Ort from 'onnxruntime-web';
import { FIRST_INPUT, TAPE_OUTPUTS } from '../../onnx/block';
import type { BlockRun, HeldPast } from '../backend';
import type { PastRun, Pasts } from '../pasts';
import type { Tensors } from '../tensors';
import type { Memory } from './memory';
import type { Places } from './places';
import { Tape, type TapeShape } from './tape';

type Feeds = Readonly<Record<string, Ort.Tensor>>;

/** A run of a block, as far as it matters to what it takes besides the stream and the tape. */
interface Asked {
  readonly layer: number;
  /** T */
  readonly tokens: number;
  /** P, how many came before */
  readonly positions: number;
  /** W, of the tape */
  readonly width: number;
  /** So many rows in front are left out, as the model's last block can. */
  readonly first: number;
}

/** Of how many runs that differ is kept what they take, and how many numbers: enough for a long prompt's stretches. */
const [KINDS, KEPT] = [16, 2 ** 20];

/** On tapes: a run writes its keys and values behind those of the past, where these lie. Runs over one tape must not overlap. */
export class TapePasts implements Pasts {
  readonly variant = 'tape';
  /** All blocks of a pass have the same in common, or the same of each stretch. */
  readonly #common = new Map<string, Feeds>();
  /** How many numbers are in it. */
  #kept = 0;

  /** @param layers n_layer @param owner the back end whose tapes they are */
  constructor(
    private readonly tensors: Tensors,
    private readonly memory: Memory,
    private readonly shape: TapeShape,
    private readonly layers: number,
    private readonly owner: object,
  ) {}

  begin({ layer, tokens, past, first: wanted = 0 }: BlockRun): PastRun {
    const first = this.isLast(layer) ? wanted : 0;
    const positions = (past as HeldPast | undefined)?.positions ?? 0;
    const tape = this.tapeFor(tokens, past as HeldPast | undefined);
    const { width } = tape;
    const [keyDims, valueDims] = tape.dims;
    const keys = this.tensors.of({ dims: keyDims, data: tape.keys });
    const values = this.tensors.of({ dims: valueDims, data: tape.values });
    const [keysAfter, valuesAfter] = TAPE_OUTPUTS;
    return {
      positions,
      width,
      first,
      feeds: { keys, values, ...this.#feeds({ layer, tokens, positions, width, first }) },
      outputs: TAPE_OUTPUTS,
      placed: { [keysAfter]: keys, [valuesAfter]: values },
      keys: () => tape,
      drop: () => tape.release(),
    };
  }

  /** What a run writes on, for its user to release. @param room as `Tape.behind` takes it */
  tapeFor(tokens: number, past: HeldPast | undefined, room?: number): Tape {
    return past
      ? (past.held as Tape).behind(past.positions, tokens, room)
      : Tape.for(this.owner, this.shape, this.memory, tokens);
  }

  /** Whether a layer is the model's last, which can leave rows out. */
  isLast(layer: number): boolean {
    return layer === this.layers - 1;
  }

  /** What a run takes besides the stream and the tape, in places: names, and ONNX Runtime's tensors. */
  inputs(places: Places, asked: Asked): { readonly names: string[]; readonly given: number[] } {
    const feeds = Object.entries(this.#feeds(asked));
    return { names: feeds.map(([name]) => name), given: feeds.map(([, feed]) => places.of(feed).tensor) };
  }

  #feeds({ layer, tokens, positions, width, first }: Asked): Feeds {
    const isLast = this.isLast(layer);
    const key = [tokens, positions, width, first, isLast].join();
    const known = this.#common.get(key);
    if (known) return known;
    const feeds = {
      bounds: this.tensors.bounds(tokens - first, positions + first, width),
      at: this.tensors.integers(Array(this.shape.heads).fill(positions)),
      ...(isLast && { [FIRST_INPUT]: this.tensors.integers([first]) }),
    };
    const { size } = feeds.bounds;
    if (this.#common.size === KINDS || this.#kept + size > KEPT) {
      this.#common.clear();
      this.#kept = 0;
    }
    this.#common.set(key, feeds);
    this.#kept += size;
    return feeds;
  }
}
