import type { Supply } from '../engine/api';
import { type EmbeddingRows, type Part, PartMissing, partsOf } from '../engine/supply';
import type { Config } from '../gpt2/config';
import { ModelError } from '../gpt2/errors';
import { parameterShapes } from '../gpt2/parameters';
import { checkParameter, type Room, readParameter, type WeightSource, type Weights } from '../gpt2/weights';

/** The part of the model that a parameter belongs to. */
function partOf(name: string): Part {
  const layer = /^h\.(\d+)\./.exec(name)?.[1];
  if (layer !== undefined) return Number(layer);
  return name.startsWith('wte.') || name.startsWith('wpe.') ? 'embedding' : 'head';
}

/** wte, which every pass begins with, and which is large. */
const TOKENS = 'wte.weight';

/**
 * A model's parameters while they arrive: each part can be used as soon as all of it is there. In memory is the embedding
 * alone, which every pass begins with, and of that only what no back end has; all else is read when it is asked for.
 */
export class ArrivingWeights implements Supply, Weights {
  readonly names: readonly string[];
  readonly tied: boolean;
  readonly #shapes: ReturnType<typeof parameterShapes>;
  readonly #embedding = new Map<string, Float32Array>();
  readonly #parts = new Map<Part, Promise<void>>();
  readonly #here = new Set<Part>();
  /** Rows of wte, from a back end that has it. */
  #elsewhere: EmbeddingRows | undefined;

  /** @param onPart hears of each part that is there, and how many are */
  constructor(
    private readonly config: Config,
    private readonly source: WeightSource,
    onPart: (here: number, all: number) => void = () => {},
  ) {
    this.tied = !source.names.includes('lm_head.weight');
    this.#shapes = parameterShapes(config, this.tied);
    this.names = [...this.#shapes.keys()];
    const parts = partsOf(config.n_layer);
    for (const part of parts) {
      const all = Promise.all(
        this.names.filter((name) => partOf(name) === part).map((name) => this.#await(name)),
      );
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

  /** A parameter of the embedding. @throws PartMissing while it is on its way */
  get(name: string): Float32Array {
    const stored = this.#stored(name);
    const array = this.#embedding.get(stored);
    if (array) return array;
    return this.#rowsElsewhere(stored, 0, this.config.vocab_size);
  }

  /** Rows of a parameter of the embedding. @throws PartMissing while it is on its way */
  readonly rows = (name: string, from: number, to: number): Float32Array => {
    const stored = this.#stored(name);
    const width = this.config.n_embd;
    const array = this.#embedding.get(stored);
    return array?.subarray(from * width, to * width) ?? this.#rowsElsewhere(stored, from, to);
  };

  async holdEmbedding(elsewhere?: EmbeddingRows): Promise<void> {
    if (!elsewhere && !this.#embedding.has(TOKENS))
      this.#embedding.set(TOKENS, await this.source.read(TOKENS));
    this.#elsewhere = elsewhere;
    if (elsewhere) this.#embedding.delete(TOKENS);
  }

  #rowsElsewhere(stored: string, from: number, to: number): Float32Array {
    const rows = stored === TOKENS ? this.#elsewhere?.(from, to) : undefined;
    if (!rows) throw this.#missing(partOf(stored));
    return rows;
  }

  /**
   * Any parameter, read anew each time.
   * @param room where to put the numbers, if they are wanted for a moment alone
   * @throws PartMissing while its part is on its way, ModelError naming a parameter that there is not
   */
  async read(name: string, room?: Room): Promise<Float32Array> {
    const stored = this.#arrived(name);
    return this.#embedding.get(stored) ?? this.source.read(stored, room);
  }

  /** Rows [from, to) of any matrix, in the same way. */
  async readRows(name: string, from: number, to: number, room?: Room): Promise<Float32Array> {
    const stored = this.#arrived(name);
    if (this.#embedding.has(stored)) return this.rows(stored, from, to);
    return this.source.readRows(stored, from, to, room);
  }

  /** The name of a parameter that can be read. */
  #arrived(name: string): string {
    const stored = this.#stored(name);
    if (!this.#shapes.has(stored)) throw new ModelError(`There is no parameter "${name}" in this model.`);
    if (!this.#here.has(partOf(stored))) throw this.#missing(partOf(stored));
    return stored;
  }

  /** The same; an array of the caller's own. */
  async take(name: string): Promise<Float32Array> {
    const values = await this.read(name);
    return this.#embedding.get(this.#stored(name)) === values ? values.slice() : values;
  }

  /** Waits until a parameter is there and right; takes it in, where it is of the embedding and small. */
  async #await(name: string): Promise<void> {
    if (partOf(name) === 'embedding' && name !== TOKENS) {
      this.#embedding.set(name, await readParameter(this.source, name, this.#shapes.get(name)));
      return;
    }
    await checkParameter(this.source, name, this.#shapes.get(name));
    await this.source.here(name);
  }

  #stored(name: string): string {
    return this.tied && name === 'lm_head.weight' ? 'wte.weight' : name;
  }

  #missing(part: Part): PartMissing {
    return new PartMissing(part, this.#here.size, partsOf(this.config.n_layer).length);
  }
}
