import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FileRecord } from '../../src/models/api';
import { HashLost, hashing } from '../../src/models/hash';
import type { Answer, Order } from '../../src/models/hash-thread/messages';
import { HashThread, type Port } from '../../src/models/hash-thread/thread';
import { PartialFile } from '../../src/models/partial-file';
import { MemoryFile } from '../../src/models/store/memory';
import { failure } from './setting';

const MEGABYTE = 1 << 20;

/** A thread's end in this thread: it hashes when it is told to go on, or dies. */
class Thread implements Port {
  onmessage: Port['onmessage'] = null;
  onerror: Port['onerror'] = null;
  readonly #orders: Order[] = [];
  #ended = false;
  /** Whether its script cannot be started. */
  stillborn = false;

  postMessage(order: Order): void {
    if (this.stillborn) queueMicrotask(() => this.die());
    // The buffer goes over, as it does to a worker.
    this.#orders.push(
      order.kind === 'update'
        ? { ...order, buffer: structuredClone(order.buffer, { transfer: [order.buffer] }) }
        : order,
    );
  }

  terminate(): void {
    this.#ended = true;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Carries out what it was told, forever. */
  async run(): Promise<void> {
    const hash = await hashing('sha256');
    while (!this.#ended) {
      const order = this.#orders.shift();
      if (order?.kind === 'restart') hash.restart();
      if (order?.kind === 'digest') this.answer({ kind: 'digest', value: hash.digest() });
      if (order?.kind === 'update') {
        hash.update(new Uint8Array(order.buffer, 0, order.length));
        this.answer({ kind: 'hashed', buffer: order.buffer, length: order.length });
      }
      await new Promise((done) => setTimeout(done));
    }
  }

  die(message?: string): void {
    this.onerror?.call(null as never, { message } as ErrorEvent);
  }

  answer(data: Answer): void {
    this.onmessage?.call(null as never, { data } as MessageEvent);
  }
}

const bytes = Uint8Array.from({ length: 40 * MEGABYTE }, (_, i) => (i * 7 + (i >> 12)) % 251);
const right = createHash('sha256').update(bytes).digest('hex');

/** A file as it is, hashed by a thread. */
const opened = (record: FileRecord, file: MemoryFile, thread: Thread) =>
  PartialFile.open(
    record,
    file,
    undefined,
    () => {},
    async () => new HashThread(() => thread),
  );

/** A file of which nothing has arrived, hashed by a thread. */
async function arriving(value = right) {
  const thread = new Thread();
  const record = {
    path: 'model.safetensors',
    size: bytes.length,
    hash: { algorithm: 'sha256' as const, value },
  };
  const file = new MemoryFile();
  const partial = await opened(record, file, thread);
  const arrive = (all: Uint8Array = bytes) => {
    for (let at = 0; at < all.length; at += MEGABYTE) partial.write(all.subarray(at, at + MEGABYTE), at);
  };
  return { thread, partial, file, arrive };
}

describe('a hash in a thread of its own', () => {
  it('is that of the bytes in their order, and leaves them to whoever gave them', async () => {
    const thread = new Thread();
    const hash = new HashThread(() => thread);
    const piece = bytes.slice(0, 1000);
    hash.update(piece);
    piece.fill(0);
    hash.update(bytes.subarray(1000, 5000));
    void thread.run();
    expect(await hash.digest()).toBe(createHash('sha256').update(bytes.subarray(0, 5000)).digest('hex'));
    hash.restart();
    hash.update(bytes.subarray(0, 10));
    expect(await hash.digest()).toBe(createHash('sha256').update(bytes.subarray(0, 10)).digest('hex'));
    hash.close();
    expect(thread.ended).toBe(true);
  });

  it('starts its thread when there is something to hash, and is lost where none may start', async () => {
    let started = 0;
    const hash = new HashThread(() => {
      started++;
      throw new Error('a worker within a worker');
    });
    hash.restart();
    expect(started).toBe(0);
    hash.update(bytes.subarray(0, 10));
    hash.update(bytes.subarray(10, 20));
    expect(started).toBe(1);
    await expect(hash.digest()).rejects.toThrow(
      'The thread that hashes has ended: a worker within a worker.',
    );
    hash.close();
  });

  it('is full of 8 MB, until some have been hashed', async () => {
    const thread = new Thread();
    const hash = new HashThread(() => thread);
    for (let i = 0; i < 8; i++) {
      expect(hash.full).toBe(false);
      hash.update(bytes.subarray(i * MEGABYTE, (i + 1) * MEGABYTE));
    }
    expect(hash.full).toBe(true);
    void thread.run();
    await hash.room();
    expect(hash.full).toBe(false);
    hash.close();
  });

  it('tells whoever waits that its thread has ended', async () => {
    const thread = new Thread();
    const hash = new HashThread(() => thread);
    const digest = hash.digest();
    thread.die('out of memory');
    await expect(digest).rejects.toThrow(HashLost);
    await expect(hash.digest()).rejects.toThrow('The thread that hashes has ended: out of memory.');
    await expect(hash.room()).rejects.toThrow(HashLost);
    const other = new Thread();
    const broken = new HashThread(() => other).digest();
    other.answer({ kind: 'failed', message: 'no WebAssembly' });
    await expect(broken).rejects.toThrow('no WebAssembly');
  });
});

