import * as ort from 'onnxruntime-web/wasm';
import { expect, it } from 'vitest';
import {
  attentionProductsGraph,
  type Between,
  byteProductsGraph,
  productsGraph,
} from '../../bench/model/products';
import { difference } from '../support/agreement';
import { randomModel, randomNumbers, smallConfig } from '../support/random';

const config = smallConfig();
const model = randomModel(config, 11);
const ROWS = 3;

/** LayerNorm of each row, in float64. */
function normed(rows: Float64Array<ArrayBuffer>, name: string): Float64Array<ArrayBuffer> {
  const d = config.n_embd;
  const [scale, bias] = ['weight', 'bias'].map((of) => model.weights.get(`${name}.${of}`)) as [
    Float32Array,
    Float32Array,
  ];
  return rows.map((value, at) => {
    const row = rows.subarray(at - (at % d), at - (at % d) + d);
    const mean = row.reduce((sum, x) => sum + x, 0) / d;
    const variance = row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / d;
    const j = at % d;
    return (
      ((value - mean) / Math.sqrt(variance + config.layer_norm_epsilon)) * (scale[j] as number) +
      (bias[j] as number)
    );
  });
}

const gelu = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

/** `x` by c_fc and mlp.c_proj of block after block, in float64. */
function chained(
  x: Float32Array,
  matrix: (name: string) => ArrayLike<number>,
  between: Between,
): Float64Array {
  const everything = between === 'everything';
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
    if (everything) rows = normed(rows, `h.${layer}.ln_2`);
    rows = linear(rows, `h.${layer}.mlp.c_fc`, config.n_embd, config.n_inner);
    if (everything) rows = rows.map(gelu);
    rows = linear(rows, `h.${layer}.mlp.c_proj`, config.n_inner, config.n_embd);
  }
  return rows;
}

it.each([
  ['float32', 'nothing', false, 1e-5],
  ['float32', 'everything', false, 1e-5],
  ['bytes', 'nothing', true, 0.05], // the rows are rounded to bytes, too
] as const)(
  'the products multiply by all matrices of the blocks: %s, %s between',
  async (name, between, inBytes, limit) => {
    ort.env.wasm.numThreads = 1;
    const graph = inBytes ? byteProductsGraph(config) : productsGraph(config, between);
    const matrices = graph.files.filter(({ parameter }) => parameter.endsWith('.weight'));
    expect(matrices.filter(({ parameter }) => !parameter.includes('.ln_'))).toHaveLength(4 * config.n_layer);
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
    const d = config.n_embd;
    const x = Float32Array.from({ length: ROWS * d }, () => next() - 0.5);
    const { y } = await session.run({ x: new ort.Tensor('float32', x, [ROWS, d]) }, ['y']);
    const all = chained(
      x,
      (parameter) => {
        const numbers = model.weights.get(parameter);
        return inBytes ? Array.from(numbers, (value) => whole(value) / 200) : numbers;
      },
      between,
    );
    expect(y?.dims).toEqual([inBytes ? ROWS : 1, d]);
    const { relative } = difference(y?.data as Float32Array, inBytes ? all : all.slice(-d));
    console.log(
      `products in ${name}, ${between} between: largest relative difference ${relative.toExponential(1)}`,
    );
    expect(relative).toBeLessThanOrEqual(limit);
    await session.release();
  },
);

it.each(['nothing', 'everything'] as const)(
  'the products multiply by the keys and values of each part: %s between',
  async (between) => {
    ort.env.wasm.numThreads = 1;
    const { n_head: H, n_embd: d } = config;
    const dh = d / H;
    const session = await ort.InferenceSession.create(attentionProductsGraph(config, 2, between).bytes, {
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
        const dots = Float64Array.from({ length: W }, (_, key) => {
          let dot = 0;
          for (let k = 0; k < dh; k++)
            dot += at(q, (head * R + row) * dh + k) * at(keys, (head * dh + k) * W + key);
          return between === 'nothing' ? dot : Math.exp(dot);
        });
        const total = between === 'nothing' ? 1 : dots.reduce((sum, dot) => sum + dot, 0);
        return dots.reduce((sum, dot, key) => sum + (dot / total) * at(values, (head * W + key) * dh + j), 0);
      });
      const { relative } = difference(found[`z ${i}`]?.data as Float32Array, right);
      console.log(
        `attention's products, part ${i}: largest relative difference ${relative.toExponential(1)}`,
      );
      expect(relative).toBeLessThanOrEqual(1e-5);
    }
    await session.release();
  },
);
