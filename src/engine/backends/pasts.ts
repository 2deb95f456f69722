import type * as Ort from 'onnxruntime-web';
import { ALL_KEY_OUTPUTS, KEY_OUTPUTS } from '../onnx/block';
import type { BlockRun, HeldPast, Keys } from './backend';
import type { Held, HeldTensors } from './held';
import { paddedKeys, zeros } from './mask';
import type { Tensors } from './tensors';

/** What one run of a block takes of the positions before it, and leaves for those behind. */
export interface PastRun {
  /** P: how many positions came before. */
  readonly positions: number;
  /** W: for how many keys there is room. */
  readonly width: number;
  /** So many rows in front are left out of what follows the keys. None when missing. */
  readonly first?: number;
  /** What its graph takes besides `resid_pre`. */
  readonly feeds: Readonly<Record<string, Ort.Tensor>>;
  /** Outputs of the graph that must be made for it. */
  readonly outputs: readonly string[];
  /** Outputs that have their place. */
  readonly placed?: Readonly<Record<string, Ort.Tensor>>;
  /** Keys and values, of what the run has given. */
  keys(found: ReadonlyMap<string, Ort.Tensor>): Keys | Held;
  /** The run has failed. */
  drop(): void;
}

/** How keys and values go from run to run: as arrays, on a graphics device, or on tapes in WebAssembly's memory. */
export interface Pasts {
  /** The variant of the block's graph. */
  readonly variant: 'plain' | 'tape';
  begin(run: BlockRun): PastRun;
}

/** As arrays: each run is given those of the past, and gives its own. */
export class RowPasts implements Pasts {
  readonly variant = 'plain';

  /** @param d d_model */
  constructor(
    private readonly tensors: Tensors,
    private readonly d: number,
  ) {}

  begin({ tokens, past: keys }: BlockRun): PastRun {
    const { k, v } = (keys as Keys | undefined) ?? { k: zeros(0), v: zeros(0) };
    const positions = k.length / this.d;
    return {
      ...plain(this.tensors, tokens, positions, [this.tensors.rows(k), this.tensors.rows(v)]),
      outputs: KEY_OUTPUTS,
      keys: (found) => {
        const [own, values] = KEY_OUTPUTS.map((name) => found.get(name)?.data as Float32Array);
        return { k: own as Float32Array, v: values as Float32Array };
      },
    };
  }
}

/** On the device: each run is given the first rows of what one before has left there, and leaves its own behind them there. */
export class DevicePasts implements Pasts {
  readonly variant = 'plain';

  /** @param d d_model */
  constructor(
    private readonly tensors: Tensors,
    private readonly d: number,
  ) {}

  begin({ tokens, past }: BlockRun): PastRun {
    const { held, positions } = (past as HeldPast | undefined) ?? { held: undefined, positions: 0 };
    const none = this.tensors.rows(zeros(0));
    const keys = held
      ? (held as HeldTensors).tensors.map(({ gpuBuffer }) =>
          this.tensors.onDevice(gpuBuffer, [positions, this.d]),
        )
      : [none, none];
    return {
      ...plain(this.tensors, tokens, positions, keys),
      outputs: ALL_KEY_OUTPUTS,
      keys: (found) => this.tensors.hold(ALL_KEY_OUTPUTS.map((name) => found.get(name) as Ort.Tensor)),
    };
  }
}

/** What the plain variant of the graph takes, whatever its keys and values [P, d_model] lie in. */
function plain(tensors: Tensors, tokens: number, positions: number, [k, v]: readonly Ort.Tensor[]) {
  const width = paddedKeys(positions + tokens);
  const feeds = {
    past_k: k as Ort.Tensor,
    past_v: v as Ort.Tensor,
    padding: tensors.padding(width - positions - tokens),
    mask: tensors.mask(tokens, positions, width),
  };
  return { positions, width, feeds, drop: () => {} };
}
