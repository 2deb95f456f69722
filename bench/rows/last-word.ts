import { leastTime, workOf } from '../bounds';
import { beside, within } from '../compare';
import type { Runner } from '../lab';
import { alternate } from '../measure';
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
          full: () => ours.prompt(lab.prompt(LENGTH)),
          async changed() {
            const prompt = lab.prompt(LENGTH);
            await ours.prompt(prompt);
            return ours.prompt([...prompt.slice(0, -1), ...lab.prompt(1)], 1);
          },
        },
        lab.rounds(2, 7),
      );
      return {
        comparisons: [
          beside(
            `the last word of ${LENGTH} tokens changes`,
            'ms',
            taken.changed,
            'the whole prompt',
            taken.full,
            0.25,
            await leastTime(lab, 1, [workOf(lab, 1, LENGTH - 1)]),
          ),
          within(
            'the whole prompt',
            'ms',
            taken.full,
            undefined,
            await leastTime(lab, 1, [workOf(lab, LENGTH, 0)]),
          ),
        ],
        notes: [],
      };
    },
  },
];
