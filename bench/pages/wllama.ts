import { Wllama } from '@wllama/wllama';
import type { Contestant, Entry } from './contestant';

/** The server's own figures, which llama.cpp adds to an answer. */
interface Timed {
  readonly timings: {
    readonly prompt_n: number;
    readonly prompt_ms: number;
    readonly predicted_n: number;
    readonly predicted_ms: number;
  };
}

/** Positions that GPT-2 has. */
const POSITIONS = 1024;

/** llama.cpp compiled to WebAssembly. It tells its own times, which leave out its worker's messages. */
export async function openWllama({ model, threads }: Entry): Promise<Contestant> {
  /** What llama.cpp said last of an error: wllama's own message for it is of an array's length. */
  let said = '';
  const error = (...words: unknown[]) => {
    said ||= words.map((word) => (typeof word === 'object' ? JSON.stringify(word) : word)).join(' ');
  };
  const quiet = { debug() {}, log() {}, warn() {}, error };
  const wllama = new Wllama(
    { default: new URL('peers/wllama.wasm', document.baseURI).href },
    { suppressNativeLog: true, logger: quiet },
  );
  const blob = await (await fetch(model)).blob();
  await wllama.loadModel([blob], {
    n_gpu_layers: 0,
    n_threads: threads,
    n_ctx: POSITIONS,
    n_batch: POSITIONS,
    n_ubatch: POSITIONS,
    n_parallel: 1,
    cache_type_k: 'f32',
    cache_type_v: 'f32',
    flash_attn: false,
  });
  const words = await wordsOf(new URL('models/hf/vocab.json', document.baseURI).href);
  const plain = words.indexOf(' the');
  const complete = async (ids: readonly number[], n_predict: number): Promise<Timed['timings']> => {
    const prompt = ids.map((id) => words[id]).join(''); // it takes no ids
    const options = {
      prompt,
      max_tokens: n_predict,
      temperature: 0,
      cache_prompt: false,
      ignore_eos: true,
      // A random model likes tokens that end within a character, and wllama's worker stops at the first text that is
      // no UTF-8. How long a token takes does not depend on which it is.
      logit_bias: [[plain, 1e4]],
    };
    try {
      return ((await wllama.createCompletion(options as never)) as unknown as Timed).timings;
    } catch (cause) {
      throw new Error(said || (cause as Error).message, { cause });
    }
  };
  return {
    async tokens(past, count) {
      // The first of the predicted tokens comes with the prompt.
      const { predicted_n, predicted_ms } = await complete(past, count + 1);
      if (predicted_n !== count + 1) throw new Error(`wllama wrote ${predicted_n} tokens, not ${count + 1}`);
      return [predicted_ms / count];
    },
    async prompt(all) {
      // Its server refuses a prompt that leaves no room for the next token.
      const ids = all.slice(0, POSITIONS - 1);
      const { prompt_n, prompt_ms } = await complete(ids, 1);
      if (prompt_n !== ids.length) throw new Error(`wllama ran ${prompt_n} tokens, not ${ids.length}`);
      return prompt_ms;
    },
    close: () => wllama.exit(),
  };
}

/** The texts of GPT-2's tokens. The bench's prompts are of whole words, so that a text becomes the same tokens again. */
async function wordsOf(vocab: string): Promise<string[]> {
  const words: string[] = [];
  for (const [token, id] of Object.entries((await (await fetch(vocab)).json()) as Record<string, number>))
    words[id] = token.replaceAll('\u0120', ' ');
  return words;
}
