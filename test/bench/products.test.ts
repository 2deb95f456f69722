import * as ort from 'onnxruntime-web/wasm';
import { expect, it } from 'vitest';
import { attentionProductsGraph, byteProductsGraph, productsGraph } from '../../bench/model/products';
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

it('the products alone multiply by the keys and values of each part', async () => {
  ort.env.wasm.numThreads = 1;
  const { n_head: H, n_embd: d } = config;
  const dh = d / H;
  const session = await ort.InferenceSession.create(attentionProductsGraph(config, 2).bytes, {
    logSeverityLevel: 3,
  });
  const next = randomNumbers(6);
  const make = (...dims: number[]) =>
    new ort.Tensor(
      'float32',
      Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => next() - 0.5),
      dims,
    );
  const parts = [
    { R: 2, W: 16 },
    { R: 3, W: 32 },
  ].map(({ R, W }) => ({ R, W, q: make(H, R, dh), keys: make(H, dh, W), values: make(H, W, dh) }));
  const feeds = Object.fromEntries(
    parts.flatMap(({ q, keys, values }, i) => [
      [`q ${i}`, q],
      [`keys ${i}`, keys],
      [`values ${i}`, values],
    ]),
  );
  const found = await session.run(feeds);
  for (const [i, { R, W, q, keys, values }] of parts.entries()) {
    const at = ({ data }: ort.Tensor, index: number) => (data as Float32Array)[index] as number;
    const right = Float64Array.from({ length: H * R * dh }, (_, index) => {
      const [head, row, j] = [Math.floor(index / (R * dh)), Math.floor(index / dh) % R, index % dh];
      let sum = 0;
      for (let key = 0; key < W; key++) {
        let dot = 0;
        for (let k = 0; k < dh; k++)
          dot += at(q, (head * R + row) * dh + k) * at(keys, (head * dh + k) * W + key);
        sum += dot * at(values, (head * W + key) * dh + j);
      }
      return sum;
    });
    const { relative } = difference(found[`z ${i}`]?.data as Float32Array, right);
    console.log(`attention's products, part ${i}: largest relative difference ${relative.toExponential(1)}`);
    expect(relative).toBeLessThanOrEqual(1e-5);
  }
  await session.release();
});
