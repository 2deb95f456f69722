import * as ort from 'onnxruntime-web/wasm';
import { expect, it } from 'vitest';
import { OPERATIONS, type Operation, productsOf } from '../../bench/model/operations';
import { fromF16 } from '../../src/gpt2/float16';
import { difference } from '../support/agreement';
import { randomNumbers } from '../support/random';

const [n, m] = [64, 8];
/** The scale that productsOf gives all numbers of fewer bits. */
const SCALE = 0.01;

/** What the matrix [n, m] in some bytes is, by the definition of each operation. */
function matrixOf(operation: Operation, bytes: Uint8Array<ArrayBuffer>): (i: number, j: number) => number {
  if (operation.startsWith('float32')) {
    const wide = new Float32Array(bytes.buffer);
    return (i, j) => wide[i * m + j] as number;
  }
  if (operation.startsWith('float16')) {
    const wide = fromF16(new Uint16Array(bytes.buffer));
    return (i, j) => wide[i * m + j] as number;
  }
  if (!operation.includes('NBits')) {
    const signed = new Int8Array(bytes.buffer);
    return (i, j) => SCALE * (signed[i * m + j] as number);
  }
  if (operation.startsWith('8')) return (i, j) => SCALE * ((bytes[j * n + i] as number) - 128);
  return (i, j) => {
    const pair = bytes[(j * n + i) >> 1] as number;
    return SCALE * ((i % 2 === 0 ? pair & 15 : pair >> 4) - 8);
  };
}

it.each(OPERATIONS)('%s multiplies by the matrix that its bytes are', async (operation) => {
  ort.env.wasm.numThreads = 1;
  const { bytes, files, fetch } = productsOf(operation, n, m, 2);
  expect(files.size).toBe(2);
  const next = randomNumbers(7);
  const data = new Map(
    [...files].map(([path, length]) => {
      const raw = Uint8Array.from({ length }, () => Math.floor(256 * next()));
      if (operation.startsWith('float32'))
        new Float32Array(raw.buffer).set(Array.from({ length: length / 4 }, () => next() - 0.5));
      if (operation.startsWith('float16'))
        for (let i = 1; i < length; i += 2) raw[i] = 0x38 + ((raw[i] as number) & 0x83); // 0.5 to 1, either sign
      return [path, raw] as const;
    }),
  );
  const session = await ort.InferenceSession.create(bytes, {
    logSeverityLevel: 3,
    externalData: [...data].map(([path, data]) => ({ path, data })),
  });
  const x = Float32Array.from({ length: n }, () => next() - 0.5);
  const { [fetch]: y } = await session.run({ x: new ort.Tensor('float32', x, [1, n]) }, [fetch]);
  const at = matrixOf(operation, data.get('w0') as Uint8Array<ArrayBuffer>);
  const right = Float64Array.from({ length: m }, (_, j) =>
    x.reduce((sum, value, i) => sum + value * at(i, j), 0),
  );
  const { relative } = difference(y?.data as Float32Array, right);
  console.log(`${operation}: largest relative difference ${relative.toExponential(1)}`);
  expect(relative).toBeLessThanOrEqual(operation.startsWith('float') ? 1e-5 : 0.02);
  await session.release();
});
