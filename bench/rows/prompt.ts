import { comparisons } from '../compare';
import type { Lab, Runner } from '../lab';
import { alternate } from '../measure';
import { operations } from '../model/shape';
import type { Comparison } from '../outcome';
import type { Row } from '../row';
import { FLOAT32 } from '../who';

const LENGTHS = [16, 128, 1024];
const MOST = 1.5;

/** From a prompt's tokens to the logits behind its last. */
const promptRow = (threads: number): Row => ({
  name: `prompt-${threads}`,
  title: `A prompt to logits, ${threads === 1 ? 'one thread' : `${threads} threads`}, float32`,
  quick: threads === 1,
  async run(lab) {
    const runners = await lab.runners(FLOAT32, threads);
    const all: Comparison[] = [];
    for (const length of lab.quick ? LENGTHS.slice(0, 2) : LENGTHS) {
      lab.tell(`A prompt of ${length}`);
      const measures = FLOAT32.map((name, i) => [
        name,
        // The first prompt of a length makes buffers of its size.
        async (round: number) => {
          const runner = runners[i] as Runner;
          if (round === 0) await runner.prompt(lab.prompt(length));
          return runner.prompt(lab.prompt(length));
        },
      ]);
      const rounds = lab.rounds(2, length > 500 ? 3 : 7);
      const taken = await alternate<string>(Object.fromEntries(measures), rounds);
      const bound = await arithmeticBound(lab, length, threads);
      all.push(...comparisons(`prompt of ${length}`, taken, 'ours f32', { atMost: MOST, bound }));
    }
    return { comparisons: all, notes: [] };
  },
});

async function arithmeticBound(lab: Lab, length: number, threads: number): Promise<Comparison['bound']> {
  const { peak } = await lab.limits(threads);
  const flops = operations(lab.store.config, length);
  return {
    value: (1000 * flops) / peak,
    how: `${(flops / 1e9).toFixed(1)} G operations at ${(peak / 1e9).toFixed(0)} G/s, WebAssembly's vectors at their best`,
  };
}

export const rows: readonly Row[] = [promptRow(1), promptRow(2)];
