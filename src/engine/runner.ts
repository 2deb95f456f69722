import type { Model } from '../gpt2/reference';
import { inTime } from '../in-time';
import type { BackendName, BackendReport, OpenOptions } from './api';
import type { Backend, BlockAnswer, BlockRun, ChainAnswer, ChainRun } from './backends/backend';
import type { Candidate } from './backends/choose';
import { candidates } from './backends/choose';
import { Held } from './backends/held';
import type { MakeBackend } from './backends/make';
import { makeBackend } from './backends/make';
import { EngineError, messageOf } from './errors';
import type { Part } from './supply';
import { PartMissing, partsOf } from './supply';

/** Another back end has taken over: what was under way has to begin again. */
export class BackendChanged extends Error {
  override name = 'BackendChanged';
}

/** A part of the model is waited for this long after the last one arrived; then whoever needs it is told. */
const PATIENCE_MS = 2500;

const NAMES: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  reference: 'Plain JavaScript',
};

/**
 * The back end that runs a model, and those that take over when it fails. Parts of the model become ready one by one, as
 * their parameters arrive.
 */
export class Runner {
  #backend!: Backend;
  #name!: BackendName;
  #reason = '';
  #ready = new Map<Part, Promise<void>>();
  /** Of these, the parts that are ready, without the embedding. */
  #usable = new Set<Part>();
  #replacing: Promise<void> | undefined;
  #opened = false;
  #disposed = false;
  readonly #tried = new Set<BackendName>();
  readonly #failures: string[] = [];
  readonly #arrivals = new Map<Part, Promise<void>>();
  readonly #here = new Set<Part>();
  #lastArrival = performance.now();
  #whole!: Promise<void>;
  /** Settles when the embedding's rows can be had. */
  readonly #embedded: Promise<void>;
  #hasEmbedding!: () => void;

