import type { Job } from './job';
import { Macrotasks } from './macrotasks';
import type { Request } from './request';

/**
 * Puts requests for the same thing together and runs one job after the other. Nothing starts before the current
 * macrotask and the next have passed, so that the cells of one recalculation are all there.
 */
export class Scheduler {
  /** Waiting or running, in the order in which they came. */
  readonly #jobs = new Map<string, Job>();
  #running: Promise<void> | undefined;
  readonly #macrotasks = new Macrotasks();

  /** @param key the same for requests that one forward pass can serve */
  submit(key: string, request: Request, makeJob: () => Job): void {
    let job = this.#jobs.get(key);
    if (!job || job.closed) {
      this.#jobs.delete(key); // a closed one would keep its place in the line
      job = makeJob();
      this.#jobs.set(key, job);
    }
    job.add(request);
    this.#running ??= this.#run();
  }

  /** Fails everything that waits and ends when the step under way has. */
  async stop(error: unknown): Promise<void> {
    for (const job of this.#jobs.values()) job.fail(error);
    await this.#running;
    this.#macrotasks.close();
  }

  async #run(): Promise<void> {
    await this.#macrotasks.next();
    for (;;) {
      const [next] = this.#jobs;
      if (!next) break;
      const [key, job] = next;
      await job.run();
      if (this.#jobs.get(key) === job) this.#jobs.delete(key);
    }
    this.#running = undefined;
  }
}
