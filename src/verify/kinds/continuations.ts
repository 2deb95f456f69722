import type { Bench } from '../bench';
import { messages } from '../messages';
import type { Kinds } from './kind';

export const continuationKinds: Pick<Kinds, 'continuations'> = {
  continuations: {
    what: ({ prompt }) => messages.what.continuations(prompt),
    expected: ({ continuation, continuationIds = [] }) => continuation ?? continuationIds,
    needsText: ({ prompt, continuation }) =>
      prompt.text !== undefined || prompt.endOfText === true || continuation !== undefined,
    async ours({ prompt, continuation, continuationIds = [] }, bench) {
      const ids = await bench.ids(prompt);
      return continuation === undefined
        ? agreeing(bench, ids, continuationIds)
        : continueText(bench, ids, continuation);
    },
  },
};

/**
 * The greedy continuation of a prompt, as far as it is the expected one, and the first token that is not. One pass is
 * enough: up to the first difference, greedy decoding sees exactly the expected tokens.
 */
async function agreeing(
  bench: Bench,
  prompt: readonly number[],
  expected: readonly number[],
): Promise<number[]> {
  const positions = expected.map((_, i) => prompt.length - 1 + i);
  const likeliest = await bench.likeliest([...prompt, ...expected.slice(0, -1)], positions);
  const agreed = likeliest.findIndex((id, i) => id !== expected[i]);
  return agreed < 0 ? likeliest : likeliest.slice(0, agreed + 1);
}

/** The same for an expected text, which the model may have written in other tokens than the encoder would. */
async function continueText(bench: Bench, prompt: readonly number[], expected: string): Promise<string> {
  const { tokenizer } = bench;
  const ids: number[] = [];
  for (;;) {
    const text = ids.length === 0 ? '' : await tokenizer.decode(ids);
    if (text === expected || !expected.startsWith(text)) return text;
    const guess = await tokenizer.encode(expected.slice(text.length));
    ids.push(...(await agreeing(bench, [...prompt, ...ids], guess)));
  }
}
