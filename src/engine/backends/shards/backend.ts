import * as Comlink from 'comlink';
import type { Model } from '../../../gpt2/reference';
import { inTime } from '../../../in-time';
import { EngineError, messageOf } from '../../errors';
import { inMemory, ownCopy, type Supply } from '../../supply';
import type { Backend, BlockAnswer, BlockRun } from '../backend';

import type { Share } from './deal';
import { moved } from './moved';
import type { ShardServer } from './server';
import { type ShardWorker, type StartShard, startShard } from './start';
import { words } from './words';

/** Milliseconds for a worker to load its scripts; WebAssembly has its own time within it. */
const PATIENCE = 6 * 60_000;

export interface ShardOptions {
  /** What each worker holds, in the order of the model. */
  readonly shares: readonly Share[];
  /** Of each worker; only one of them runs at a time. */
  readonly threads: number;
  readonly wasmPaths?: string;
  readonly supply?: Supply;
  readonly start?: StartShard;
}

type Server = Comlink.Remote<ShardServer>;
type Reject = (error: EngineError) => void;

/** One worker, started when it is first needed, and again after it has failed. */
interface Slot {
  readonly label: string;
  worker: ShardWorker | undefined;
  server: Promise<Server> | undefined;
  /** Calls that the worker has not answered yet. */
  readonly waiting: Set<Reject>;
}

/**
 * GPT-2 on several WebAssembly memories, for a model that is too large for one: each worker has an ONNX Runtime of its own with a run
 * of blocks, the last one ln_f and the head, too. The numbers are those of one memory, to the bit.
 */
export class ShardedBackend implements Backend {
  readonly name = 'wasm';
  readonly label: string;
  readonly note: string;
  readonly reusesKeys = true;
  readonly #slots: readonly Slot[];
  readonly #supply: Supply;
  readonly #start: StartShard;
  readonly #bytes: number;
  #disposed = false;

  constructor(
    private readonly model: Model,
    private readonly options: ShardOptions,
  ) {
    const { shares, threads } = options;
    this.#bytes = shares.reduce((sum, { bytes }) => sum + bytes, 0);
    this.label = words.label(shares.length, threads);
    this.note = words.note(this.#bytes, shares.length);
    this.#supply = options.supply ?? inMemory(model);
    this.#start = options.start ?? startShard;
    this.#slots = shares.map((_, i) => ({
      label: words.worker(i + 1, shares.length),
      worker: undefined,
      server: undefined,
      waiting: new Set(),
    }));
  }

  prepareBlock(layer: number): Promise<void> {
    return this.#prepare(this.#slotOf(layer), (server) => server.prepareBlock(layer));
  }

  prepareFinal(): Promise<void> {
    return this.#prepare(this.#last(), (server) => server.prepareFinal());
  }

  runBlock(run: BlockRun): Promise<BlockAnswer> {
    return this.#call(this.#slotOf(run.layer), (server) => server.runBlock(run));
  }

  runNorm(residPost: Float32Array): Promise<Float32Array> {
    return this.#call(this.#last(), (server) => server.runNorm(residPost));
  }

  runHead(lnFinal: Float32Array): Promise<Float32Array> {
    return this.#call(this.#last(), (server) => server.runHead(lnFinal));
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const slot of this.#slots) this.#end(slot, new EngineError('closed', words.closed));
  }

  #slotOf(layer: number): Slot {
    const at = this.options.shares.findIndex(({ blocks: [from, to] }) => from <= layer && layer < to);
    return this.#slots[at] as Slot;
  }

  #last(): Slot {
    return this.#slots.at(-1) as Slot;
  }

  async #prepare(slot: Slot, run: (server: Server) => Promise<void>): Promise<void> {
    try {
      await this.#call(slot, run);
    } catch (error) {
      const { message, trouble } = error as EngineError;
      if (!/alloc|memory/i.test(message)) throw error;
      throw new EngineError(trouble, `${message} ${words.need(this.#bytes)}`, { cause: error });
    }
  }

  /** Asks a worker, which is started if need be. */
  async #call<T>(slot: Slot, run: (server: Server) => Promise<T>): Promise<T> {
    if (this.#disposed) throw new EngineError('closed', words.closed);
    return this.#answer(slot, this.#open(slot).then(run));
  }

  /** What a worker answers; fails with the worker rather than wait for what will not come. */
  #answer<T>(slot: Slot, answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      slot.waiting.add(reject);
      answer
        .then(resolve, (cause: unknown) => reject(asOurs(cause)))
        .finally(() => slot.waiting.delete(reject));
    });
  }

  /** The worker of a share, with its ONNX Runtime under way. A failure is not remembered, so that one may try again. */
  #open(slot: Slot): Promise<Server> {
    if (slot.server) return slot.server;
    const server = this.#started(slot);
    slot.server = server;
    server.catch(() => {
      if (slot.server === server) slot.server = undefined;
    });
    return server;
  }

  async #started(slot: Slot): Promise<Server> {
    const { config, weights } = this.model;
    const { threads, wasmPaths } = this.options;
    const { label } = slot;
    const fail = (message: string) => new EngineError('run', words.broken(label, message));
    let worker: ShardWorker | undefined;
    try {
      worker = this.#start(label, (message) => {
        if (slot.worker === worker) this.#end(slot, fail(message));
      });
      slot.worker = worker;
      const setup = { config, tied: weights.tied, wasmPaths, threads, label };
      const read = Comlink.proxy(async (name: string) => {
        const values = await ownCopy(this.#supply, name);
        return moved(values, [values]);
      });
      await inTime(this.#answer(slot, worker.server.open(setup, read)), PATIENCE, () => {
        throw new EngineError('run', words.late(label));
      });
      return worker.server;
    } catch (cause) {
      const error = cause instanceof EngineError ? cause : fail(messageOf(cause));
      if (slot.worker === worker) this.#end(slot, error);
      throw error;
    }
  }

  #end(slot: Slot, error: EngineError): void {
    const { worker } = slot;
    slot.worker = undefined;
    slot.server = undefined;
    worker?.end();
    for (const reject of slot.waiting) reject(error);
    slot.waiting.clear();
  }
}

/** Errors lose their class on the way from a worker. */
const asOurs = (cause: unknown): EngineError =>
  cause instanceof EngineError ? cause : new EngineError('run', messageOf(cause), { cause });
