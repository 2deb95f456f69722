import { expect, it, vi } from 'vitest';
import { Batch } from '../../src/models/batch';

const MEGABYTE = 1 << 20;
const piece = (length: number, value: number) => new Uint8Array(length).fill(value);

/** What a batch hands on: where, how many, and the first byte. */
function taken(refuse: (length: number) => boolean = () => false) {
  const got: [at: number, length: number, first: number][] = [];
  const batch = new Batch((bytes, at) => {
    if (refuse(bytes.length)) throw new Error(`no room for ${bytes.length}`);
    got.push([at, bytes.length, bytes[0] as number]);
  });
  return { batch, got };
}

it('puts small pieces together, and hands on what waits at the end', () => {
  const { batch, got } = taken();
  for (let i = 0; i < 20; i++) batch.add(piece(65_536, i), i * 65_536);
  expect(got).toEqual([[0, MEGABYTE, 0]]);
  batch.end();
  expect(got.slice(1)).toEqual([[MEGABYTE, 4 * 65_536, 16]]);
  batch.end();
  expect(got.length).toBe(2);
});

it('keeps apart what does not follow, and hands on at once what is large', () => {
  const { batch, got } = taken();
  batch.add(piece(10, 1), 0);
  batch.add(piece(10, 2), 100);
  batch.add(piece(2 * MEGABYTE, 3), 110);
  batch.add(piece(10, 4), 110 + 2 * MEGABYTE);
  batch.end();
  expect(got).toEqual([
    [0, 10, 1],
    [100, 10, 2],
    [110, 2 * MEGABYTE, 3],
    [110 + 2 * MEGABYTE, 10, 4],
  ]);
});

it('lets nothing wait for long, and tells the next call of a failure meanwhile', () => {
  vi.useFakeTimers();
  try {
    const { batch, got } = taken();
    batch.add(piece(10, 1), 0);
    vi.advanceTimersByTime(20);
    expect(got).toEqual([[0, 10, 1]]);
    const full = taken(() => true);
    full.batch.add(piece(10, 1), 0);
    vi.advanceTimersByTime(20);
    expect(() => full.batch.add(piece(10, 2), 10)).toThrow('no room for 10');
  } finally {
    vi.useRealTimers();
  }
});

it('forgets what waits when it is told to', () => {
  const { batch, got } = taken();
  batch.add(piece(10, 1), 0);
  batch.clear();
  batch.end();
  expect(got).toEqual([]);
});

it('hands on as much as there is room for', () => {
  let room = 100_000;
  const { batch, got } = taken((length) => {
    if (length > room) return true;
    room -= length;
    return false;
  });
  batch.add(piece(200_000, 1), 0);
  expect(() => batch.end()).toThrow('no room for 32768');
  expect(got.map(([at, length]) => [at, length])).toEqual([
    [0, 32_768],
    [32_768, 32_768],
    [65_536, 32_768],
  ]);
});
