import type { Model } from '../gpt2/reference';
import type { Room } from '../gpt2/weights';
import { EngineError } from './errors';

/** A part of a model that is of use as soon as its own parameters are there: wte and wpe, a block, or ln_f and the head. */
export type Part = 'embedding' | 'head' | number;

/** All parts in the order in which a pass needs them. */
export const partsOf = (layers: number): Part[] => [
  'embedding',
  ...Array.from({ length: layers }, (_, layer) => layer),
  'head',
];

/** Rows [from, to) of wte, from whoever has it in memory; undefined when it is gone from there. */
export type EmbeddingRows = (from: number, to: number) => Float32Array | undefined;

/**
 * Where the parameters come from, perhaps while they are still on their way. Back ends copy what they are given into memory of
 * their own, so nobody else need hold more than the embedding.
 */
export interface Supply {
  /** Settles when all parameters of a part can be read; rejects when they will not come. */
  arrived(part: Part): Promise<void>;
  /**
   * A parameter of a part that has arrived; not to be written to.
   * @param room where to put the numbers, if they are wanted for a moment alone; they may also come in an array of their own
   */
  read(name: string, room?: Room): Promise<Float32Array>;
  /** Rows [from, to) of a matrix, in the same way; from whoever does not have all of it in memory. */
  readRows?(name: string, from: number, to: number, room?: Room): Promise<Float32Array>;
  /**
   * Sees to it that rows of wte can be had at once, as every pass needs them: holds it, unless somebody has it in memory already.
   * @param elsewhere where it is in memory
   */
  holdEmbedding?(elsewhere?: EmbeddingRows): Promise<void>;
  /** The same in an array that is the caller's own, where that can be had for less than a copy of what `read` gives. */
  take?(name: string): Promise<Float32Array>;
}

/** A parameter of a part that has arrived, in an array that the caller may write to, or send away. */
export const ownCopy = async (supply: Supply, name: string): Promise<Float32Array> =>
  supply.take ? supply.take(name) : (await supply.read(name)).slice();

/** Parameters that are in memory anyway. */
export const inMemory = ({ weights }: Model): Supply => ({
  arrived: async () => {},
  read: async (name) => weights.get(name),
});

/** Something needs a part of the model that is still on its way. */
export class PartMissing extends EngineError {
  override name = 'PartMissing';

  constructor(part: Part, here: number, all: number) {
    super(
      'missing',
      `${nameOf(part)} of the model has not arrived yet; ${here} of its ${all} parts are here. ` +
        'The cell is calculated again when it has.',
    );
  }
}

function nameOf(part: Part): string {
  if (part === 'embedding') return 'The embedding';
  return part === 'head' ? 'The output head' : `Layer ${part}`;
}
