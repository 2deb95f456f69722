import type { DownloadProgress, Watch } from '../../src/models/api';

export type JobKind = 'download' | 'verify' | 'remove';

/** Something that is being done with a model. */
export interface Job {
  readonly kind: JobKind;
  readonly progress: DownloadProgress | undefined;
}

interface Running extends Job {
  progress: DownloadProgress | undefined;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** How a job came out: `stopped` is what somebody asked for. */
export interface Outcome<T> {
  readonly value?: T;
  readonly error?: unknown;
  readonly stopped: boolean;
}

/** What is being done with which model: one thing at a time with each. */
export class Jobs {
  readonly #running = new Map<string, Running>();

  /** @param onChange hears which model there is news of */
  constructor(private readonly onChange: (id: string) => void) {}

  get(id: string): Job | undefined {
    return this.#running.get(id);
  }

  /** @returns undefined where something is being done with this model already */
  async run<T>(
    id: string,
    kind: JobKind,
    work: (watch: Required<Watch>) => Promise<T>,
  ): Promise<Outcome<T> | undefined> {
    if (this.#running.has(id)) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const job: Running = { kind, progress: undefined, controller, ended };
    const onProgress = (progress: DownloadProgress) => {
      job.progress = progress;
      if (this.#running.get(id) === job) this.onChange(id);
    };
    this.#running.set(id, job);
    this.onChange(id);
    try {
      return { value: await work({ signal, onProgress }), stopped: false };
    } catch (error) {
      return { error, stopped: signal.aborted };
    } finally {
      this.#running.delete(id);
      this.onChange(id);
      end();
    }
  }

  /** Ends what is being done with a model, and waits until it has ended. */
  async stop(id: string): Promise<void> {
    const job = this.#running.get(id);
    job?.controller.abort();
    await job?.ended;
  }
}
