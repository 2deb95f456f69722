import { halfBits } from './half';

/** Numbers that share a scale. */
const BLOCK = 32;

/** Numbers as llama.cpp's Q8_0: for each 32 of them a scale in half precision, then 32 signed bytes. */
export function q8Blocks(numbers: Float32Array): Uint8Array {
  const blocks = numbers.length / BLOCK;
  const out = new Uint8Array(blocks * (BLOCK + 2));
  const view = new DataView(out.buffer);
  for (let block = 0; block < blocks; block++) {
    const from = block * BLOCK;
    let largest = 0;
    for (let i = from; i < from + BLOCK; i++) largest = Math.max(largest, Math.abs(numbers[i] as number));
    const scale = largest / 127;
    const at = block * (BLOCK + 2);
    view.setUint16(at, halfBits(scale), true);
    for (let i = 0; i < BLOCK; i++)
      view.setInt8(at + 2 + i, scale === 0 ? 0 : Math.round((numbers[from + i] as number) / scale));
  }
  return out;
}
