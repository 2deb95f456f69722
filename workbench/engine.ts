import * as Comlink from 'comlink';
import { inTime } from '../src/in-time';
import type { EngineService } from '../src/rpc/protocol';
import { startWorker } from '../src/worker/start';

type Service = Pick<EngineService, 'prepare' | 'stats'>;

/** Nobody waits longer than this for a worker that is slow to begin. */
const PATIENCE_MS = 1000;

/** The engine's worker, started before there is a pane, which then takes it over. */
export class EarlyEngine {
  #worker!: Worker;
  /** Kept for as long as the worker: one whose remote object is dropped stops answering. */
  #service!: Comlink.Remote<Service>;
  /** Whether it is somebody's, or of no use to anybody. */
  #spent = false;

  constructor() {
    this.#start();
  }

  /** Resolves when the worker has begun, or is slow to. */
  async begun(): Promise<void> {
    await inTime(this.#service.stats(), PATIENCE_MS, () => undefined);
  }

  /** Has it start what any model will need, unless the page's address says how models are to run: that the pane reads. */
  prepare(): void {
    const query = new URLSearchParams(location.search);
    if (query.has('backend') || query.has('workers')) return;
    // Whoever opens a model hears of what fails.
    this.#service.prepare({ backend: 'best', base: document.baseURI }).catch(() => undefined);
  }

  /** The worker, for a pane that has just been loaded: one that is loaded anew gets another, in place of the one before. */
  take(): Worker {
    if (this.#spent) {
      this.#worker.terminate();
      this.#start();
    }
    this.#spent = true;
    return this.#worker;
  }

  #start(): void {
    const worker = startWorker();
    this.#worker = worker;
    this.#service = Comlink.wrap<Service>(worker);
    this.#spent = false;
    // A pane that takes it later would not hear of it.
    worker.addEventListener('error', () => {
      if (this.#worker === worker) this.#spent = true;
    });
  }
}
