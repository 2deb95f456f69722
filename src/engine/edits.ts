import type { ActivationName } from '../gpt2/activations';
import { shapeOf } from '../gpt2/activations';
import type { Config } from '../gpt2/config';
import { keyOf } from '../gpt2/reference';
import { compose } from './affine';
import type { Edit, Tensor } from './api';
import type { Affine } from './backends/backend';
import { digest } from './digest';
import { orderOf } from './order';

/** The edits of one request, checked before, sorted by where they act. */
export class Edits {
  readonly #byPlace = new Map<string, { name: ActivationName; layer: number; affine: Affine }>();
  /** In the order of the forward pass. */
  readonly #marks: { order: number; text: string }[];

  /** @param tokens T, over which the edits stretch */
  constructor(edits: readonly Edit[], config: Config, tokens: number) {
    const places = new Map<string, Edit[]>();
    for (const edit of edits) {
      const place = keyOf(edit.name, edit.layer);
      places.set(place, [...(places.get(place) ?? []), edit]);
    }
    this.#marks = [...places].map(([place, [first, ...more]]) => {
      const { name, layer = 0 } = first as Edit;
      const affine = compose([first as Edit, ...more], shapeOf(name, config, tokens));
      this.#byPlace.set(place, { name, layer, affine });
      return { order: orderOf(name, layer), text: `${place}*${mark(affine.scale)}+${mark(affine.bias)}` };
    });
    this.#marks.sort((a, b) => a.order - b.order);
  }

  /** Whether nothing is written at all. */
  get none(): boolean {
    return this.#byPlace.size === 0;
  }

  /** What is written into one activation, if anything. */
  at(name: ActivationName, layer?: number): Affine | undefined {
    return this.#byPlace.get(keyOf(name, layer))?.affine;
  }

  /** What a block's graph is to write; `resid_pre` is written before the block runs. */
  inBlock(layer: number): Map<ActivationName, Affine> {
    const found = new Map<ActivationName, Affine>();
    for (const edit of this.#byPlace.values()) {
      if (edit.layer === layer && !OUTSIDE_BLOCKS.has(edit.name)) found.set(edit.name, edit.affine);
    }
    return found;
  }

  /** A text that tells apart all edits that can reach what arises at `order` (see orderOf). */
  keyUpTo(order: number): string {
    return this.#marks
      .filter((edit) => edit.order <= order)
      .map((edit) => edit.text)
      .join();
  }
}

const OUTSIDE_BLOCKS = new Set<ActivationName>(['embed', 'pos_embed', 'resid_pre', 'ln_final', 'logits']);

const mark = ({ dims, data }: Tensor) => `${dims.join('x')}:${digest(data)}`;
