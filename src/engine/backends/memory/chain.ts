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
    const taken: Float32Array[] = [];
    const begun: TapeRun[] = [];
    try {
      for (let i = 0; i < 2; i++) taken.push(this.memory.take(residPre.length));
      taken[0]?.set(residPre);
      let [before, after] = taken.map((data) => this.tensors.of({ dims, data })) as [Ort.Tensor, Ort.Tensor];
      for (const [i, session] of sessions.entries()) {
        const past = this.pasts.begin({ tokens, past: pasts[i] });
        begun.push(past);
        const feeds = {
          resid_pre: before,
          mask: this.tensors.mask(tokens, past.positions, past.width),
          ...past.feeds,
        };
        this.runs.run(session, feeds, ['resid_post', ...past.outputs], { resid_post: after, ...past.placed });
        [before, after] = [after, before];
      }
      const residPost = (before.data as Float32Array).slice();
      return { residPost, keys: begun.map(({ tape }) => tape) };
    } catch (cause) {
      for (const past of begun) past.drop();
      throw failure(from + Math.max(0, begun.length - 1), cause);
    } finally {
      for (const array of taken) this.memory.giveBack(array);
    }
  }
}
