import { leastTime, workOf } from '../bounds';
import { comparisons, proofs } from '../compare';
import type { Lab, Runner } from '../lab';
import { type Turns, takeTurns, together } from '../measure';
import { inOpenings } from '../openings';
import type { Comparison, Proof } from '../outcome';
import type { Row } from '../row';
import { FLOAT32, isPeer, PRODUCTS, PRODUCTS_AND_BETWEEN, type Who } from '../who';

const LENGTHS = [16, 128, 1024];
const MOST = 1.5;

/** As many rounds as a length has time for: those of short prompts differ most. */
const roundsOf = (length: number) => (length > 500 ? 2 : length > 100 ? 9 : 27);

/** From a prompt's tokens to the logits behind its last. */
const promptRow = (threads: number): Row => ({
  name: `prompt-${threads}`,
  title: `A prompt to logits, ${threads === 1 ? 'one thread' : `${threads} threads`}, float32`,
  quick: threads === 1,
  async run(lab) {
    const who = [...FLOAT32, PRODUCTS, PRODUCTS_AND_BETWEEN] as const;
    const lengths = lab.quick ? LENGTHS.slice(0, 2) : LENGTHS;
    const { measured } = await inOpenings(lab, who, threads, async (runners) => {
      const turns: Turns<string>[] = [];
      for (const length of lengths) turns.push(await prompts(lab, who, runners, length));
      return turns;
    });
    const [all, proved]: [Comparison[], Proof[]] = [[], []];
    for (const [i, length] of lengths.entries()) {
      const turns = together(measured.map((opening) => opening[i] as Turns<string>));
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

/** Everybody's times for prompts of one length. */
function prompts(
  lab: Lab,
  who: readonly Who[],
  runners: readonly Runner[],
  length: number,
): Promise<Turns<string>> {
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
  return takeTurns<string>(Object.fromEntries(measures), lab.rounds(2, roundsOf(length)), isPeer);
}

export const rows: readonly Row[] = [promptRow(1), promptRow(2)];
