import type * as Ort from 'onnxruntime-web';
import { TAPE_OUTPUTS } from '../../onnx/block';
import type { ChainAnswer, ChainRun, HeldPast } from '../backend';
import type { Tensors } from '../tensors';
import type { Memory } from './memory';
import type { TapePasts } from './pasts';
import type { Runs } from './runs';
import type { Tape } from './tape';

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
    { blocks: [from], residPre, tokens, pasts }: ChainRun,
    failure: (block: number, cause: unknown) => Error,
  ): ChainAnswer {
    const dims = [tokens, residPre.length / tokens];
    const taken: number[] = [];
    /** The same in WebAssembly's memory: all blocks take it from there. */
    const inside = (tensor: Ort.Tensor): Ort.Tensor => {
      const data = this.memory.copyOf(tensor.data as Float32Array | Uint8Array | BigInt64Array);
      taken.push(data.byteOffset);
      return this.tensors.like(tensor, data);
    };
    const tapes: Tape[] = [];
    let block = from;
    try {
      const stream = this.tensors.of({ dims, data: residPre });
      let [before, after] = [inside(stream), inside(stream)];
      let common:
        | { readonly width: number; readonly feeds: Readonly<Record<string, Ort.Tensor>> }
        | undefined;
      for (const [i, session] of sessions.entries()) {
        const past = pasts[i] as HeldPast;
        const tape = this.pasts.tapeFor(tokens, past);
        tapes.push(tape);
        // All blocks have the same, as long as their tapes have the same room.
        if (common?.width !== tape.width) {
          const own = Object.entries(this.pasts.common(tokens, past.positions, tape.width));
          const feeds = Object.fromEntries(own.map(([name, tensor]) => [name, inside(tensor)]));
          common = { width: tape.width, feeds };
        }
        const { feeds, placed } = this.pasts.onto(tape);
        const given = { ...feeds, ...common.feeds, resid_pre: before };
        this.runs.run(session, given, ['resid_post', ...TAPE_OUTPUTS], { resid_post: after, ...placed });
        [before, after] = [after, before];
        block++;
      }
      const residPost = (before.data as Float32Array).slice();
      return { residPost, keys: tapes };
    } catch (cause) {
      for (const tape of tapes) tape.release();
      throw failure(block, cause);
    } finally {
      for (const address of taken) this.memory.giveBack(address);
    }
  }
}
