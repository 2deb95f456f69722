import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { Missing } from '../missing';

/** The part of the prebuilt binary that the bench calls: llama.cpp itself, without the package's own queues. */
interface Addon {
  loadBackends(folder: string): void;
  init(): Promise<void>;
  setLoggerLogLevel(level: number): void;
  setLogger(logger: (level: number, message: string) => void): void;
  markLoaded(): boolean;
  systemInfo(): string;
  getGgmlType(name: string): number | undefined;
  AddonModel: new (path: string, options: object) => AddonModel;
  AddonContext: new (model: AddonModel, options: object) => AddonContext;
  AddonSampler: new (model: AddonModel) => AddonSampler;
}
interface AddonModel {
  init(): Promise<boolean>;
  dispose(): Promise<void>;
}
interface AddonSampler {
  applyConfig(config: object): void;
  dispose(): void;
}
interface AddonContext {
  init(): Promise<boolean>;
  dispose(): Promise<void>;
  initBatch(size: number): void;
  addToBatch(sequence: number, from: number, tokens: Uint32Array, logits: Uint32Array): Uint32Array;
  decodeBatch(): Promise<void>;
  sampleToken(at: number, sampler: AddonSampler): Promise<number>;
  sampleToken(
    at: number,
    sampler: AddonSampler,
    probabilities: boolean,
    confidence: boolean,
    logits: boolean,
  ): Promise<[number, unknown, unknown, number[] | undefined]>;
  removeTokenCellsFromSequence(sequence: number, from: number, to: number): boolean;
  setThreads(threads: number): void;
}

const PACKAGE = `@node-llama-cpp/${platform()}-${arch()}`;

let addon: Promise<Addon> | undefined;

/** llama.cpp as a program of this machine, from the prebuilt binary of node-llama-cpp. @throws Missing */
function llama(): Promise<Addon> {
  addon ??= load();
  return addon;
}

async function load(): Promise<Addon> {
  const require = createRequire(import.meta.url);
  let folder: string;
  try {
    folder = join(dirname(require.resolve(PACKAGE)), '..', 'bins', `${platform()}-${arch()}`);
  } catch {
    throw new Missing(`llama.cpp as a program comes in the package ${PACKAGE}, which is not installed`);
  }
  const found = require(join(folder, 'llama-addon.node')) as Addon;
  found.setLogger(() => {});
  found.setLoggerLogLevel(0);
  found.loadBackends(folder); // the one for this processor among those in the folder
  await found.init();
  return found;
}

/** One model in llama.cpp, with room for one sequence. */
export class Native {
  #length = 0;

  private constructor(
    private readonly model: AddonModel,
    private readonly context: AddonContext,
    private readonly sampler: AddonSampler,
  ) {}

  /**
   * @param path a GGUF file
   * @param options.flashAttention off for float32 throughout: llama.cpp's own computes it in half precision
   */
  static async open(path: string, { threads = 1, positions = 1024 } = {}): Promise<Native> {
    const addon = await llama();
    const model = new addon.AddonModel(path, { addonExports: addon, gpuLayers: 0, useMmap: true });
    await model.init();
    const cacheType = addon.getGgmlType('F32');
    if (cacheType === undefined) throw new Error('llama.cpp has no type F32 for its keys and values.');
    const context = new addon.AddonContext(model, {
      contextSize: positions,
      batchSize: positions,
      sequences: 1,
      threads,
      flashAttention: false,
      kvCacheKeyType: cacheType,
      kvCacheValueType: cacheType,
    });
    await context.init();
    const sampler = new addon.AddonSampler(model);
    sampler.applyConfig({ temperature: 0 });
    return new Native(model, context, sampler);
  }

  setThreads(threads: number): void {
    this.context.setThreads(threads);
  }

  /** Keeps the first `positions` of the sequence. */
  keep(positions: number): void {
    if (positions < this.#length) this.context.removeTokenCellsFromSequence(0, positions, -1);
    this.#length = Math.min(this.#length, positions);
  }

  /** Runs tokens behind those that ran. @returns the likeliest next token */
  async run(ids: readonly number[]): Promise<number> {
    return this.context.sampleToken(await this.#decode(ids), this.sampler);
  }

  /** The same → logits [V] behind the last token. */
  async logits(ids: readonly number[]): Promise<Float32Array> {
    const at = await this.#decode(ids);
    const [, , , pairs] = await this.context.sampleToken(at, this.sampler, false, false, true);
    const logits = new Float32Array((pairs as number[]).length / 2);
    for (let i = 0; i < logits.length; i++) {
      logits[(pairs as number[])[2 * i] as number] = (pairs as number[])[2 * i + 1] as number;
    }
    return logits;
  }

  async dispose(): Promise<void> {
    this.sampler.dispose();
    await this.context.dispose();
    await this.model.dispose();
  }

  async #decode(ids: readonly number[]): Promise<number> {
    this.context.initBatch(ids.length);
    const [at] = this.context.addToBatch(
      0,
      this.#length,
      Uint32Array.from(ids),
      Uint32Array.of(ids.length - 1),
    );
    await this.context.decodeBatch();
    this.#length += ids.length;
    return at as number;
  }
}
