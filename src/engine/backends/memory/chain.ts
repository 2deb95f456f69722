import type * as Ort from 'onnxruntime-web';
import type { Config } from '../../../gpt2/config';
import { headRow } from '../../onnx/final';
import { pickRows } from '../../rows';
import type { ChainAnswer, ChainRun } from '../backend';
import { withoutPadding } from '../mask';
import { HEAD, NORM } from '../sessions';
import type { Tensors } from '../tensors';
import type { HeadMatrix } from './head-matrix';
import type { Memory } from './memory';
import { runOnTape } from './on-tape';
import type { TapePasts } from './pasts';
import { type Place, Places } from './places';
import type { Runs } from './runs';
import type { Tape } from './tape';

/** What a chain runs. */
export interface Links {
  readonly blocks: readonly Ort.InferenceSession[];
  /** What follows the last block of the model, where that is to run. */
  readonly final?: FinalLinks;
}

export interface FinalLinks {
  readonly norm: Ort.InferenceSession;
  readonly head: Ort.InferenceSession;
  readonly matrix: HeadMatrix;
  readonly config: Config;
}

/** Runs blocks one behind the other without leaving WebAssembly's memory: what one puts out the next takes from where it lies. */
export class Chain {
  constructor(
    private readonly tensors: Tensors,
    private readonly pasts: TapePasts,
    private readonly memory: Memory,
    private readonly runs: Runs,
  ) {}

  /** @param failure what to throw when something cannot run */
  run(
    { blocks, final }: Links,
    { blocks: [from], residPre, tokens, pasts, every, first = 0, logitsOf }: ChainRun,
    failure: (what: string, cause: unknown) => Error,
  ): ChainAnswer {
    const stream = this.tensors.rows(residPre);
    const { dims, size } = stream;
    const d = size / tokens;
    const places = new Places(this.memory);
    const tapes: Tape[] = [];
    const residPosts: Float32Array[] = [];
    let at = `block ${from}`;
    try {
      // A copy: the blocks write over it, and others may go on from what is held.
      let [before, after] = [places.of(stream), places.room(dims)];
      let rows = tokens; // of `before`
      let common: ReturnType<TapePasts['inputs']> | undefined;
      let width = 0;
      for (const [i, block] of blocks.entries()) {
        const layer = from + i;
        at = `block ${layer}`;
        const past = pasts?.[i];
        const tape = this.pasts.tapeFor(tokens, past);
        tapes.push(tape);
        const isLast = this.pasts.isLast(layer);
        const out = isLast ? first : 0;
        // All but the model's last have the same, as long as their tapes have the same room.
        if (!common || isLast || width !== tape.width) {
          width = tape.width;
          const positions = past?.positions ?? 0;
          common = this.pasts.inputs(places, { layer, tokens, positions, width, first: out });
        }
        if (out > 0) {
          rows -= out;
          after = places.room([rows, d]);
        }
        runOnTape(this.runs, block, tape, [before.tensor, after.tensor], common);
        [before, after] = [after, before];
        if (every || i === blocks.length - 1) residPosts.push(this.#copy(before, rows * d));
      }
      if (!final || !logitsOf) return { residPosts, keys: tapes };
      at = NORM;
      const normed = rows < tokens ? places.room([rows, d]) : after;
      this.runs.call(final.norm, ['resid_post'], [before.tensor], ['ln_final'], [normed.tensor]);
      const lnFinal = this.#copy(normed, rows * d);
      at = HEAD;
      const picked =
        logitsOf.length === rows
          ? normed
          : places.of(this.tensors.rows(pickRows({ values: lnFinal, from: first }, logitsOf, d)));
      const logits = this.#head(final, picked, logitsOf.length, places);
      return { residPosts, keys: tapes, final: { lnFinal, logits } };
    } catch (cause) {
      for (const tape of tapes) tape.release();
      throw failure(at, cause);
    } finally {
      places.giveBack();
    }
  }

  /** R rows of ln_final → their logits [R, V]. */
  #head(
    { head, matrix, config }: FinalLinks,
    { tensor: lnFinal }: Place,
    rows: number,
    places: Places,
  ): Float32Array {
    const width = headRow(config);
    const logits = places.room([rows, width]);
    const parts = matrix.tensors;
    const inputs = ['ln_final', ...parts.map(([name]) => name)];
    const given = [lnFinal, ...parts.map(([, tensor]) => tensor)];
    this.runs.call(head, inputs, given, ['logits'], [logits.tensor]);
    return withoutPadding(this.#copy(logits, rows * width), width, config.vocab_size);
  }

  #copy({ address }: Place, count: number): Float32Array {
    return this.memory.floatsAt(address, count).slice();
  }
}