describe('a file that a thread hashes', () => {
  it('gives its thread back when reading what is there of it is ended', async () => {
    const thread = new Thread();
    const stop = () => {
      throw new Error('paused');
    };
    const file = new MemoryFile();
    file.write(bytes.subarray(0, 10 * MEGABYTE), 0);
    const opening = PartialFile.open(
      { path: 'x' },
      file,
      undefined,
      stop,
      async () => new HashThread(() => thread),
    );
    await expect(opening).rejects.toThrow('paused');
    expect(thread.ended).toBe(true);
  });

  it('is gone on with from what is there of it, more than may wait to be hashed', async () => {
    const thread = new Thread();
    const file = new MemoryFile();
    file.write(bytes.subarray(0, 38 * MEGABYTE), 0);
    const record = { path: 'x', size: bytes.length };
    const partial = await opened(record, file, thread);
    expect(partial.parts.prefix).toBe(38 * MEGABYTE);
    partial.write(bytes.subarray(38 * MEGABYTE), 38 * MEGABYTE);
    void thread.run();
    await partial.hashOn(() => {});
    expect((await partial.end('here')).sha256).toBe(right);
    partial.close();
  });

  it('is right, though it came faster than it was hashed', async () => {
    const { thread, partial, arrive } = await arriving();
    arrive(); // 40 MB, of which 8 may wait
    void thread.run();
    const heard: number[] = [];
    await partial.hashOn((count) => heard.push(count));
    expect(heard.at(-1)).toBe(bytes.length);
    expect(await partial.end('here')).toEqual({ size: bytes.length, sha256: right });
    partial.close();
  });

  it('is caught up with while more of it comes', async () => {
    const { thread, partial } = await arriving();
    const half = 20 * MEGABYTE;
    partial.write(bytes.subarray(half), half); // out of order
    void thread.run();
    for (let at = 0; at < half; at += MEGABYTE) {
      partial.write(bytes.subarray(at, at + MEGABYTE), at);
      await new Promise((done) => setTimeout(done, 5));
    }
    await partial.hashOn(() => {});
    expect((await partial.end('here')).sha256).toBe(right);
    partial.close();
  });

  it('is emptied when it is wrong, and may come again', async () => {
    const { thread, partial, file, arrive } = await arriving();
    void thread.run();
    const wrong = bytes.slice();
    wrong[MEGABYTE + 5] = (wrong[MEGABYTE + 5] as number) ^ 1;
    arrive(wrong);
    await partial.hashOn(() => {});
    const error = await failure(partial.end('school.example'));
    expect(error.code).toBe('wrong');
    expect(error.message).toContain('school.example');
    expect([file.size, partial.parts.covered]).toEqual([0, 0]);
    arrive();
    await partial.hashOn(() => {});
    expect((await partial.end('school.example')).sha256).toBe(right);
    partial.close();
  });

  it('is hashed here from its first byte when the thread is lost, at whatever moment', async () => {
    for (const moment of ['before', 'halfway', 'after'] as const) {
      const { thread, partial, arrive } = await arriving();
      thread.stillborn = moment === 'before';
      arrive();
      const hashing = partial.hashOn(() => {});
      if (moment === 'halfway') thread.die('it was ended');
      else if (moment === 'after') void thread.run();
      await hashing;
      if (moment === 'after') thread.die();
      expect((await partial.end('here')).sha256).toBe(right);
      partial.close();
    }
  });
});
