import * as ort from 'onnxruntime-web/wasm';
import { expect, it } from 'vitest';
import { onnxModel } from '../../bench/model/onnx';
import { forward } from '../../src/gpt2/reference';
import { difference } from '../support/agreement';
import { randomIds, randomModel, smallConfig } from '../support/random';

const LIMIT = 1e-5;

it.each([
  ['fp32', LIMIT],
  ['q8', 0.05], // bytes on both sides of each product
] as const)(
  'the graph for transformers.js gives the logits of the float64 reference, with and without a past: %s',
  async (type, limit) => {
    ort.env.wasm.numThreads = 1;
    const config = smallConfig();
    const model = randomModel(config, 3);
    const { n_layer, n_head: H, n_embd: d, vocab_size: V } = config;
    const session = await ort.InferenceSession.create(onnxModel(model, type), { logSeverityLevel: 3 });
    const ids = randomIds(config, 7, 4);
    const int64 = (values: readonly number[], dims: readonly number[]) =>
      new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);
    const run = (from: number, to: number, past?: ort.InferenceSession.OnnxValueMapType) => {
      const feeds: Record<string, ort.Tensor> = {
        input_ids: int64(ids.slice(from, to), [1, to - from]),
        attention_mask: int64(new Array(to).fill(1), [1, to]),
        position_ids: int64(
          ids.slice(from, to).map((_, i) => from + i),
          [1, to - from],
        ),
        num_logits_to_keep: int64([1], []),
      };
      for (let layer = 0; layer < n_layer; layer++) {
        for (const kind of ['key', 'value']) {
          feeds[`past_key_values.${layer}.${kind}`] =
            (past?.[`present.${layer}.${kind}`] as ort.Tensor | undefined) ??
            new ort.Tensor('float32', new Float32Array(0), [1, H, 0, d / H]);
        }
      }
      return session.run(feeds);
    };
    const right = (forward(model, ids, 'float64').get('logits') as Float64Array).slice(-V);
    const check = (what: string, { logits }: ort.InferenceSession.OnnxValueMapType) => {
      expect(logits?.dims).toEqual([1, 1, V]);
      const { relative } = difference(logits?.data as Float32Array, right);
      console.log(`${type}, ${what}: largest relative difference ${relative.toExponential(1)}`);
      expect(relative).toBeLessThanOrEqual(limit);
    };
    check('all at once', await run(0, 7));
    check('three behind four', await run(4, 7, await run(0, 4)));
    await session.release();
  },
);
