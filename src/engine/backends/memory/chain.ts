import type * as Ort from 'onnxruntime-web';
import { TAPE_OUTPUTS } from '../../onnx/block';
import type { ChainAnswer, ChainRun } from '../backend';
import type { Tensors } from '../tensors';
import type { Memory } from './memory';
import type { TapePasts } from './pasts';
import type { Runs } from './runs';
import type { Tape } from './tape';

/** What a block is given and gives, as the chain orders them; behind these comes what all blocks have in common. */
const INPUTS = ['resid_pre', 'keys', 'values'] as const;
const OUTPUTS = ['resid_post', ...TAPE_OUTPUTS] as const;

/** Runs blocks one behind the other without leaving WebAssembly's memory: what one puts out the next takes from where it lies. */
export class Chain {
  constructor(
    private readonly tensors: Tensors,
    private readonly pasts: TapePasts,
    private readonly memory: Memory,
    private readonly runs: Runs,
  ) {}

  /**
   * @param sessions of the blocks
   * @param failure what to throw when a block cannot run
   */
  run(
    sessions: readonly Ort.InferenceSession[],
    { blocks: [from, to], residPre, tokens, pasts, every }: ChainRun,
    failure: (block: number, cause: unknown) => Error,
  ): ChainAnswer {
    const dims = [tokens, residPre.length / tokens];
    const taken: number[] = [];
    /** The same in WebAssembly's memory: all blocks take it from there. */
    const inside = ({ type, dims, data }: Ort.Tensor): Inside => {
      const { byteOffset: address, byteLength } = this.memory.copyOf(
        data as Float32Array | Uint8Array | BigInt64Array,
      );
      taken.push(address);
      return { address, tensor: this.memory.tensorAt(address, type, byteLength, dims) };
    };
    const tapes: Tape[] = [];
    const residPosts: Float32Array[] = [];
    let block = from;
    try {
      const stream = this.tensors.of({ dims, data: residPre });
      let [before, after] = [inside(stream), inside(stream)];
      let [names, common, width]: [string[], number[], number] = [[], [], 0];
      for (const [i, session] of sessions.entries()) {
        const past = pasts?.[i];
        const tape = this.pasts.tapeFor(tokens, past);
        tapes.push(tape);
        // All blocks have the same, as long as their tapes have the same room.
        if (width !== tape.width) {
          width = tape.width;
          const feeds = this.pasts.common(tokens, past?.positions ?? 0, width);
          names = [...INPUTS, ...Object.keys(feeds)];
          common = Object.values(feeds).map((feed) => inside(feed).tensor);
        }
        const [keys, values] = tape.tensors;
        const places = [after.tensor, keys, values];
        this.runs.call(session, names, [before.tensor, keys, values, ...common], OUTPUTS, places);
        [before, after] = [after, before];
        block++;
        if (every || block === to)
          residPosts.push(this.memory.floatsAt(before.address, residPre.length).slice());
      }
      return { residPosts, keys: tapes };
    } catch (cause) {
      for (const tape of tapes) tape.release();
      throw failure(block, cause);
    } finally {
      for (const address of taken) this.memory.giveBack(address);
    }
  }
}

/** What lies in WebAssembly's memory, and ONNX Runtime's tensor over it. */
interface Inside {
  readonly address: number;
  readonly tensor: number;
}
