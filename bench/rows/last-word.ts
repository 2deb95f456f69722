import { beside } from '../compare';
import type { Runner } from '../lab';
import { alternate } from '../measure';
import { promptIds } from '../model/prompts';
import type { Row } from '../row';

const LENGTH = 200;

export const rows: readonly Row[] = [
  {
    name: 'last-word',
    title: `The last word of a ${LENGTH}-token prompt changes`,
    quick: true,
    async run(lab) {
      const [ours] = (await lab.runners(['ours f32'], 1)) as [Runner];
      const taken = await alternate(
        {
          full: (round) => ours.prompt(promptIds(LENGTH, round)),
          async changed(round) {
            const prompt = promptIds(LENGTH, 500 + round);
            await ours.prompt(prompt);
            return ours.prompt([...prompt.slice(0, -1), ...promptIds(1, 900 + round)]);
          },
        },
        lab.rounds(2, 7),
      );
      return {
        comparisons: [
          beside('the changed prompt', 'ms', taken.changed, 'the whole prompt', taken.full, 0.25),
        ],
        notes: [],
      };
    },
  },
];
