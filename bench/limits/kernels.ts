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

/** Bytes of one round of the reading kernel's loop. */
const ROUND = 16 * 8;

/** `run(from, rounds)`: the sum of `rounds` times 128 bytes of memory, read once from front to back. */
export function reading(bytes: number): Uint8Array<ArrayBuffer> {
  const [from, rounds, first] = [0, 1, 2];
  const sums = Array.from({ length: 8 }, (_, i) => first + i);
  const body = [
    ...op.loop,
    ...sums.flatMap((sum, i) => [
      ...op.get(sum),
      ...op.get(from),
      ...op.loadV128(16 * i),
      ...op.addF32x4,
      ...op.set(sum),
    ]),
    ...[...op.get(from), ...op.i32(ROUND), ...op.add, ...op.set(from)],
    ...[...op.get(rounds), ...op.i32(1), ...op.sub, 0x22, rounds, ...op.repeatIf],
    ...op.end,
    ...op.get(first),
    ...sums.slice(1).flatMap((sum) => [...op.get(sum), ...op.addF32x4]),
    ...op.lane0,
  ];
  return moduleOf(2, 8, body, bytes / PAGE);
}

export const roundsOf = (bytes: number): number => bytes / ROUND;
