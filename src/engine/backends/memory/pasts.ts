import { TAPE_OUTPUTS } from '../../onnx/block';
import type { BlockRun, HeldPast } from '../backend';
import type { PastRun, Pasts } from '../pasts';
import type { Tensors } from '../tensors';
import type { Memory } from './memory';
import { Tape, type TapeShape } from './tape';

/** A run over a tape, which its keys and values are on afterwards. */
export interface TapeRun extends PastRun {
  readonly tape: Tape;
}

/** On tapes: a run writes its keys and values behind those of the past, where these lie. Runs over one tape must not overlap. */
export class TapePasts implements Pasts {
  readonly variant = 'tape';

  /** @param owner the back end whose tapes they are */
  constructor(
    private readonly tensors: Tensors,
    private readonly memory: Memory,
    private readonly shape: TapeShape,
    private readonly owner: object,
  ) {}

  begin({ tokens, past }: Pick<BlockRun, 'tokens' | 'past'>): TapeRun {
    const { heads, headWidth } = this.shape;
    const { held, positions } = (past as HeldPast | undefined) ?? { held: undefined, positions: 0 };
    const tape = held
      ? (held as Tape).behind(positions, tokens)
      : Tape.for(this.owner, this.shape, this.memory, tokens);
    const { width } = tape;
    const keys = this.tensors.of({ dims: [heads, headWidth, width], data: tape.keys });
    const values = this.tensors.of({ dims: [heads, width, headWidth], data: tape.values });
    const [keysAfter, valuesAfter] = TAPE_OUTPUTS;
    return {
      positions,
      width,
      feeds: {
        keys,
        values,
        bounds: this.tensors.bounds(tokens, positions, width),
        at: this.tensors.repeated(positions, heads),
      },
      outputs: TAPE_OUTPUTS,
      placed: { [keysAfter]: keys, [valuesAfter]: values },
      tape,
      keys: () => tape,
      drop: () => tape.release(),
    };
  }
}
