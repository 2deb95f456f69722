import { within } from '../compare';
import type { Runner } from '../lab';
import { alternate, median } from '../measure';
import type { Page } from '../pages/page';
import type { Split } from '../pages/profile-worker';
import { number } from '../report/figures';
import type { Row } from '../row';
import { PRODUCTS } from '../who';

const LENGTHS = [16, 128];
const TOKENS = 17;

/** No demand of its own: where the time of the other rows goes. */
export const rows: readonly Row[] = LENGTHS.map((length) => ({
  name: `profile-${length}`,
  title: `Where the time goes: one token behind ${length}, and a prompt of ${length}, one thread`,
  quick: false,
  async run(lab) {
    const [products] = (await lab.runners([PRODUCTS], 1)) as [Runner];
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
      const alone = await alternate(
        {
          token: () => products.tokens([], TOKENS - 1),
          prompt: () => products.prompt(lab.prompt(length)),
        },
        lab.rounds(3, 6),
      );
      const [oneAlone, allAlone] = [median(alone.token), median(alone.prompt)];
      return {
        comparisons: [...parts('one token', token, oneAlone), ...parts('the prompt', prompt, allAlone)],
        notes: [
          shares('One token', token, oneAlone),
          shares('The prompt', prompt, allAlone),
          `Single operations on one row, best of 30, ms: ${times(one)}.`,
          `The same on ${length} rows, best of 8, ms: ${times(many)}.`,
        ],
      };
    } finally {
      await page.context().close();
    }
  },
}));

function parts(what: string, { whole, blocks, norm, head }: Split, products: number) {
  const rest = whole - blocks - norm - head;
  return [
    within(`${what}, whole`, 'ms', [whole]),
    within(`${what}, inside the blocks' sessions`, 'ms', [blocks]),
    within(`${what}, inside ln_f's session`, 'ms', [norm]),
    within(`${what}, inside the head's session`, 'ms', [head]),
    within(`${what}, the matrix products of all of them, multiplied alone`, 'ms', [products]),
    within(`${what}, the engine around them`, 'ms', [rest]),
  ];
}

/** Where the time goes, in words: what the products take alone, and what the sessions take longer, is ONNX Runtime's. */
function shares(what: string, { whole, blocks, norm, head }: Split, products: number): string {
  const sessions = blocks + norm + head;
  const share = (time: number) => `${((100 * Math.max(0, time)) / whole).toFixed(0)} %`;
  return (
    `${what}, ${number(whole)} ms: ${share(Math.min(products, sessions))} are ONNX Runtime's matrix products, ${share(sessions - products)} ONNX Runtime otherwise, ` +
    `${share(whole - sessions)} the engine around it.` +
    (products > sessions
      ? ` Alone the products took ${number(products)} ms, longer than here: the machine was not quiet, or there is no difference to see.`
      : '')
  );
}
