import type { Comparison, Proof } from '../outcome';
import type { Result } from '../results';
import { demand, figure, nearness, part, ratio } from './figures';

/** One line of the table: a figure of ours and all that it is held to. */
export interface Line {
  readonly row: string;
  readonly what: string;
  readonly comparisons: readonly Comparison[];
  readonly proofs: readonly Proof[];
  /** `open` where somebody we must be measured against has failed. */
  readonly verdict: 'holds' | 'does not hold' | 'open' | 'reported';
}

/** The lines of one row: its figures with a demand, and those that are told without; those with the same name together. */
export function linesOf({ name, comparisons, proofs = [] }: Result): Line[] {
  const shown = comparisons.filter(({ atMost, told }) => atMost !== undefined || told);
  const names = [...new Set(shown.map(({ what }) => what))];
  return names.map((what) => {
    const all = shown.filter((one) => one.what === what);
    const verdict = all.some(({ holds }) => holds === false)
      ? 'does not hold'
      : all.some(({ failed }) => failed !== undefined)
        ? 'open'
        : all.some(({ holds }) => holds)
          ? 'holds'
          : 'reported';
    return { row: name, what, comparisons: all, verdict, proofs: proofs.filter((one) => one.what === what) };
  });
}

/** A line as cells: what, what must be, what was measured, the physical limit. The verdict is the page's own. */
export function cellsOf({ what, comparisons }: Line): string[] {
  const [first] = comparisons as [Comparison];
  const must = comparisons
    .filter(({ atMost }) => atMost !== undefined)
    .map((one) => `${demand(one)}${one.against ? ` ${one.against}` : ''}`);
  const beside = comparisons.flatMap(({ against, ratio: measured, failed, holds }) => {
    if (against === undefined) return [];
    if (failed !== undefined) return [`${against} failed: ${failed}`];
    const text = measured ? `${ratio(measured.median)} ${against}` : '';
    return [holds === false ? `**${text}**` : text];
  });
  return [what, must.join('<br>'), [figure(first.ours, first.unit), ...beside].join('<br>'), nearness(first)];
}

/** What is lost, as a sentence, with what the products alone say of it. */
export function loss(line: Line): string {
  const worst = lost(line);
  const { against, ratio: measured, ours, unit } = worst;
  const taken = measured ? `${ratio(measured.median)} ${against}` : figure(ours, unit);
  return `**${line.what}**: ${taken}, where ${demand(worst)} is asked for.${explained(line)}`;
}

/** The comparison that is furthest from what it must be. */
const lost = ({ comparisons }: Line): Comparison =>
  comparisons.filter(({ holds }) => holds === false).sort((a, b) => part(b) - part(a))[0] as Comparison;

export const byLoss = (a: Line, b: Line): number => part(lost(b)) - part(lost(a));

/**
 * Whether nothing more is to be said: all that does not hold asks for less than the machine allows, or is held against somebody whom the
 * products alone are too slow for already, or the products with what is between them, in each layout of the matrices that was measured.
 */
export const decided = ({ proofs, comparisons }: Line): boolean =>
  comparisons
    .filter(({ holds }) => holds === false)
    .every((one) => {
      const about = proofs.filter(({ against }) => against === one.against);
      return outOfReach(one) || (about.length > 0 && byLayout(about).every(({ proved }) => proved));
    });

/** One proof for each layout of the matrices: of the engine's own the products alone, or with what is between them where only that is enough. */
function byLayout(about: readonly Proof[]): Proof[] {
  const [alone, more] = ['f32', 'between'].map((kind) => about.find((proof) => proof.kind === kind));
  const own = !alone?.proved && more?.proved ? more : alone;
  return [...(own ? [own] : []), ...about.filter((proof) => proof !== alone && proof !== more)];
}

/** Whether the least that the machine allows is more than is asked for already. */
const outOfReach = ({ against, atMost, bound }: Comparison): boolean =>
  against === undefined && atMost !== undefined && bound !== undefined && bound.value > atMost;

/** What is known of each demand that does not hold: what the fastest of the products say of it, or the least that the machine allows. */
function explained({ proofs, comparisons }: Line): string {
  const texts = comparisons
    .filter(({ holds }) => holds === false)
    .flatMap((one) => {
      const about = proofs.filter(({ against }) => against === one.against);
      const [fastest] = byLayout(about).sort((a, b) => a.ratio.median - b.ratio.median);
      if (fastest) return [proofText(fastest)];
      if (!outOfReach(one)) return [];
      const { bound, unit } = one;
      const least = figure({ median: bound?.value ?? 0 }, unit);
      return [`The least possible, ${least}, is above that: ${bound?.how}.`];
    });
  return [...texts, ...outside(proofs)].map((text) => ` ${text}`).join('');
}

const ALONE: Record<Proof['kind'], string> = {
  f32: 'matrix products alone, without anything else',
  between: 'matrix products, norms, GELU and softmax alone',
  unpacked: "matrix products alone, the blocks' not packed",
  q8: "matrix products alone, the blocks' in 8 bits",
};

/** All that the products say of one figure, a paragraph each. */
export const proofTexts = (proofs: readonly Proof[]): string[] => [
  ...proofs.map(proofText),
  ...outside(proofs),
];

/** What the products alone take, and whether that decides it. */
function proofText({ kind, products, ratio: measured, against, atMost, proved, chance }: Proof): string {
  const not = chance
    ? `That is above ${ratio(atMost)}, but with norms, GELU and softmax between them, which is more, it is not: so it was chance.`
    : `That is not above ${ratio(atMost)}, so it is not proved to be out of reach.`;
  return (
    `ONNX Runtime's ${ALONE[kind]}: ${figure(products, 'ms')} = ${ratio(measured.median)} ${against} (${measured.least.toFixed(2)} to ${measured.most.toFixed(2)}). ` +
    (proved
      ? `That is above ${ratio(atMost)} already: no engine that has ONNX Runtime ${kind === 'between' ? 'do these' : 'multiply these matrices so'} can hold it.`
      : not)
  );
}

/** How much of our time is not in the products, where they are held as ours are. */
function outside(proofs: readonly Proof[]): string[] {
  const same = proofs.find(({ kind }) => kind === 'f32');
  if (!same) return [];
  const share = Math.max(0, 100 * (1 - 1 / same.ours.median)).toFixed(0);
  return [`Ours takes ${ratio(same.ours.median)} the products, so ${share} % of its time is outside them.`];
}
