import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readingBytes } from '../../../src/models/store/reading';

const all = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const blob = {
  size: all.length,
  read: vi.fn(async (begin: number, end: number) => all.slice(begin, end)),
};

/** A file of which it is known how often it is open. */
function fileOf({ mode = 'read-only', size = all.length, fails = false } = {}) {
  const count = { opened: 0, closed: 0 };
  const handle = {
    createSyncAccessHandle: async () => {
      count.opened++;
      return {
        mode,
        getSize: () => size,
        read: (into: Uint8Array, { at }: { at: number }) => {
          if (fails) throw new Error('the disk is gone');
          const bytes = all.subarray(at, at + into.length);
          into.set(bytes);
          return bytes.length;
        },
        close: () => {
          count.closed++;
        },
      };
    },
  };
  return { count, bytes: readingBytes(handle as unknown as FileSystemFileHandle, blob) };
}

beforeEach(() => {
  vi.useFakeTimers();
  blob.read.mockClear();
});
afterEach(() => vi.useRealTimers());

it('reads into memory of the reader’s, opens the file once for many, and closes it when nobody reads', async () => {
  const { bytes, count } = fileOf();
  const into = new Uint8Array(10);
  expect(bytes.size).toBe(1000);
  const [own, others] = await Promise.all([bytes.read(5, 15, into), bytes.read(300, 400)]);
  expect(own.buffer).toBe(into.buffer);
  expect(own).toEqual(all.slice(5, 15));
  expect(others).toEqual(all.slice(300, 400));
  vi.advanceTimersByTime(200);
  await bytes.read(0, 1);
  vi.advanceTimersByTime(200);
  await Promise.resolve();
  expect(count).toEqual({ opened: 1, closed: 0 });
  await vi.advanceTimersByTimeAsync(200);
  expect(count).toEqual({ opened: 1, closed: 1 });
  expect(await bytes.read(0, 3)).toEqual(all.slice(0, 3));
  await vi.advanceTimersByTimeAsync(400);
  expect(count).toEqual({ opened: 2, closed: 2 });
  expect(blob.read).not.toHaveBeenCalled();
});

it.each([
  ['the browser opens files for one alone', { mode: '' }],
  ['the file is not what it was', { size: 999 }],
])('reads the blob where %s, and does not keep the file open', async (_, how) => {
  const { bytes, count } = fileOf(how);
  expect(await bytes.read(7, 9)).toEqual(all.slice(7, 9));
  expect(count).toEqual({ opened: 1, closed: 1 });
  expect(blob.read).toHaveBeenCalledWith(7, 9);
});

it('reads the blob where the file cannot be opened or read', async () => {
  const refusing = { createSyncAccessHandle: async () => Promise.reject(new Error('somebody writes')) };
  for (const file of [refusing, {}]) {
    const bytes = readingBytes(file as unknown as FileSystemFileHandle, blob);
    expect(await bytes.read(1, 4)).toEqual(all.slice(1, 4));
  }
  expect(await fileOf({ fails: true }).bytes.read(1, 4)).toEqual(all.slice(1, 4));
  expect(blob.read).toHaveBeenCalledTimes(3);
});
