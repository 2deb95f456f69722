import { probabilities } from '../../gpt2/sampling';
import { scoreOf } from '../../gpt2/scoring';
import { activationNamed } from '../bench';
import { messages } from '../messages';
import type { PublishedPrompt } from '../values';
import type { Kinds } from './kind';

const needsText = ({ prompt }: { readonly prompt: PublishedPrompt }) =>
  prompt.text !== undefined || prompt.endOfText === true;

/** Values of one forward pass. */
export const numberKinds: Pick<Kinds, 'activations' | 'means' | 'likeliest' | 'losses' | 'probabilities'> = {
  activations: {
    what: ({ name, layer, head, position, columns, prompt }) =>
      messages.what.activations(name, layer, head, position, columns, prompt),
    expected: ({ values }) => values,
    tolerance: ({ tolerance }) => tolerance,
    needsText,
    async ours({ prompt, name, layer, head, position, columns }, bench) {
      const want = { name: activationNamed(name), layer, head, position };
      const [row] = await bench.activations(await bench.ids(prompt), [want]);
      return columns.map((column) => row?.[column] as number);
    },
  },
  means: {
    what: ({ prompt }) => messages.what.means(prompt),
    expected: ({ value }) => [value],
    tolerance: ({ tolerance }) => tolerance,
    needsText,
    async ours({ prompt }, bench) {
      const ids = await bench.ids(prompt);
      const rows = await bench.logits(ids, [...ids.keys()]); // T of [V]
      const total = rows.reduce((sum, row) => row.reduce((so, logit) => so + logit, sum), 0);
      return [total / (ids.length * bench.config.vocab_size)];
    },
  },
  likeliest: {
    what: ({ positions, prompt }) => messages.what.likeliest(positions, prompt),
    expected: ({ ids }) => ids,
    needsText,
    async ours({ prompt, positions }, bench) {
      return bench.likeliest(await bench.ids(prompt), positions);
    },
  },
  losses: {
    what: ({ prompt }) => messages.what.losses(prompt),
    expected: ({ value }) => [value],
    tolerance: ({ tolerance }) => tolerance,
    needsText,
    async ours({ prompt }, bench) {
      const ids = await bench.ids(prompt);
      const targets = ids.slice(1);
      const rows = await bench.logits(ids, [...targets.keys()]); // row t scores token t + 1
      const sum = targets.reduce((so, id, t) => so - scoreOf(rows[t] as Float32Array, id).logprob, 0);
      return [sum / targets.length];
    },
  },
  probabilities: {
    what: ({ next, prompt }) => messages.what.probabilities(next, prompt),
    expected: ({ values }) => values,
    tolerance: ({ tolerance }) => tolerance,
    needsText: () => true,
    async ours({ prompt, next }, bench) {
      const [row] = await bench.logits(await bench.ids(prompt), [-1]);
      const p = probabilities(row as Float32Array); // [V]
      return Promise.all(next.map(async (text) => p[await bench.token(text)] as number));
    },
  },
};
