import type { Supply } from '../engine/api';
import { type Part, PartMissing, partsOf } from '../engine/supply';
import type { Config } from '../gpt2/config';
import { parameterShapes } from '../gpt2/parameters';
import { readParameter, type WeightSource, type Weights } from '../gpt2/weights';

/** The part of the model that a parameter belongs to. */
function partOf(name: string): Part {
  const layer = /^h\.(\d+)\./.exec(name)?.[1];
  if (layer !== undefined) return Number(layer);
  return name.startsWith('wte.') || name.startsWith('wpe.') ? 'embedding' : 'head';
}

/** A model's parameters while they arrive: each part can be used as soon as all of it is there. */
export class ArrivingWeights implements Supply, Weights {
  readonly names: readonly string[];
  readonly tied: boolean;
  readonly #arrays = new Map<string, Float32Array>();
  readonly #parts = new Map<Part, Promise<void>>();
  readonly #here = new Set<Part>();

  /** @param onPart hears of each part that is there, and how many are */
  constructor(
    private readonly config: Config,
    source: WeightSource,
    onPart: (here: number, all: number) => void = () => {},
  ) {
    this.tied = !source.names.includes('lm_head.weight');
    const shapes = parameterShapes(config, this.tied);
    this.names = [...shapes.keys()];
    const parts = partsOf(config.n_layer);
    for (const part of parts) {
      const read = async (name: string) => {
        this.#arrays.set(name, await readParameter(source, name, shapes.get(name)));
      };
      const all = Promise.all(this.names.filter((name) => partOf(name) === part).map(read));
      const arrived = all.then(() => {
        this.#here.add(part);
        onPart(this.#here.size, parts.length);
      });
      arrived.catch(() => {}); // whoever waits for it hears of it
      this.#parts.set(part, arrived);
    }
  }

  /** A tied head is there with the embedding. */
  async arrived(part: Part): Promise<void> {
    await this.#parts.get(part);
    if (part === 'head' && this.tied) await this.#parts.get('embedding');
  }

  /** @throws PartMissing while the parameter is on its way */
  get(name: string): Float32Array {
    const stored = this.tied && name === 'lm_head.weight' ? 'wte.weight' : name;
    const array = this.#arrays.get(stored);
    if (array) return array;
    throw new PartMissing(partOf(stored), this.#here.size, partsOf(this.config.n_layer).length);
  }
}
