import type { ActivationName } from '../../gpt2/activations';
import { shapeOf } from '../../gpt2/activations';
import type { Numbers } from '../../gpt2/arithmetic';
import { dotRows, layerNorm } from '../../gpt2/arithmetic';
import type { Keep, Model } from '../../gpt2/reference';
import { block } from '../../gpt2/reference';
import { applyAffine } from '../affine';
import { inMemory, type Supply } from '../supply';
import type { Backend, BlockAnswer, BlockRun } from './backend';

/** The readable forward pass of src/gpt2 as a back end: slow, and there wherever JavaScript is. */
export class ReferenceBackend implements Backend {
  readonly name = 'reference';
  readonly label = 'Plain JavaScript';
  readonly reusesKeys = false;

  /** The parameters that it computes with, by name. */
  readonly #held = new Map<string, Float32Array>();
  readonly #model: Model;

  constructor(
    model: Model,
    private readonly supply: Supply = inMemory(model),
  ) {
    const get = (name: string) => this.#held.get(name) as Float32Array;
    this.#model = { config: model.config, weights: { ...namesOf(model), get } };
  }

  async prepareBlock(layer: number): Promise<void> {
    const { names } = this.#model.weights;
    await this.#hold(names.filter((name) => name.startsWith(`h.${layer}.`)));
  }

  async prepareFinal(): Promise<void> {
    await this.#hold(['ln_f.weight', 'ln_f.bias', 'lm_head.weight']);
  }

  async dispose(): Promise<void> {
    this.#held.clear();
  }

  async #hold(names: readonly string[]): Promise<void> {
    for (const name of names) this.#held.set(name, await this.supply.read(name));
  }

  async runBlock({ layer, residPre, tokens, names, edits }: BlockRun): Promise<BlockAnswer> {
    const wanted = new Map<ActivationName, Float32Array>();
    const keep: Keep = (name, values) => {
      const edit = edits.get(name);
      if (edit) applyAffine(float32(values), shapeOf(name, this.#model.config, tokens), edit);
      if (names.includes(name)) wanted.set(name, float32(values));
      return values;
    };
    block(this.#model, layer, residPre as Float32Array, keep); // it holds nothing
    return { activations: wanted };
  }

  async runNorm(residPost: Float32Array): Promise<Float32Array> {
    const { config, weights } = this.#model;
    const gain = weights.get('ln_f.weight'); // [d_model]
    return float32(layerNorm(residPost, gain, weights.get('ln_f.bias'), config.layer_norm_epsilon));
  }

  async runHead(lnFinal: Float32Array): Promise<Float32Array> {
    const { config, weights } = this.#model;
    return float32(dotRows(lnFinal, weights.get('lm_head.weight'), config.n_embd)); // [R, V]
  }
}

/** src/gpt2 computes in the precision it is fed, and this back end feeds it float32. */
function float32(values: Numbers): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

const namesOf = ({ weights: { names, tied } }: Model) => ({ names, tied });
