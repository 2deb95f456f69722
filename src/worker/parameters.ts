import { LRUCache } from 'lru-cache';
import { cosines, unitRows } from '../algebra/cosine';
import { parameterShapes } from '../gpt2/parameters';
import type { Model } from '../gpt2/reference';
import { largest } from '../gpt2/sampling';
import type { Tensor } from '../gpt2/tensor';
import type { Neighbours, ParameterInfo, Slice } from '../rpc/protocol';

/** Bytes of parameters that are kept once somebody has asked for a part of them: several cells often show parts of one. */
const RECENT_BYTES = 32 * 2 ** 20;

/** The parameters of an open model, for whoever wants to see them. */
export class ModelParameters {
  readonly #recent = new LRUCache<string, Promise<Float32Array>>({
    maxSize: RECENT_BYTES,
    sizeCalculation: (_, name) => this.#bytes(name),
  });
  /** As if the head were not tied: `lm_head.weight` may be asked for of every model. */
  readonly #shapes: ReadonlyMap<string, readonly number[]>;

  constructor(
    private readonly model: Model,
    private readonly read: (name: string) => Promise<Float32Array>,
  ) {
    this.#shapes = parameterShapes(model.config, false);
  }

  /** Every one, in the order of the checkpoint. */
  get list(): ParameterInfo[] {
    const { config, weights } = this.model;
    return [...parameterShapes(config, weights.tied)].map(([name, shape]) => ({ name, shape }));
  }

  /**
   * A part of a parameter → [rows, cols]. A tied head is the token embedding.
   * @throws ModelError naming a parameter that there is not, or one that cannot be read any more
   */
  async slice(name: string, { row, col, rows, cols }: Slice): Promise<Tensor> {
    const all = await this.#whole(name);
    const width = this.#shapes.get(name)?.at(-1) as number;
    const data = new Float32Array(rows * cols);
    for (let r = 0; r < rows; r++) {
      const at = (row + r) * width + col;
      data.set(all.subarray(at, at + cols), r * cols);
    }
    return { dims: [rows, cols], data };
  }

  #whole(name: string): Promise<Float32Array> {
    const known = this.#recent.get(name);
    if (known) return known;
    const read = this.read(name);
    if (this.#bytes(name) <= RECENT_BYTES) this.#recent.set(name, read);
    read.catch(() => this.#recent.delete(name)); // it may be there the next time
    return read;
  }

  #bytes(name: string): number {
    return 4 * (this.#shapes.get(name) ?? [1]).reduce((product, size) => product * size, 1);
  }
}

/** The k rows of wte [V, d_model] nearest to a vector [d_model] by their angle, without some ids. */
export function nearest(
  { weights }: Model,
  vector: Float64Array,
  k: number,
  without: readonly number[],
): Neighbours {
  const similar = cosines(unitRows(vector, vector.length), weights.get('wte.weight')); // [V]
  for (const id of without) similar[id] = Number.NEGATIVE_INFINITY;
  const ids = largest(similar, k);
  return { ids, similarities: ids.map((id) => similar[id] as number) };
}
