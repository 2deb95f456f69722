import type * as Ort from 'onnxruntime-web';
import type { ChainAnswer, ChainRun } from '../backend';
import type { Tensors } from '../tensors';
import type { Memory } from './memory';
import type { TapePasts, TapeRun } from './pasts';
import type { Runs } from './runs';

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
    const begun: TapeRun[] = [];
    let block = from;
    try {
      const stream = this.tensors.of({ dims, data: residPre });
      let [before, after] = [inside(stream), inside(stream)];
      let [bounds, at]: (Ort.Tensor | undefined)[] = [];
      for (const [i, session] of sessions.entries()) {
        const past = this.pasts.begin({ tokens, past: pasts[i] });
        begun.push(past);
        // All blocks have the same, as long as their tapes have the same room.
        if (bounds?.dims[1] !== past.width) bounds = inside(past.feeds.bounds as Ort.Tensor);
        at ??= inside(past.feeds.at as Ort.Tensor);
        const feeds = { ...past.feeds, resid_pre: before, bounds, at };
        this.runs.run(session, feeds, ['resid_post', ...past.outputs], { resid_post: after, ...past.placed });
        [before, after] = [after, before];
        block++;
      }
      const residPost = (before.data as Float32Array).slice();
      return { residPost, keys: begun.map(({ tape }) => tape) };
    } catch (cause) {
      for (const past of begun) past.drop();
      throw failure(block, cause);
    } finally {
      for (const address of taken) this.memory.giveBack(address);
    }
  }
}
