import { leastTime, workOf } from '../bounds';
import { comparisons, proofs } from '../compare';
import type { Runner } from '../lab';
import { takeTurns } from '../measure';
import type { Comparison, Proof } from '../outcome';
import type { Row } from '../row';
import { FLOAT32, isPeer, PRODUCTS, PRODUCTS_AND_BETWEEN } from '../who';

const LENGTHS = [16, 128, 1024];
const MOST = 1.5;

/** From a prompt's tokens to the logits behind its last. */
const promptRow = (threads: number): Row => ({
  name: `prompt-${threads}`,
  title: `A prompt to logits, ${threads === 1 ? 'one thread' : `${threads} threads`}, float32`,
  quick: threads === 1,
  async run(lab) {
    const who = [...FLOAT32, PRODUCTS, PRODUCTS_AND_BETWEEN] as const;
    const runners = await lab.runners(who, threads);
    const [all, proved]: [Comparison[], Proof[]] = [[], []];
    for (const length of lab.quick ? LENGTHS.slice(0, 2) : LENGTHS) {
      lab.tell(`A prompt of ${length}`);
      const measures = who.map((name, i) => [
        name,
        async (round: number) => {
          const runner = runners[i] as Runner;
          // The first prompt of a length makes buffers of its size.
          if (round === 0) await runner.prompt(lab.prompt(length));
          return runner.prompt(lab.prompt(length));
        },
      ]);
      const rounds = lab.rounds(2, length > 500 ? 3 : 7);
      const turns = await takeTurns<string>(Object.fromEntries(measures), rounds, isPeer);
      const what = `prompt of ${length}${threads === 1 ? '' : `, ${threads} threads`}`;
      const bound = await leastTime(lab, threads, [workOf(lab, length, 0)]);
      const compared = comparisons(what, turns, { atMost: MOST, below: 1, bound });
      all.push(...compared);
      proved.push(...proofs(what, turns, compared));
    }
    const notes = ['wllama runs 1,023 of the 1,024 tokens: its server wants room for the next.'];
    return { comparisons: all, proofs: proved, notes };
  },
});

export const rows: readonly Row[] = [promptRow(1), promptRow(2)];
