import type { Config } from '../gpt2/config';
import type { Model } from '../gpt2/reference';
import type { BackendReport, EngineStats, OpenOptions, ReadRequest, Tensor } from './api';
import type { MakeBackend } from './backends/make';
import { ActivationCache } from './cache';
import { Edits } from './edits';
import { EngineError } from './errors';
import type { Workshop } from './job';
import { Job } from './job';
import { KeyStore } from './keys';
import { originOf } from './origin';
import { PendingWant, Request } from './request';
import { Runner } from './runner';
import { Scheduler } from './scheduler';
import { noneYet } from './tally';
import { checkAfter, checkEdit, checkIds, checkList, checkStart, checkWant } from './validate';

/**
 * Half of it is for keys, which lie in WebAssembly's memory, as streams of longer prompts do in the other half. That memory grows by a fifth at a time:
 * what 224 or 240 MB need beside the built-in model, in a browser with two threads, comes to just one of its sizes, and the last step would come when the cache has long been full.
 */
const CACHE_BYTES = 256 * 2 ** 20;

/** Runs one model and answers questions about its activations. Meant for a Web Worker; works in Node as well. */
export class Engine {
  readonly #shop: Workshop;
  readonly #scheduler = new Scheduler();
  #requests = 0;
  #closed = false;

  private constructor(
    private readonly model: Model,
    private readonly runner: Runner,
    cacheBytes: number,
  ) {
    this.#shop = {
      model,
      backend: runner,
      cache: new ActivationCache(cacheBytes / 2),
      keys: new KeyStore(cacheBytes / 2, model.config.n_embd),
      counters: noneYet(),
    };
  }

  /**
   * Makes a model ready to run.
   * @throws EngineError when no back end, or not the one that was asked for, can take the model
   */
  static async open(model: Model, options: OpenOptions = {}, make?: MakeBackend): Promise<Engine> {
    const runner = await Runner.open(model, options, make);
    return new Engine(model, runner, options.cacheBytes ?? CACHE_BYTES);
  }

  /** What runs the model, and why that; another after a graphics device has failed. */
  get backend(): BackendReport {
    return this.runner.report;
  }

  /** Settles when every part of the model has arrived and is ready; rejects when one will not come. */
  get whole(): Promise<void> {
    return this.runner.whole;
  }

  get config(): Config {
    return this.model.config;
  }

  get stats(): EngineStats {
    const { cache, keys, counters } = this.#shop;
    const [cacheBytes, cacheLimit] = [cache.bytes + keys.bytes, cache.limit + keys.limit];
    return { ...counters, requests: this.#requests, cacheBytes, cacheLimit };
  }

  /**
   * Activations of one forward pass, in the order of `wants`; each array is a copy that the caller owns.
   * Requests of the same moment over the same prompt and edits share one pass.
   * @throws EngineError naming the id, name, layer, head, position or edit that is out of bounds, or what failed to run
   * @throws an error named AbortError when `signal` is aborted before the answer is there
   */
  async read(request: ReadRequest): Promise<Tensor[]> {
    if (this.#closed) throw closedError();
    const { config } = this.model;
    const { wants, edits = [], signal } = request;
    if ('start' in request) checkStart(request.start, config);
    else checkIds(request.ids, config);
    checkList('wants', wants);
    checkList('edits', edits);
    const origin = originOf(request);
    for (const want of wants) checkWant(want, config, origin.tokens);
    if ('start' in request) for (const want of wants) checkAfter(request.start, want);
    for (const edit of edits) checkEdit(edit, config, origin.tokens);
    this.#requests++;

    const pending = new Request(
      wants.map((want) => new PendingWant(want, config, origin.tokens)),
      signal,
    );
    const sorted = new Edits([...origin.edits, ...edits], config, origin.tokens);
    if (!pending.settled) {
      const key = `${origin.key}|${sorted.keyUpTo(Number.POSITIVE_INFINITY)}`;
      this.#scheduler.submit(key, pending, () => new Job(this.#shop, origin, sorted));
    }
    return pending.promise;
  }

  /** Fails what is waiting, and gives back the model's memory. */
  async dispose(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#scheduler.stop(closedError());
    this.#shop.cache.clear();
    this.#shop.keys.clear();
    await this.runner.dispose();
  }
}

const closedError = () => new EngineError('closed', 'The model was closed; open it again to go on.');
