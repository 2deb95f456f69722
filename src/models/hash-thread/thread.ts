import { type ArrivalHash, HashLost, hashHere, type MakeHash } from '../hash';
import type { Answer, Order } from './messages';

/** So many bytes may wait to be hashed. */
const MOST_WAITING = 1 << 23;

/** What is used of a Worker. */
export type Port = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

interface Waiter<T> {
  readonly done: (value: T) => void;
  readonly failed: (error: HashLost) => void;
}

/** A SHA-256 in a thread of its own: the one that fetches, and reads what it has fetched, goes on meanwhile. */
export class HashThread implements ArrivalHash {
  readonly apart = true;
  readonly #start: () => Port;
  #port: Port | undefined;
  /** Buffers that have come back, to be filled again. */
  readonly #spare: ArrayBuffer[] = [];
  #waiting = 0;
  #lost: HashLost | undefined;
  #forRoom: Waiter<void>[] = [];
  #forDigest: Waiter<string>[] = [];

  /** @param start starts the thread, when there is something to hash: to start it takes time from whoever reads the first bytes */
  constructor(start: () => Port) {
    this.#start = start;
  }

  get full(): boolean {
    return this.#waiting >= MOST_WAITING;
  }

  update(bytes: Uint8Array): void {
    const { length } = bytes;
    const at = this.#spare.findIndex((spare) => spare.byteLength >= length);
    const buffer = this.#spare.splice(at, at < 0 ? 0 : 1)[0] ?? new ArrayBuffer(length);
    new Uint8Array(buffer).set(bytes);
    this.#waiting += length;
    this.#order({ kind: 'update', buffer, length }, [buffer]);
  }

  async room(): Promise<void> {
    while (this.full) await this.#wait(this.#forRoom);
    if (this.#lost) throw this.#lost;
  }

  digest(): Promise<string> {
    this.#order({ kind: 'digest' });
    return this.#wait(this.#forDigest);
  }

  restart(): void {
    if (this.#port) this.#order({ kind: 'restart' });
  }

  close(): void {
    this.#lose('it was closed');
  }

  #order(order: Order, transfer: Transferable[] = []): void {
    if (this.#lost) return;
    try {
      this.#port ??= this.#started();
      this.#port.postMessage(order, transfer);
    } catch (error) {
      this.#lose((error as Error).message); // a browser may refuse a worker within a worker
    }
  }

  #started(): Port {
    const port = this.#start();
    port.onmessage = ({ data }: MessageEvent<Answer>) => this.#hear(data);
    // Of a script that could not be fetched there is no message.
    port.onerror = ({ message }) => this.#lose(message || 'its script could not be started');
    return port;
  }

  #wait<T>(waiters: Waiter<T>[]): Promise<T> {
    return new Promise((done, failed) => {
      if (this.#lost) failed(this.#lost);
      else waiters.push({ done, failed });
    });
  }

  #hear(answer: Answer): void {
    if (answer.kind === 'digest') {
      this.#forDigest.shift()?.done(answer.value);
      return;
    }
    if (answer.kind === 'failed') {
      this.#lose(answer.message);
      return;
    }
    this.#waiting -= answer.length;
    this.#spare.push(answer.buffer);
    if (!this.full) for (const { done } of this.#forRoom.splice(0)) done();
  }

  /** Nothing more will come. */
  #lose(why: string): void {
    this.#lost ??= new HashLost(`The thread that hashes has ended: ${why}.`);
    this.#port?.terminate();
    this.#spare.length = 0;
    for (const { failed } of [...this.#forRoom.splice(0), ...this.#forDigest.splice(0)]) failed(this.#lost);
  }
}

/** A thread where there are any. */
export const hashInThread: MakeHash = async () => {
  if (typeof Worker !== 'function') return hashHere();
  return new HashThread(
    () => new Worker(new URL('./worker.ts', import.meta.url), { name: 'gpt2-hash', type: 'module' }),
  );
};
