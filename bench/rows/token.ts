import { comparisons } from '../compare';
import type { Lab, Runner } from '../lab';
import { alternate } from '../measure';
import { weightsPerToken } from '../model/shape';
import type { Comparison } from '../outcome';
import type { Row } from '../row';
import { FLOAT32, type Who } from '../who';
import { agreement } from './agreement';

/** One token after a cached prompt, on one thread. */
const tokenRow = (past: number, atMost: number): Row => ({
  name: `token-${past}`,
  title: `One token after a cached prompt of ${past}, one thread, float32`,
  quick: past === 16,
  async run(lab) {
    const runners = await lab.runners(FLOAT32, 1);
    const taken = await tokens(lab, FLOAT32, runners, past);
    const { n_layer, n_embd } = lab.store.config;
    const kept = 2 * n_layer * past * n_embd;
    return {
      comparisons: comparisons(`after ${past}`, taken, 'ours f32', {
        atMost,
        bound: await readingBound(lab, weightsPerToken(lab.store.config) + kept),
      }),
      notes: past === 16 ? await agreement(lab, runners[0] as Runner, runners[1] as Runner) : [],
    };
  },
});

export const rows: readonly Row[] = [
  tokenRow(16, 1.1),
  tokenRow(512, 1.2),
  {
    name: 'token-16-reduced',
    title: 'The same after 16, with reduced precision',
    quick: false,
    async run(lab) {
      const who: Who[] = ['ours f32', 'llama.cpp f32', 'llama.cpp f16', 'llama.cpp q8_0', 'wllama q8_0'];
      const taken = await tokens(lab, who, await lab.runners(who, 1), 16);
      return {
        comparisons: comparisons('ours in float32, after 16', taken, 'ours f32', { atMost: 0.8 }),
        notes: [
          'The engine offers no reduced precision, and its float32 stands in the place of it: ONNX Runtime’s WebAssembly has no ' +
            'operation that multiplies one row faster in fewer bits. `docs/decisions.md` has the times of those that it has.',
        ],
      };
    },
  },
];

function tokens(lab: Lab, who: readonly Who[], runners: readonly Runner[], past: number) {
  const count = lab.rounds(6, 16);
  const measures = who.map((name, i) => [name, () => (runners[i] as Runner).tokens(lab.prompt(past), count)]);
  return alternate<string>(Object.fromEntries(measures), lab.rounds(3, 9));
}

/** Every weight is read once for a token. */
async function readingBound(lab: Lab, numbers: number): Promise<Comparison['bound']> {
  const { bandwidth } = await lab.limits(1);
  return {
    value: (1000 * 4 * numbers) / bandwidth,
    how: `${((4 * numbers) / 1e6).toFixed(0)} MB read at ${(bandwidth / 1e9).toFixed(1)} GB/s`,
  };
}
