import { EngineError } from './errors';

/** A part of a model that is of use as soon as its own parameters are there: wte and wpe, a block, or ln_f and the head. */
export type Part = 'embedding' | 'head' | number;

/** All parts in the order in which a pass needs them. */
export const partsOf = (layers: number): Part[] => [
  'embedding',
  ...Array.from({ length: layers }, (_, layer) => layer),
  'head',
];

/** Parameters that are still on their way into the model. */
export interface Supply {
  /** Settles when all parameters of a part are in the model; rejects when they will not come. */
  arrived(part: Part): Promise<void>;
}

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
