import { beside } from '../compare';
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
          beside('the changed prompt', 'ms', taken.changed, 'the whole prompt', taken.full, 0.25),
        ],
        notes: [],
      };
    },
  },
];
