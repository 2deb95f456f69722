import type { Delivery } from '../fulfil';
import { Parts, type Range } from '../parts';
import type { ByteSource, StoreFile, WholeBytes } from '../store/store';

interface Waiter extends Range {
  readonly go: () => void;
}

/** A file to read while it is written: whoever asks for bytes that are not there yet waits for them. */
class ArrivingFile implements ByteSource {
  readonly size: number | undefined;
  #open: StoreFile | undefined;
  #stored: WholeBytes | undefined;
  #failure: { readonly error: unknown } | undefined;
  #parts = new Parts();
  readonly #read = new Parts();
  #waiters: Waiter[] = [];

  constructor(size: number | undefined) {
    this.size = size;
  }

  async here(begin: number, end: number): Promise<void> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      if (this.#stored || (this.#open && this.#parts.has(begin, end))) return;
      await new Promise<void>((go) => this.#waiters.push({ begin, end, go }));
    }
  }

  async read(begin: number, end: number, into?: Uint8Array): Promise<Uint8Array> {
    for (;;) {
      await this.here(begin, end);
      if (this.#stored) return this.#stored.read(begin, end, into);
      if (this.#open && this.#parts.has(begin, end)) {
        const bytes = into ?? new Uint8Array(end - begin);
        this.#read.add(begin, end);
        return bytes.subarray(0, this.#open.read(bytes, begin));
      }
    }
  }

  /** All of it, when it is whole and right. */
  async whole(): Promise<Uint8Array> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      if (this.#stored) return this.#stored.read(0, this.#stored.size);
      await new Promise<void>((go) => this.#waiters.push({ begin: 0, end: Number.POSITIVE_INFINITY, go }));
    }
  }

  opened(file: StoreFile | undefined): void {
    this.#open = file;
  }

  /** @returns whether somebody has read bytes that are being fetched anew */
  has(parts: Parts): boolean {
    this.#parts = parts;
    this.#wake(({ begin, end }) => parts.has(begin, end));
    return !this.#read.isWithin(parts);
  }

  stored(bytes: WholeBytes): void {
    this.#stored = bytes;
    this.#wake(() => true);
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake(() => true);
  }

  #wake(which: (waiter: Waiter) => boolean): void {
    const woken = this.#waiters.filter(which);
    this.#waiters = this.#waiters.filter((waiter) => !which(waiter));
    for (const { go } of woken) go();
  }
}

/** All files of a model that is on its way. */
export class Arrivals implements Delivery {
  readonly #files = new Map<string, ArrivingFile>();
  readonly #stored: (path: string) => Promise<WholeBytes | undefined>;
  /** Whether bytes that were read have been fetched anew since: then what was read is worth nothing. */
  stale = false;

  /** @param stored a file that is whole */
  constructor(stored: (path: string) => Promise<WholeBytes | undefined>) {
    this.#stored = stored;
  }

  /** A file, whether it has begun to arrive or not. */
  file(path: string, size?: number): ByteSource {
    return this.#file(path, size);
  }

  /** All of a file, when it is whole and right. */
  whole(path: string): Promise<Uint8Array> {
    return this.#file(path).whole();
  }

  onOpen(path: string, file: StoreFile): void {
    this.#file(path).opened(file);
  }

  onClose(path: string): void {
    this.#file(path).opened(undefined);
  }

  onParts(path: string, parts: Parts): void {
    if (this.#file(path).has(parts)) this.stale = true;
  }

  async onVerified(path: string): Promise<void> {
    const bytes = await this.#stored(path);
    if (bytes) this.#file(path).stored(bytes);
  }

  fail(error: unknown): void {
    for (const file of this.#files.values()) file.fail(error);
  }

  #file(path: string, size?: number): ArrivingFile {
    const file = this.#files.get(path) ?? new ArrivingFile(size);
    this.#files.set(path, file);
    return file;
  }
}
