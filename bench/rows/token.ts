import { leastTime, workOf } from '../bounds';
import { comparisons, proofs } from '../compare';
import type { Lab, Runner } from '../lab';
import { type Turns, takeTurns, together } from '../measure';
import { inOpenings } from '../openings';
import type { Row } from '../row';
import {
  BYTE_PRODUCTS,
  FLOAT32,
  isPeer,
  PRODUCTS,
  PRODUCTS_AND_BETWEEN,
  UNPACKED_PRODUCTS,
  type Who,
} from '../who';
import { aboutErrors, agreement, errors } from './agreement';

/** One token after a cached prompt, on one thread. */
const tokenRow = (past: number, atMost: number): Row => ({
  name: `token-${past}`,
  title: `One token after a cached prompt of ${past}, one thread, float32`,
  quick: past === 16,
  async run(lab) {
    const who = [...FLOAT32, PRODUCTS, PRODUCTS_AND_BETWEEN, UNPACKED_PRODUCTS] as const;
    const { runners, turns } = await tokens(lab, who, past);
    const what = `one token after ${past}`;
    const bound = await leastTime(lab, 1, [workOf(lab, 1, past)]);
    const compared = comparisons(what, turns, { atMost, below: 1, bound });
    return {
      comparisons: compared,
      proofs: proofs(what, turns, compared),
      notes: past === 16 ? await agreement(lab, runners[0] as Runner, runners[1] as Runner) : [],
    };
  },
});

const REDUCED: readonly Who[] = [
  'ours f32',
  'llama.cpp f32',
  'llama.cpp f16',
  'llama.cpp q8_0',
  'wllama f16',
  'wllama q8_0',
  'transformers.js q8',
  PRODUCTS,
  UNPACKED_PRODUCTS,
  BYTE_PRODUCTS,
];

export const rows: readonly Row[] = [
  tokenRow(16, 1.1),
  tokenRow(512, 1.2),
  {
    name: 'token-16-reduced',
    title: 'The same after 16, with the fastest reduced precision on offer',
    quick: false,
    async run(lab) {
      const { runners, turns } = await tokens(lab, REDUCED, 16);
      const what = 'one token after 16, reduced';
      const bound = await leastTime(lab, 1, [workOf(lab, 1, 16)]);
      const apart = await errors(lab, REDUCED, runners);
      const compared = comparisons(what, turns, { atMost: 0.8, bound });
      return {
        // The others have less precision here than ours, and only at the same or a better one are they to be beaten.
        comparisons: compared.map((one) => {
          const aside = apart.get(one.against as string);
          return aside === undefined ? one : { ...one, aside };
        }),
        proofs: proofs(what, turns, compared),
        notes: [
          "The engine offers no reduced precision; its float32 stands in the place of it. The row `operations` has each of ONNX Runtime's own.",
          aboutErrors,
        ],
      };
    },
  },
];

/** Everybody's times for one token, and whoever is still open. */
async function tokens(
  lab: Lab,
  who: readonly Who[],
  past: number,
): Promise<{ readonly runners: readonly Runner[]; readonly turns: Turns<string> }> {
  const count = lab.rounds(6, 16);
  const { runners, measured } = await inOpenings(lab, who, 1, (runners) => {
    const measures = who.map((name, i) => [
      name,
      () => (runners[i] as Runner).tokens(lab.prompt(past), count),
    ]);
    return takeTurns<string>(Object.fromEntries(measures), lab.rounds(3, 5), isPeer);
  });
  return { runners, turns: together(measured) };
}