  private constructor(
    private readonly model: Model,
    private readonly options: OpenOptions,
    private readonly make: MakeBackend,
  ) {
    this.#embedded = new Promise((resolve) => {
      this.#hasEmbedding = resolve;
    });
  }

  /**
   * Opens the best back end that works: one that cannot load or compile the model gives way to the next. Waits for the whole
   * model, or, where its parameters are still on their way, for its embedding.
   * @throws EngineError saying what each of them said, when none works
   */
  static async open(model: Model, options: OpenOptions, make: MakeBackend = makeBackend): Promise<Runner> {
    const runner = new Runner(model, options, make);
    const choice = await candidates(options.backend ?? 'best', options.threads);
    await runner.#take(choice);
    runner.#whole = runner.#prepareAll(choice);
    runner.#whole.catch(() => {}); // whoever waits for it hears of it
    await (options.supply ? Promise.race([runner.#whole, runner.#embedded]) : runner.#whole);
    runner.#opened = true;
    return runner;
  }

  /** What runs the model now, and why that. */
  get report(): BackendReport {
    return { name: this.#backend.name, reason: this.#reason };
  }

  /** Settles when every part of the model is ready to run. */
  get whole(): Promise<void> {
    return this.#whole;
  }

  get label(): string {
    return this.#backend.label;
  }

  /** Whether every part is ready on the present back end. */
  get #complete(): boolean {
    return this.#usable.size === this.model.config.n_layer + 1;
  }

  get reusesKeys(): boolean {
    return this.#backend.reusesKeys;
  }

  /** @throws BackendChanged, PartMissing, EngineError */
  runBlock(run: BlockRun): Promise<BlockAnswer> {
    const held = [run.residPre, run.past && 'held' in run.past && run.past.held];
    return this.#run([run.layer], held, (backend) => backend.runBlock(run));
  }

  /**
   * Missing while parts of the model are on their way, too: blocks that are here may then run before the others come.
   * @throws BackendChanged, EngineError
   */
  get runChain(): ((run: ChainRun) => Promise<ChainAnswer>) | undefined {
    if (!this.#backend.runChain || !this.#complete) return undefined;
    return (run) => {
      const [from, to] = run.blocks;
      const blocks = Array.from({ length: to - from }, (_, i) => from + i);
      const held = [run.residPre, ...(run.pasts ?? []).map((past) => past.held)];
      return this.#run(blocks, held, (backend) => {
        if (!backend.runChain) throw new BackendChanged();
        return backend.runChain(run);
      });
    };
  }

  /** @throws BackendChanged, PartMissing, EngineError */
  runNorm(residPost: Float32Array | Held, hold?: boolean): Promise<Float32Array | Held> {
    return this.#run(['head'], [residPost], (backend) => backend.runNorm(residPost, hold));
  }

  /** @throws BackendChanged, PartMissing, EngineError */
  runHead(lnFinal: Float32Array | Held, rows?: readonly number[]): Promise<Float32Array> {
    return this.#run(['head'], [lnFinal], (backend) => backend.runHead(lnFinal, rows));
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#backend.dispose();
  }

  /** @param given what the run takes; what another back end holds is of no use to this one */
  async #run<T>(
    parts: readonly Part[],
    given: readonly unknown[],
    run: (backend: Backend) => Promise<T>,
  ): Promise<T> {
    await this.#replacing;
    const [backend, name] = [this.#backend, this.#name];
    if (given.some((held) => held instanceof Held && held.owner !== backend)) throw new BackendChanged();
    try {
      for (const part of this.#complete ? [] : parts) {
        await this.#waitFor(part);
        await this.#prepare(part);
      }
      return await run(backend);
    } catch (error) {
      // What fails on the processor fails for what was asked, as a rule; a graphics device fails for good.
      if (!isFailure(error) || name !== 'webgpu' || this.#disposed) throw error;
      await this.#replace(backend, `stopped: ${error.message}`);
      throw new BackendChanged();
    }
  }

  /** Waits for the parameters of a part, but not for ever. */
  async #waitFor(part: Part): Promise<void> {
    const arrival = this.#arrival(part).then(() => true);
    while (!this.#here.has(part)) {
      const left = this.#lastArrival + PATIENCE_MS - performance.now();
      const all = partsOf(this.model.config.n_layer).length;
      if (left <= 0) throw new PartMissing(part, this.#here.size, all);
      await inTime(arrival, left, () => undefined);
    }
  }

  #arrival(part: Part): Promise<void> {
    const known = this.#arrivals.get(part);
    if (known) return known;
    const arrived = (this.options.supply?.arrived(part) ?? Promise.resolve()).then(() => {
      this.#here.add(part);
      this.#lastArrival = performance.now();
    });
    arrived.catch(() => {}); // whoever waits for it hears of it
    this.#arrivals.set(part, arrived);
    return arrived;
  }

  /** Makes a part ready on the present back end, once. A failure is not remembered, so that one may try again. */
  #prepare(part: Part): Promise<void> {
    const known = this.#ready.get(part);
    if (known) return known;
    const [ready, usable, backend] = [this.#ready, this.#usable, this.#backend];
    const made =
      part === 'embedding'
        ? this.#prepareEmbedding(backend)
        : part === 'head'
          ? backend.prepareFinal()
          : backend.prepareBlock(part);
    const done = made.then(() => {
      if (part !== 'embedding') usable.add(part);
    });
    ready.set(part, done);
    done.catch(() => ready.delete(part));
    return done;
  }

  async #prepareEmbedding(backend: Backend): Promise<void> {
    await (backend.prepareEmbedding ? backend.prepareEmbedding() : this.options.supply?.holdEmbedding?.());
    this.#hasEmbedding();
  }

  async #prepareAll(choice: readonly Candidate[]): Promise<void> {
    for (;;) {
      const backend = this.#backend;
      try {
        await this.#prepareOn(backend);
        return;
      } catch (error) {
        if (!(error instanceof PreparationFailed)) throw error; // the parameters do not come
        if (backend !== this.#backend) continue;
        await this.#replace(backend, `was tried and failed: ${error.message}`, choice);
      }
    }
  }

  async #prepareOn(backend: Backend): Promise<void> {
    const layers = this.model.config.n_layer;
    const tell = (done: number, text: string) =>
      this.options.onProgress?.(done / (layers + 1), `${backend.label}: ${text}`);
    for (const part of partsOf(layers)) {
      if (part === 'head') tell(layers, 'preparing the output head');
      else if (part !== 'embedding') tell(part, `preparing layer ${part + 1} of ${layers}`);
      await this.#arrival(part);
      await this.#prepare(part).catch((cause: unknown) => {
        throw new PreparationFailed(messageOf(cause), { cause });
      });
    }
    tell(layers + 1, 'ready');
  }

  /** Goes on with the next back end. @param choice what there is to choose from, before the model is open */
  async #replace(failed: Backend, how: string, choice?: readonly Candidate[]): Promise<void> {
    if (this.#backend === failed && !this.#replacing) {
      const replace = async () => {
        this.#failures.push(`${NAMES[this.#name]} ${how}`);
        const { threads } = this.options;
        const next = this.#opened || !choice ? await candidates('best', threads) : choice;
        await this.#take(next.filter(({ name }) => !this.#tried.has(name)));
        await failed.dispose().catch(() => {}); // a device that is gone has nothing to give back
        if (this.#opened) this.options.onBackend?.(this.report);
      };
      this.#replacing = replace().finally(() => {
        this.#replacing = undefined;
      });
    }
    await this.#replacing;
  }

  /** Takes the first that can be made. */
  async #take(choice: readonly Candidate[]): Promise<void> {
    for (const candidate of choice) {
      this.#tried.add(candidate.name);
      try {
        this.#backend = await this.make(this.model, candidate, this.options);
        this.#ready = new Map();
        this.#usable = new Set();
        this.#name = candidate.name;
        const { note } = this.#backend;
        this.#reason = [candidate.reason, ...(note ? [note] : []), ...this.#failures].join(' ');
        return;
      } catch (error) {
        this.#failures.push(`${NAMES[candidate.name]} was tried and failed: ${messageOf(error)}`);
      }
    }
    throw new EngineError('run', `The model could not be opened. ${this.#failures.join(' ')}`);
  }
}

/** A back end could not take a part of the model. */
class PreparationFailed extends Error {}

const isFailure = (error: unknown): error is EngineError =>
  error instanceof EngineError && error.trouble === 'run';
