/** WebAssembly modules byte by byte, with as much of the format as the two kernels need. */

const I32 = 0x7f;
const V128 = 0x7b;
const F32 = 0x7d;

/** Little-endian base 128, unsigned. */
export const leb = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(Math.floor(value / 128))];

const counted = (bytes: readonly number[]): number[] => [...leb(bytes.length), ...bytes];
const section = (id: number, bytes: readonly number[]): number[] => [id, ...counted(bytes)];
const text = (value: string): number[] => counted([...new TextEncoder().encode(value)]);

/** Instructions by the names that the specification gives them. */
export const op = {
  get: (local: number) => [0x20, ...leb(local)],
  set: (local: number) => [0x21, ...leb(local)],
  i32: (value: number) => [0x41, ...signed(value)],
  f32: (value: number) => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
  add: [0x6a],
  sub: [0x6b],
  loop: [0x03, 0x40],
  repeatIf: [0x0d, 0x00],
  end: [0x0b],
  splat: simd(0x13),
  lane0: [...simd(0x1f), 0],
  mulF32x4: simd(0xe6),
  addF32x4: simd(0xe4),
  /** a · b + c, rounded once or twice as the machine likes. */
  maddF32x4: simd(0x105),
  loadV128: (offset: number) => [...simd(0x00), 4, ...leb(offset)],
};

function simd(code: number): number[] {
  return [0xfd, ...leb(code)];
}

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  return (rest === 0 && !(low & 0x40)) || (rest === -1 && low & 0x40) ? [low] : [low | 0x80, ...signed(rest)];
}

/**
 * A module with a memory, exported as `memory`, and one function `run` of whole numbers that gives a float32.
 * @param vectors how many v128 locals it has behind its parameters
 */
export function moduleOf(
  parameters: number,
  vectors: number,
  body: readonly number[],
  pages: number,
): Uint8Array<ArrayBuffer> {
  const type = [0x60, ...counted(new Array(parameters).fill(I32)), ...counted([F32])];
  const code = [1, ...leb(vectors), V128, ...body, ...op.end];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, ...type]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0x00, ...leb(pages)]),
    ...section(7, [2, ...text('run'), 0x00, 0, ...text('memory'), 0x02, 0]),
    ...section(10, [1, ...counted(code)]),
  ]);
}
