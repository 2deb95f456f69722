import * as ort from 'onnxruntime-web/wasm';
import { expect, it } from 'vitest';
import { byteProductsGraph, productsGraph } from '../../bench/model/products';
import { difference } from '../support/agreement';
import { randomModel, randomNumbers, smallConfig } from '../support/random';

const config = smallConfig();
const model = randomModel(config, 11);
const ROWS = 3;

/** `x` by c_fc and mlp.c_proj of block after block, in float64. */
function chained(x: Float32Array, matrix: (name: string) => ArrayLike<number>): Float64Array {
  let rows = Float64Array.from(x);
  const linear = (from: Float64Array, name: string, n: number, m: number) => {
    const [weight, bias] = [matrix(`${name}.weight`), model.weights.get(`${name}.bias`)];
    return Float64Array.from({ length: ROWS * m }, (_, at) => {
      const [row, j] = [Math.floor(at / m), at % m];
      let sum = bias[j] as number;
      for (let i = 0; i < n; i++) sum += (from[row * n + i] as number) * (weight[i * m + j] as number);
      return sum;
    });
  };
  for (let layer = 0; layer < config.n_layer; layer++) {
    rows = linear(rows, `h.${layer}.mlp.c_fc`, config.n_embd, config.n_inner);
    rows = linear(rows, `h.${layer}.mlp.c_proj`, config.n_inner, config.n_embd);
  }
  return rows;
}

it.each([
  ['float32', false, 1e-5],
  ['bytes', true, 0.05], // the rows are rounded to bytes, too
] as const)('the products alone multiply by all matrices of the blocks: %s', async (name, inBytes, limit) => {
  ort.env.wasm.numThreads = 1;
  const graph = inBytes ? byteProductsGraph(config) : productsGraph(config);
  const matrices = graph.files.filter(({ parameter }) => parameter.endsWith('.weight'));
  expect(matrices).toHaveLength(4 * config.n_layer);
  const whole = (value: number) => Math.max(-127, Math.min(127, Math.trunc(200 * value)));
  const session = await ort.InferenceSession.create(graph.bytes, {
    logSeverityLevel: 3,
    externalData: graph.files.map(({ path, parameter }) => {
      const numbers = model.weights.get(parameter);
      const bytes = inBytes && path !== parameter;
      return {
        path,
        data: bytes
          ? Uint8Array.from(numbers, whole)
          : new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
      };
    }),
  });
  const next = randomNumbers(5);
  const x = Float32Array.from({ length: ROWS * config.n_embd }, () => next() - 0.5);
  const { y } = await session.run({ x: new ort.Tensor('float32', x, [ROWS, config.n_embd]) }, ['y']);
  const right = chained(x, (parameter) => {
    const numbers = model.weights.get(parameter);
    return inBytes ? Array.from(numbers, (value) => whole(value) / 200) : numbers;
  });
  const { relative } = difference(y?.data as Float32Array, right);
  console.log(`products in ${name}: largest relative difference ${relative.toExponential(1)}`);
  expect(relative).toBeLessThanOrEqual(limit);
  await session.release();
});
