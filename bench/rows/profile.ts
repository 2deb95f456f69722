import { within } from '../compare';
import type { Page } from '../pages/page';
import type { Split } from '../pages/profile-worker';
import type { Row } from '../row';

const LENGTHS = [16, 128];
const TOKENS = 17;

/** No demand of its own: where the time of the other rows goes. */
export const rows: readonly Row[] = LENGTHS.map((length) => ({
  name: `profile-${length}`,
  title: `Where the time goes: one token behind ${length}, and a prompt of ${length}, one thread`,
  quick: false,
  async run(lab) {
    await lab.runners([], 1);
    lab.store.huggingFace();
    const prompts = Array.from({ length: 2 + lab.rounds(3, 6) }, () => lab.prompt(length));
    const page = await lab.page();
    try {
      const { token, prompt, one, many } = await page.evaluate(
        ([prompts, following]) =>
          (window as unknown as { bench: Page }).bench.profile('models/hf', 1, prompts, following),
        [prompts, lab.prompt(TOKENS)] as const,
      );
      const times = (all: Record<string, number>) =>
        Object.entries(all)
          .map(([name, time]) => `${name} ${time.toFixed(3)}`)
          .join(', ');
      return {
        comparisons: [...parts('one token', token), ...parts('the prompt', prompt)],
        notes: [
          `Single operations on one row, best of 30, ms: ${times(one)}.`,
          `The same on ${length} rows, best of 8, ms: ${times(many)}.`,
        ],
      };
    } finally {
      await page.context().close();
    }
  },
}));

function parts(what: string, { whole, blocks, norm, head }: Split) {
  const rest = whole - blocks - norm - head;
  return [
    within(`${what}, whole`, 'ms', [whole]),
    within(`${what}, inside the blocks' sessions`, 'ms', [blocks]),
    within(`${what}, inside ln_f's session`, 'ms', [norm]),
    within(`${what}, inside the head's session`, 'ms', [head]),
    within(`${what}, the engine around them`, 'ms', [rest]),
  ];
}
