import type { DownloadProgress, FileRecord } from './api';
import { totalOf } from './shelf';

const WINDOW_MS = 5000;
const EVERY_MS = 100;

/** Turns what happens into progress: bytes of the whole model, speed, time left; not too often. */
export class Meter {
  /** Who hears of it. */
  readonly listeners = new Set<(progress: DownloadProgress) => void>();
  readonly #now: () => number;
  readonly #have = new Map<string, number>();
  #total: number | undefined;
  #network = 0;
  #samples: { at: number; network: number }[] = [];
  #told = Number.NEGATIVE_INFINITY;
  #last: DownloadProgress = { phase: 'asking', bytes: 0 };

  constructor(tell?: (progress: DownloadProgress) => void, now = () => performance.now()) {
    if (tell) this.listeners.add(tell);
    this.#now = now;
  }

  /** What the model consists of. */
  files(files: readonly FileRecord[]): void {
    this.#total = totalOf(files);
  }

  /** A file has so many bytes now, and where they come from. */
  bytes(file: string, have: number, from: 'disk' | 'network'): void {
    const before = this.#have.get(file) ?? 0;
    this.#have.set(file, have);
    if (from === 'network') this.#network += Math.max(0, have - before);
    this.show(from === 'disk' ? 'checking' : 'downloading', { file });
  }

  /** Of what has arrived of a file, so much from its first byte on has been hashed. */
  hashed(file: string, bytes: number): void {
    const have = this.#have.get(file) ?? 0;
    this.show('checking', { file, checked: have === 0 ? 0 : bytes / have });
  }

  show(phase: DownloadProgress['phase'], more: Partial<DownloadProgress> = {}): void {
    const at = this.#now();
    const { file = this.#last.file, server = this.#last.server } = more;
    const calm = phase === this.#last.phase && file === this.#last.file && server === this.#last.server;
    if (calm && at - this.#told < EVERY_MS) return;
    let bytes = 0;
    for (const have of this.#have.values()) bytes += have;
    const speed = phase === 'downloading' ? this.#speed(at) : undefined;
    const left = this.#total === undefined ? undefined : this.#total - bytes;
    this.#told = at;
    this.#last = {
      phase,
      bytes,
      ...(file === undefined ? {} : { file }),
      ...(server === undefined ? {} : { server }),
      ...(this.#total === undefined ? {} : { total: this.#total }),
      ...(speed === undefined ? {} : { speed }),
      ...(speed && left !== undefined ? { secondsLeft: left / speed } : {}),
      ...more,
    };
    for (const tell of this.listeners) tell(this.#last);
  }

  #speed(at: number): number | undefined {
    this.#samples.push({ at, network: this.#network });
    while ((this.#samples[0] as { at: number }).at < at - WINDOW_MS) this.#samples.shift();
    const [first] = this.#samples as [{ at: number; network: number }];
    // Less than half a second says nothing.
    return at - first.at < 500 ? undefined : (1000 * (this.#network - first.network)) / (at - first.at);
  }
}
