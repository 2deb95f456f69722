import { AutoModelForCausalLM, BaseStreamer, env, Tensor } from '@huggingface/transformers';
import type { Contestant, Entry } from './contestant';

/** Notes when each token came; the first call brings the prompt. */
class Clock extends BaseStreamer {
  readonly times: number[] = [];
  override put(): void {
    this.times.push(performance.now());
  }
  override end(): void {}
}

/** transformers.js on its own build of ONNX Runtime, by its own `generate`. */
export async function openTransformers({ model, threads, dtype }: Entry): Promise<Contestant> {
  const { href } = new URL(model, document.baseURI);
  const [, root, name] = /^(.*\/)([^/]+)\/?$/.exec(href) as unknown as [string, string, string];
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = root;
  env.useBrowserCache = false;
  const wasm = env.backends.onnx.wasm as { numThreads: number; wasmPaths: unknown };
  const file = (ending: string) =>
    new URL(`peers/ort/ort-wasm-simd-threaded.asyncify.${ending}`, document.baseURI).href;
  wasm.numThreads = threads;
  wasm.wasmPaths = { mjs: file('mjs'), wasm: file('wasm') }; // the same build, from here instead of a foreign server
  const gpt2 = await AutoModelForCausalLM.from_pretrained(name, {
    dtype: dtype as 'fp32' | 'q8',
    device: 'wasm',
  });

  const run = async (ids: readonly number[], count: number): Promise<number[]> => {
    const streamer = new Clock();
    const tensor = (values: readonly number[]) =>
      new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
    await gpt2.generate({
      inputs: tensor(ids),
      attention_mask: tensor(ids.map(() => 1)),
      max_new_tokens: count,
      min_new_tokens: count,
      do_sample: false,
      streamer,
    } as never);
    const times = streamer.times.slice(1).map((time, i) => time - (streamer.times[i] as number));
    if (times.length !== count) throw new Error(`transformers.js wrote ${times.length} tokens, not ${count}`);
    return times;
  };
  return {
    tokens: async (past, count) => (await run(past, count + 1)).slice(1),
    prompt: async (ids) => (await run(ids, 1))[0] as number,
    async logits(ids) {
      const tensor = (values: readonly number[]) =>
        new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
      const inputs = { input_ids: tensor(ids), attention_mask: tensor(ids.map(() => 1)) };
      const { logits } = (await gpt2.forward(inputs as never)) as {
        logits: { dims: number[]; data: Float32Array };
      };
      return logits.data.slice(-(logits.dims.at(-1) as number));
    },
    close: async () => {
      await gpt2.dispose();
    },
  };
}
