import { LRUCache } from 'lru-cache';
import { cosines, unitRows } from '../algebra/cosine';
import { parameterShapes } from '../gpt2/parameters';
import type { Model } from '../gpt2/reference';
import { largest } from '../gpt2/sampling';
import type { Tensor } from '../gpt2/tensor';
import { rowsOf, type Weights } from '../gpt2/weights';
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
    const width = this.#shapes.get(name)?.at(-1) as number;
    const data = new Float32Array(rows * cols);
    const take = (first: number, those: Float32Array) => {
      for (let r = 0; r < those.length / width; r++) {
        const at = r * width + col;
        data.set(those.subarray(at, at + cols), (first - row + r) * cols);
      }
    };
    const { weights } = this.model;
    // Of wte there are rows at hand, which every pass needs; of all else, all.
    if (name === 'wte.weight' || (weights.tied && name === 'lm_head.weight')) {
      for (const [first, those] of rowsInTurn(weights, name, [row, row + rows], width)) take(first, those);
    } else {
      take(row, (await this.#whole(name)).subarray(row * width, (row + rows) * width));
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

/** Rows of wte that are looked at at a time: whoever has it may have to put them together first. */
const ROWS = 1024;

/** Rows [from, to) of wte, some at a time, each with the number of the first. */
function* rowsInTurn(
  weights: Weights,
  name: string,
  [from, to]: readonly [number, number],
  width: number,
): Generator<[first: number, rows: Float32Array]> {
  for (let first = from; first < to; first += ROWS) {
    yield [first, rowsOf(weights, name, [first, Math.min(first + ROWS, to)], width)];
  }
}

/** The k rows of wte [V, d_model] nearest to a vector [d_model] by their angle, without some ids. */
export function nearest(
  { config: { vocab_size: V }, weights }: Model,
  vector: Float64Array,
  k: number,
  without: readonly number[],
): Neighbours {
  const unit = unitRows(vector, vector.length);
  const similar = new Float64Array(V);
  for (const [from, rows] of rowsInTurn(weights, 'wte.weight', [0, V], vector.length)) {
    similar.set(cosines(unit, rows), from);
  }
  for (const id of without) similar[id] = Number.NEGATIVE_INFINITY;
  const ids = largest(similar, k);
  return { ids, similarities: ids.map((id) => similar[id] as number) };
}
