/** Bytes are handed on when there are so many. */
const MOST_BYTES = 1 << 20;

/** What cannot be taken as a whole is tried in pieces as small as a connection's. */
const PIECE_BYTES = 1 << 15;

/** … or when they have waited for so long. */
const LONGEST_MS = 10;

/**
 * Puts the small pieces of a fast connection together. Each write costs the same few system calls, in private windows a
 * message to another process, however much it writes; a slow connection's pieces wait no longer than a hundredth of a second.
 */
export class Batch {
  readonly #take: (bytes: Uint8Array, at: number) => void;
  readonly #buffer = new Uint8Array(MOST_BYTES);
  #at = 0;
  #length = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** @param take takes bytes that begin at `at`, and keeps no hold on them */
  constructor(take: (bytes: Uint8Array, at: number) => void) {
    this.#take = take;
  }

  /** @throws what taking bytes from before has thrown */
  add(bytes: Uint8Array, at: number): void {
    this.#rethrow();
    if (at !== this.#at + this.#length || this.#length + bytes.length > MOST_BYTES) this.#hand();
    if (bytes.length >= MOST_BYTES) {
      this.#take(bytes, at);
      return;
    }
    if (this.#length === 0) this.#at = at;
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
    this.#timer ??= setTimeout(() => this.#handLate(), LONGEST_MS);
  }

  /** Hands on what waits. @throws what taking it throws */
  end(): void {
    this.#rethrow();
    this.#hand();
  }

  /** Forgets what waits. */
  clear(): void {
    this.#length = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #hand(): void {
    const length = this.#length;
    this.clear();
    if (length > 0) this.#takeMost(this.#buffer.subarray(0, length), this.#at);
  }

  /** Where there is no room for all of it, there may be for some. */
  #takeMost(bytes: Uint8Array, at: number): void {
    try {
      this.#take(bytes, at);
    } catch {
      for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
        this.#take(bytes.subarray(from, from + PIECE_BYTES), at + from);
      }
    }
  }

  /** Nobody is there to hear of a failure now; the next call is told. */
  #handLate(): void {
    try {
      this.#hand();
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  #rethrow(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.error;
  }
}
