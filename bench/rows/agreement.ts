import type { Lab, Runner } from '../lab';
import { oneLine } from '../measure';
import { isProducts, OURS, type Who } from '../who';

/** Prompts on which logits are compared, and their length. */
const PROMPTS = 8;
const LENGTH = 17;

/** How far ours and llama.cpp's logits are apart, so that nobody compares two different models. */
export async function agreement(lab: Lab, ours: Runner, native: Runner): Promise<string[]> {
  const ids = lab.prompt(LENGTH);
  try {
    const { apart, largest } = differenceOf(await native.logits(ids), await ours.logits(ids));
    return [
      `Our logits and llama.cpp's differ by at most ${apart.toExponential(1)}, the largest is ${largest.toFixed(1)}: ` +
        'llama.cpp looks GELU up in a table of half-precision numbers. When float64 does the same, they differ by less than half of that.',
    ];
  } catch (error) {
    return [`How far our logits and llama.cpp's are apart could not be measured: ${oneLine(error)}.`];
  }
}

/**
 * How far the logits of each contestant are from ours in float32: the largest difference in parts of the largest logit, over
 * several prompts, and on how many of them both find the same token the likeliest.
 */
export async function errors(
  lab: Lab,
  who: readonly Who[],
  runners: readonly Runner[],
): Promise<Map<string, string>> {
  const prompts = Array.from({ length: PROMPTS }, () => lab.prompt(LENGTH));
  const ours = runners[who.indexOf(OURS)] as Runner;
  const right: Float32Array[] = [];
  for (const ids of prompts) right.push(await ours.logits(ids));
  const found = new Map<string, string>();
  for (const [i, name] of who.entries()) {
    if (name === OURS || isProducts(name)) continue;
    if (name.startsWith('wllama')) {
      found.set(name, `gives out no logits; its file is that of ${name.replace('wllama', 'llama.cpp')}`);
      continue;
    }
    try {
      let [relative, agreed] = [0, 0];
      for (const [n, ids] of prompts.entries()) {
        const { apart, largest, same } = differenceOf(
          await (runners[i] as Runner).logits(ids),
          right[n] as Float32Array,
        );
        relative = Math.max(relative, apart / largest);
        agreed += same ? 1 : 0;
      }
      found.set(
        name,
        `logits ${(100 * relative).toPrecision(2)} % off, likeliest token ${agreed} of ${PROMPTS}`,
      );
    } catch (error) {
      found.set(name, `its logits could not be had: ${oneLine(error)}`);
    }
  }
  return found;
}

/** What the figures of `errors` are. */
export const aboutErrors =
  `How far logits are from those of our float32: the largest difference in parts of the largest logit, over ${PROMPTS} prompts of ` +
  `${LENGTH} tokens, and on how many of them both find the same token the likeliest.`;

/** The largest difference between two rows of logits, the largest of the right ones, and whether both name the same token. */
export function differenceOf(logits: Float32Array, right: Float32Array) {
  let [apart, largest, mine, theirs] = [0, 0, 0, 0];
  for (let i = 0; i < right.length; i++) {
    apart = Math.max(apart, Math.abs((logits[i] as number) - (right[i] as number)));
    largest = Math.max(largest, Math.abs(right[i] as number));
    if ((logits[i] as number) > (logits[mine] as number)) mine = i;
    if ((right[i] as number) > (right[theirs] as number)) theirs = i;
  }
  return { apart, largest, same: mine === theirs };
}
