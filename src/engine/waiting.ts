import type { ActivationName } from '../gpt2/activations';
import { layerBehind, rowsBehind } from './order';
import type { PendingWant, Request } from './request';

/** The requests that one job serves, and what they are still waiting for. */
export class Waiting {
  readonly #requests = new Set<Request>();

  /** @param layers n_layer */
  constructor(private readonly layers: number) {}

  add(request: Request): void {
    this.#requests.add(request);
  }

  /** Everything that somebody is waiting for. */
  *[Symbol.iterator](): Iterator<PendingWant> {
    for (const request of this.#requests) if (!request.settled) yield* request.missing;
  }

  /**
   * Lets each have what is there, and lets go of requests that are settled.
   * @returns how many needed nothing to be computed
   */
  deliver(give: (pending: PendingWant) => void): number {
    let hits = 0;
    for (const request of this.#requests) {
      for (const pending of request.settled ? [] : request.missing) give(pending);
      if (request.finish() && !request.computed) hits++;
      if (request.settled) this.#requests.delete(request);
    }
    return hits;
  }

  /** Whoever is still waiting needs something to be computed. */
  compute(): void {
    for (const request of this.#requests) request.computed = true;
  }

  /** Fails every request that is still waiting. */
  fail(error: unknown): void {
    for (const request of this.#requests) request.fail(error);
    this.#requests.clear();
  }

  /** Whether somebody waits for an activation, of whichever layer. */
  wants(name: ActivationName): boolean {
    return [...this].some(({ want }) => want.name === name);
  }

  /** Whether somebody waits for rows of the embedding from before a position. */
  wantsEmbeddingBefore(position: number): boolean {
    return [...this].some(
      ({ want, from }) => layerBehind(want.name, want.layer, this.layers) < 0 && from < position,
    );
  }

  /** What has to run for each thing that somebody is waiting for. */
  layersBehind(): number[] {
    return [...this].map(({ want }) => layerBehind(want.name, want.layer, this.layers));
  }

  /** The first row of an activation that somebody waits for; infinite when nobody does. */
  firstRowOf(name: ActivationName, layer: number): number {
    const wanted = [...this].filter(({ want }) => {
      const [behind, at] = rowsBehind(want.name, want.layer);
      return behind === name && at === layer;
    });
    return Math.min(...wanted.map(({ from }) => from));
  }

  /** Positions whose logits somebody waits for, in order. */
  logits(): number[] {
    const rows = new Set<number>();
    for (const { missingRows } of this) for (const row of missingRows) rows.add(row);
    return [...rows].sort((a, b) => a - b);
  }
}
