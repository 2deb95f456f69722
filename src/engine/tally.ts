import type { PassTime } from './api';

/** What an engine has run since it was opened. */
export interface Counters {
  forwardPasses: number;
  blocksRun: number;
  cacheHits: number;
  positionsRun: number;
  positionsReused: number;
  lastPass?: PassTime;
}

export const noneYet = (): Counters => ({
  forwardPasses: 0,
  blocksRun: 0,
  cacheHits: 0,
  positionsRun: 0,
  positionsReused: 0,
});

/** Counts what one pass runs. */
export class Tally {
  readonly #began = performance.now();
  #blocks = 0;
  #positions = 0;

  constructor(
    private readonly counters: Counters,
    /** T */
    private readonly tokens: number,
  ) {}

  /** @param from the first position that ran */
  ran(blocks: number, from: number): void {
    const { counters } = this;
    const positions = this.tokens - from;
    this.#positions = Math.max(this.#positions, positions);
    if (this.#blocks === 0) {
      counters.forwardPasses++;
      counters.positionsRun += positions;
      counters.positionsReused += from;
    }
    this.#blocks += blocks;
    counters.blocksRun += blocks;
  }

  /** The pass has ended; it is the last that there was, if it has run anything. */
  end(): void {
    if (this.#blocks === 0) return;
    const milliseconds = performance.now() - this.#began;
    this.counters.lastPass = { tokens: this.#positions, blocks: this.#blocks, milliseconds };
  }
}
