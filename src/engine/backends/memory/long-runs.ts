import type * as Ort from 'onnxruntime-web';
import type { BlockAnswer, BlockRun, HeldPast } from '../backend';
import type { Tensors } from '../tensors';
import { HeldRows } from './held-rows';
import type { Memory } from './memory';
import { runOnTape } from './on-tape';
import type { TapePasts } from './pasts';
import { Places } from './places';
import type { Runs } from './runs';
import type { Tape } from './tape';

/** Positions that a block computes at a time: with more, attention multiplies many by keys that they may not see. */
const AT_A_TIME = 256;

/** From which to before which of a run's positions. */
type Stretch = readonly [from: number, to: number];

/**
 * The stretches of T positions that a block runs over, one behind the other. What is wanted begins with `first`; those before need keys and values
 * alone, and go with the first stretch.
 */
export function stretches(tokens: number, first = 0): Stretch[] {
  const ends = [Math.min(first + AT_A_TIME, tokens)];
  while ((ends.at(-1) as number) < tokens) ends.push(Math.min((ends.at(-1) as number) + AT_A_TIME, tokens));
  return ends.map((end, i) => [ends[i - 1] ?? 0, end]);
}

/**
 * Runs one block over many positions, stretch by stretch: each follows the keys of those before it on a tape that grows with them. Attention of
 * a stretch is to all keys up to its end, so that almost half of the work is saved where there are many. The numbers are those of one run, to the bit.
 */
export class LongRuns {
  /** @param d d_model @param owner whose everything is that is held */
  constructor(
    private readonly tensors: Tensors,
    private readonly pasts: TapePasts,
    private readonly memory: Memory,
    private readonly runs: Runs,
    private readonly d: number,
    private readonly owner: object,
  ) {}

  /** Whether a run is long, and nothing is wanted of it but the stream. */
  takes({ layer, tokens, names, edits, first }: BlockRun): boolean {
    const onlyStream = names.length === 1 && names[0] === 'resid_post';
    return edits.size === 0 && onlyStream && stretches(tokens, this.#out(layer, first)).length > 1;
  }

  /** @returns the stream as it was asked for: held, or as an array */
  run(block: Ort.InferenceSession, run: BlockRun): BlockAnswer {
    const { layer, tokens, hold } = run;
    const { d } = this;
    const first = this.#out(layer, run.first);
    const places = new Places(this.memory);
    let tape: Tape | undefined;
    let after: HeldRows | undefined;
    try {
      const stream = this.tensors.rows(run.residPre);
      if (stream.dims[0] !== tokens)
        throw new Error(`The stream has ${stream.dims[0]} rows, and not ${tokens}.`);
      const before = places.of(stream);
      after = new HeldRows(this.owner, this.memory, this.tensors, [tokens - first, d]);
      let past = run.past as HeldPast | undefined;
      const behind = past?.positions ?? 0;
      for (const [from, to] of stretches(tokens, first)) {
        const grown = this.pasts.tapeFor(to - from, past, 0);
        tape?.release();
        tape = grown;
        past = { held: tape, positions: behind + to };
        const out = from === 0 ? first : 0;
        const common = this.pasts.inputs(places, {
          layer,
          tokens: to - from,
          positions: behind + from,
          width: tape.width,
          first: out,
        });
        const pre = places.part(before, from * d, [to - from, d]);
        const post = places.part(after, (from + out - first) * d, [to - from - out, d]);
        runOnTape(this.runs, block, tape, [pre, post], common);
      }
      const keys = tape as Tape;
      if (hold) return { activations: new Map(), keys, stream: after, first };
      const residPost = after.copy();
      after.release();
      return { activations: new Map([['resid_post', residPost]]), keys, first };
    } catch (error) {
      tape?.release();
      after?.release();
      throw error;
    } finally {
      places.giveBack();
    }
  }

  /** How many rows in front are left out. */
  #out(layer: number, first = 0): number {
    return this.pasts.isLast(layer) ? first : 0;
  }
}
