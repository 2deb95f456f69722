import { moduleOf, op } from './assemble';

const PAGE = 2 ** 16;

/** Independent sums: as many as hide the latency of an addition after a multiplication, and registers hold. */
const SUMS = 12;

/** Floating-point operations that one call of the arithmetic kernel does for each of its `n`. */
export const OPERATIONS = SUMS * 4 * 2;

/**
 * `run(n)`: n times a multiplication and an addition of four float32 numbers in each of twelve sums, from registers.
 * @param fused by the one instruction of relaxed SIMD that does both
 */
export function arithmetic(fused: boolean): Uint8Array<ArrayBuffer> {
  const [n, first, x, y] = [0, 1, 1 + SUMS, 2 + SUMS];
  const sums = Array.from({ length: SUMS }, (_, i) => first + i);
  const step = (sum: number) =>
    fused
      ? [...op.get(sum), ...op.get(x), ...op.get(y), ...op.maddF32x4, ...op.set(sum)]
      : [...op.get(sum), ...op.get(x), ...op.mulF32x4, ...op.get(y), ...op.addF32x4, ...op.set(sum)];
  const body = [
    ...[...op.f32(0.999), ...op.splat, ...op.set(x), ...op.f32(0.001), ...op.splat, ...op.set(y)],
    ...op.loop,
    ...sums.flatMap(step),
    ...[...op.get(n), ...op.i32(1), ...op.sub, 0x22, n, ...op.repeatIf],
    ...op.end,
    ...op.get(first),
    ...sums.slice(1).flatMap((sum) => [...op.get(sum), ...op.addF32x4]),
    ...op.lane0,
  ];
  return moduleOf(1, SUMS + 2, body, 1);
}

/** Vectors that one round of the reading kernel's loop reads, a sum for each. */
const READS = 8;
const VECTOR = 16;

/**
 * `run(from, rounds)`: the sum of all memory, read once, from `streams` places at once that lie equally far apart: some
 * processors read faster so.
 * @param bytes of the memory, a power of two
 * @param streams 1, 2, 4 or 8
 */
export function reading(bytes: number, streams: number): Uint8Array<ArrayBuffer> {
  const [from, rounds, first] = [0, 1, 2];
  const each = READS / streams;
  const body = [
    ...op.loop,
    ...Array.from({ length: READS }, (_, i) => {
      const place = (bytes / streams) * Math.floor(i / each) + VECTOR * (i % each);
      return [
        ...op.get(first + i),
        ...op.get(from),
        ...op.loadV128(place),
        ...op.addF32x4,
        ...op.set(first + i),
      ];
    }).flat(),
    ...[...op.get(from), ...op.i32(VECTOR * each), ...op.add, ...op.set(from)],
    ...[...op.get(rounds), ...op.i32(1), ...op.sub, 0x22, rounds, ...op.repeatIf],
    ...op.end,
    ...op.get(first),
    ...Array.from({ length: READS - 1 }, (_, i) => [...op.get(first + 1 + i), ...op.addF32x4]).flat(),
    ...op.lane0,
  ];
  return moduleOf(2, READS, body, bytes / PAGE);
}

/** Rounds of the loop that read so many bytes. */
export const roundsOf = (bytes: number): number => bytes / (READS * VECTOR);

/**
 * Gives each number of a memory a value of its own place. A page that nobody has written is the same page of zeros for all
 * of them, so that reading it would only show how fast a cache is.
 */
export function fill(memory: WebAssembly.Memory): void {
  const numbers = new Float32Array(memory.buffer);
  for (let i = 0; i < numbers.length; i++) numbers[i] = (i % 251) + Math.floor(i / 2 ** 14); // 2 ** 14 numbers a page
}
