import { END_OF_TEXT } from '../../gpt2/tokenizer';
import { messages } from '../messages';
import type { Kinds } from './kind';

/** Values that need no forward pass: of the vocabulary, and of the parameters as they are stored. */
export const paperKinds: Pick<Kinds, 'tokens' | 'weights' | 'benchmarks'> = {
  tokens: {
    what: ({ text }) => messages.what.tokens(text),
    expected: ({ ids }) => ids,
    needsText: () => true,
    async ours({ text, special }, { tokenizer }) {
      // The tokenizer takes the mark for ordinary text; the published encoder can be told to take it for the token.
      const parts = await Promise.all(
        (special ? text.split(END_OF_TEXT) : [text]).map((part) => (part ? tokenizer.encode(part) : [])),
      );
      return parts.flatMap((ids, i) => (i === 0 ? [...ids] : [tokenizer.endOfText, ...ids]));
    },
  },
  weights: {
    what: ({ name, row, columns }) => messages.what.weights(name, row, columns),
    expected: ({ values }) => values,
    tolerance: ({ tolerance }) => tolerance,
    async ours({ name, row, columns }, bench) {
      const all = await bench.weight(name, row);
      return columns.map((column) => all[column] as number);
    },
  },
  benchmarks: {
    what: ({ name }) => messages.what.benchmarks(name),
    expected: ({ value }) => [value],
    never: messages.skipped.needsTexts,
    ours: async () => [],
  },
};
