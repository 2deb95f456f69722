import type { ActivationName } from '../gpt2/activations';
import { shapeOf } from '../gpt2/activations';
import type { Model } from '../gpt2/reference';
import { embed } from '../gpt2/reference';
import { affineRows, applyAffine } from './affine';
import type { Edits } from './edits';
import { EngineError } from './errors';
import type { Origin } from './origin';
import type { Rows } from './rows';
import { follow } from './rows';
import type { Shelf } from './shelf';

/** What a pass has made: edits are written into it, and it goes on the shelf, where requests and other passes find it. */
export class Keeping {
  constructor(
    private readonly model: Model,
    private readonly origin: Origin,
    private readonly edits: Edits,
    private readonly shelf: Shelf,
  ) {}

  /** An activation, or some rows of it, if it is at hand. */
  find(name: ActivationName, layer: number): Rows | undefined {
    if (name !== 'resid_pre' || layer === 0) return this.shelf.find(name, layer);
    const before = this.shelf.find('resid_post', layer - 1);
    return before && this.asInput(layer, before);
  }

  /** resid_pre of block 0, from a position on. */
  embed(from: number): Rows {
    const { ids } = this.origin;
    if (!ids) throw new EngineError('run', 'A pass that starts in the middle has no embedding.');
    const keep = (name: ActivationName, values: Float32Array): Rows => {
      const rows = { values, from };
      this.#write(name, 0, rows);
      this.shelf.put(name, 0, rows);
      return rows;
    };
    const sum = embed(
      this.model,
      ids.slice(from),
      'float32',
      (name, values) => keep(name, values as Float32Array).values,
      from,
    );
    return keep('resid_pre', sum as Float32Array); // float32 was asked for
  }

  /** resid_post of a block as the next block takes it. */
  asInput(layer: number, residPost: Rows): Rows {
    if (layer === this.model.config.n_layer || !this.edits.at('resid_pre', layer)) return residPost;
    const rows = { ...residPost, values: residPost.values.slice() };
    this.#write('resid_pre', layer, rows);
    return rows;
  }

  /**
   * Keeps rows of an activation.
   * @param before the whole activation of a prompt that begins alike, where somebody waits for its rows too
   * @returns all that are known now
   */
  rows(name: ActivationName, layer: number, rows: Rows, before?: Float32Array): Rows {
    const shape = shapeOf(name, this.model.config, this.origin.tokens);
    const all = before ? follow(before, rows, shape, name) : rows;
    this.shelf.put(name, layer, all);
    return all;
  }

  /** Keeps rows of ln_final, in the same way. */
  norm(rows: Rows, before?: Float32Array): Rows {
    this.#write('ln_final', 0, rows);
    return this.rows('ln_final', 0, rows, before);
  }

  /** Keeps rows of the logits. @param positions of R @param logits [R, V] */
  logits(positions: readonly number[], logits: Float32Array): void {
    const { vocab_size: V } = this.model.config;
    const edit = this.edits.at('logits');
    positions.forEach((position, i) => {
      const values = positions.length === 1 ? logits : logits.slice(i * V, (i + 1) * V); // [V]
      if (edit) applyAffine(values, [1, V], affineRows(edit, position, position + 1));
      this.shelf.putLogits(position, values);
    });
  }

  /** Writes the edit of an activation [T, d_model] into its rows, if there is one, in place. */
  #write(name: ActivationName, layer: number, { values, from }: Rows): void {
    const edit = this.edits.at(name, layer);
    if (!edit) return;
    const { tokens } = this.origin;
    applyAffine(values, [tokens - from, this.model.config.n_embd], affineRows(edit, from, tokens));
  }
}
