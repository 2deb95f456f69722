import type { ActivationName } from '../gpt2/activations';
import { ACTIVATIONS, MASKED } from '../gpt2/activations';
import type { Config } from '../gpt2/config';
import { headWidth } from '../gpt2/config';
import { type Activations, forward, keyOf, type Model } from '../gpt2/reference';

/**
 * The numbers that the workbook shows before it is calculated for the first time: those of its first prompt, in
 * float64, with rows for the tokens that the prompt does not have.
 */
export class Trial {
  readonly #activations: Activations;
  readonly #config: Config;
  readonly ids: readonly number[];
  readonly room: number;

  constructor(model: Model, ids: readonly number[], room: number) {
    this.#config = model.config;
    this.ids = ids;
    this.room = room;
    this.#activations = ids.length > 0 ? forward(model, ids, 'float64') : new Map();
  }

  /** An activation [T, n] in the room's rows; of one with heads, one head. Rows without a token are 0. */
  rows(name: ActivationName, layer = 0, head?: number): Float64Array {
    const { n_head } = this.#config;
    const width = this.width(name);
    const out = new Float64Array(this.room * width);
    const values = this.#activations.get(keyOf(name, layer));
    if (!values) return out;
    const count = this.ids.length * width;
    const from = head === undefined ? 0 : (head * values.length) / n_head;
    out.set(values.subarray(from, from + count));
    return out;
  }

  /** One head's scores or pattern [room, room], masked where there is no token. */
  square(name: 'attn_scores' | 'pattern', layer: number, head: number): Float64Array {
    const out = new Float64Array(this.room ** 2).fill(name === 'pattern' ? 0 : MASKED);
    const T = this.ids.length;
    const values = this.#activations.get(keyOf(name, layer));
    for (let t = 0; values && t < T; t++) {
      const at = head * T * T + t * T;
      out.set(values.subarray(at, at + T), t * this.room);
    }
    return out;
  }

  /** All heads of q, k, v or z side by side [room, H · d_head]. */
  beside(name: 'q' | 'k' | 'v' | 'z', layer: number): Float64Array {
    const { n_head, n_embd } = this.#config;
    const dh = headWidth(this.#config);
    const out = new Float64Array(this.room * n_embd);
    for (let head = 0; head < n_head; head++) {
      const rows = this.rows(name, layer, head);
      for (let t = 0; t < this.ids.length; t++)
        out.set(rows.subarray(t * dh, (t + 1) * dh), t * n_embd + head * dh);
    }
    return out;
  }

  /** Logits [V, room], a row for each token of the vocabulary. */
  logits(): Float64Array {
    const V = this.#config.vocab_size;
    const out = new Float64Array(V * this.room);
    const values = this.#activations.get('logits');
    if (!values) return out;
    for (let t = 0; t < this.ids.length; t++)
      for (let v = 0; v < V; v++) out[v * this.room + t] = values[t * V + v] as number;
    return out;
  }

  /** Tokens in the vocabulary. */
  get vocabulary(): number {
    return this.#config.vocab_size;
  }

  /** The width of an activation's rows. */
  width(name: ActivationName): number {
    const { n_embd, n_inner, vocab_size } = this.#config;
    const dim = ACTIVATIONS[name].shape.at(-1);
    if (dim === 'd_head') return headWidth(this.#config);
    return dim === 'd_mlp' ? n_inner : dim === 'V' ? vocab_size : n_embd;
  }
}
