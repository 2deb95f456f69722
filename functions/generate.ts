import { sample } from '../src/gpt2/sampling';
import { wholeNumber } from '../src/sheet/arguments';
import { checkIds, promptOf } from '../src/sheet/prompt';
import { samplingOf } from '../src/sheet/sampling';
import { asking } from './answer';
import { stream } from './stream';

const DEFAULT_COUNT = 20;

/**
 * Writes on from a prompt, token by token as they come: the same as NEXT over and over, each token put behind those before it. Ends early at <|endoftext|>, or when the model's context is full.
 * @customfunction GENERATE
 * @param input A prompt (one cell of text) or token ids (one column).
 * @param [count] How many tokens at the most; left out, 20.
 * @param [temperature] 0 for the likeliest (the default); 1 draws from the model's own probabilities; more is bolder.
 * @param [top_k] Draw among the k likeliest only; left out or 0, among all.
 * @param [top_p] Draw among the fewest likeliest that together reach this probability; left out or 1, among all.
 * @param [seed] A whole number that decides the first draw; each draw after it takes the next number. Left out, 0.
 * @returns The text that follows, without the prompt.
 * @example =GPT2.GENERATE("Mike is quick. He moves", 20)
 * @streaming
 */
export function generate(
  input: unknown[][],
  count: unknown,
  temperature: unknown,
  top_k: unknown,
  top_p: unknown,
  seed: unknown,
  invocation: CustomFunctions.StreamingInvocation<string>,
): void {
  stream('GENERATE', invocation, async (show, signal) => {
    const { client, config, read } = await asking(signal);
    const { n_positions, vocab_size } = config;
    const most = wholeNumber('count', count, { least: 1, most: n_positions, otherwise: DEFAULT_COUNT });
    const sampling = samplingOf({ temperature, top_k, top_p, seed }, vocab_size, most);
    const prompt = await client.ids(promptOf('input', input));
    checkIds('input', prompt, vocab_size);
    const [endOfText] = await client.ids({ text: '' });

    const written: number[] = [];
    let shown: string | undefined;
    const update = (text: string) => {
      if (text !== shown) show(text);
      shown = text;
    };
    // The last token that fits the context is still followed by one; the first pass refuses a prompt that is too long.
    while (written.length < most && (written.length === 0 || prompt.length + written.length <= n_positions)) {
      const ids = [...prompt, ...written];
      const { data } = await read({ ids }, { name: 'logits', position: -1 });
      const id = sample(data, { ...sampling, seed: sampling.seed + written.length });
      if (id === endOfText) break;
      written.push(id);
      update(unbroken(await client.decode(written)));
    }
    update(await client.decode(written));
  });
}

/** Without a last character of which more bytes may be to come. */
const unbroken = (text: string): string => text.replace(/\uFFFD+$/, '');
