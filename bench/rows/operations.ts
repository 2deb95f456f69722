import { beside } from '../compare';
import type { Lab } from '../lab';
import { oneLine, ratioOf } from '../measure';
import { OPERATIONS } from '../model/operations';
import type { Comparison, Outcome } from '../outcome';
import type { Tried } from '../pages/operations';
import type { Page } from '../pages/page';
import type { Row } from '../row';

/** As many matrices of a kind as a model has in its blocks: 226 MB in float32, seven times a large cache. */
const MATRICES = 24;

/** Every way that ONNX Runtime's WebAssembly has to multiply one row by a matrix of fewer bits, beside float32's. */
async function operations(lab: Lab): Promise<Outcome> {
  await lab.runners([], 1);
  const { n_embd: d, n_inner, vocab_size } = lab.store.config;
  const wide = 4 * Math.ceil(vocab_size / 4); // as the engine pads its head
  const matrices = [
    ['c_fc', d, n_inner, MATRICES],
    ['mlp.c_proj', n_inner, d, MATRICES],
    ['the head', d, wide, 1],
  ] as const;
  const comparisons: Comparison[] = [];
  const notes: string[] = [];
  const faster: string[] = [];
  for (const [what, n, m, count] of matrices) {
    lab.tell(`One row times ${what}`);
    const page = await lab.page();
    try {
      const trials = OPERATIONS.map((operation) => ({ operation, n, m, count }));
      // Without prepacking the head's float32 is as fast, and there is room for it.
      const usual = count === 1 ? trials.filter(({ operation }) => operation !== 'float32, Gemm') : trials;
      const tried = await page.evaluate(
        ([trials, rounds]) => (window as unknown as { bench: Page }).bench.tryOperations(trials, 1, rounds),
        [usual, lab.rounds(5, 25)] as const,
      );
      const against = usual[0]?.operation as string;
      for (const one of tried) {
        const { operation } = one.trial;
        if ('failed' in one) {
          notes.push(`${what}, ${operation} could not run: ${oneLine(new Error(one.failed))}.`);
          continue;
        }
        comparisons.push(beside(`${what}: ${operation}`, 'ms', one.times, against, one.float32));
        if (isFaster(one) && !operation.startsWith('float32')) faster.push(`${what}: ${operation}`);
      }
    } finally {
      await page.context().close();
    }
  }
  notes.unshift(
    `${MATRICES} matrices of a kind are multiplied one after the other, so that they come from memory as the model's do; times are of one of them. ` +
      (faster.length === 0
        ? 'None of those with fewer bits is faster than float32.'
        : `Faster than float32 for one row: ${faster.join('; ')}.`),
  );
  return { comparisons, notes };
}

const isFaster = (one: Extract<Tried, { times: unknown }>): boolean =>
  ratioOf(one.times, one.float32).median < 1;

export const rows: readonly Row[] = [
  {
    name: 'operations',
    title: 'One row times a matrix of fewer bits: what ONNX Runtime’s WebAssembly has',
    quick: false,
    run: operations,
  },
];
