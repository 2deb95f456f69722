import type * as Ort from 'onnxruntime-web';
import type { ActivationName } from '../../../gpt2/activations';
import { PARTS } from '../../onnx/attention';
import { FIRST_INPUT, TAPE_OUTPUTS } from '../../onnx/block';
import type { BlockRun, HeldPast } from '../backend';
import { paddedKeys } from '../mask';
import type { PastRun, Pasts } from '../pasts';
import type { Tensors } from '../tensors';
import type { Memory } from './memory';
import { Tape, type TapeShape } from './tape';

type Feeds = Readonly<Record<string, Ort.Tensor>>;

/** What runs over one tape and over another may differ in. */
interface Asked {
  /** Of the block. */
  readonly names?: readonly ActivationName[];
  /** So many rows in front are left out, as the model's last block can. */
  readonly first?: number;
}

/** Of fewer positions than these, attention to all keys at once is as fast. */
const WORTH_PARTING = 128;

/** One part of a run's positions, as far as attention goes. */
export interface Part {
  readonly rows: number;
  /** W: how many keys it sees, the last of them padding. */
  readonly reach: number;
}

/** T positions behind P others, divided: the last parts are empty where there are few. */
export function attentionParts(tokens: number, positions: number): Part[] {
  const part = Math.ceil(tokens / PARTS);
  const ends = Array.from({ length: PARTS }, (_, i) => Math.min((i + 1) * part, tokens));
  return ends.map((end, i) => ({
    rows: end - (ends[i - 1] ?? 0),
    reach: paddedKeys(positions + end),
  }));
}

/** Whether so many positions are worth dividing. */
export const isWorthParting = (tokens: number): boolean => tokens >= WORTH_PARTING;

/** Activations that are there only if attention is to all keys at once. */
const OF_ALL_KEYS: readonly ActivationName[] = ['attn_scores', 'pattern'];

/** On tapes: a run writes its keys and values behind those of the past, where these lie. Runs over one tape must not overlap. */
export class TapePasts implements Pasts {
  readonly variant = 'tape';
  /** All blocks of a pass have the same in common. */
  #common: { readonly key: string; readonly feeds: Feeds } | undefined;

  /** @param layers n_layer @param owner the back end whose tapes they are */
  constructor(
    private readonly tensors: Tensors,
    private readonly memory: Memory,
    private readonly shape: TapeShape,
    private readonly layers: number,
    private readonly owner: object,
  ) {}

  begin({ layer, tokens, past, names, first: wanted = 0 }: BlockRun): PastRun {
    const first = this.isLast(layer) ? wanted : undefined;
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
      feeds: {
        keys,
        values,
        ...this.common(tokens, positions, width, { names, first }),
        ...(first !== undefined && { [FIRST_INPUT]: this.tensors.integers([first]) }),
      },
      outputs: TAPE_OUTPUTS,
      placed: { [keysAfter]: keys, [valuesAfter]: values },
      keys: () => tape,
      drop: () => tape.release(),
    };
  }

  /** What a run writes on, for its user to release. */
  tapeFor(tokens: number, past: HeldPast | undefined): Tape {
    return past
      ? (past.held as Tape).behind(past.positions, tokens)
      : Tape.for(this.owner, this.shape, this.memory, tokens);
  }

  /** Whether a layer is the model's last, which can leave rows out. */
  isLast(layer: number): boolean {
    return layer === this.layers - 1;
  }

  /** What runs over T positions behind P others on tapes W wide have in common. */
  common(tokens: number, positions: number, width: number, { names = [], first = 0 }: Asked = {}): Feeds {
    const rows = tokens - first;
    const whole = !isWorthParting(rows) || OF_ALL_KEYS.some((name) => names.includes(name));
    const key = [tokens, positions, width, whole, first].join();
    if (this.#common?.key === key) return this.#common.feeds;
    const parts = attentionParts(rows, positions + first);
    const feeds = {
      bounds: this.tensors.bounds(rows, positions + first, width),
      at: this.tensors.integers(Array(this.shape.heads).fill(positions)),
      whole: this.tensors.boolean(whole),
      rows: this.tensors.integers(parts.map((part) => part.rows)),
      reach: this.tensors.integers(parts.map(({ reach }) => reach)),
    };
    this.#common = { key, feeds };
    return feeds;
  }
}
