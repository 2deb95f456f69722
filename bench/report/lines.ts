import type { Comparison, Proof } from '../outcome';
import type { Result } from '../results';
import { demand, figure, nearness, part, ratio } from './figures';

/** One line of the table: a figure of ours and all that it is held to. */
export interface Line {
  readonly row: string;
  readonly what: string;
  readonly comparisons: readonly Comparison[];
  readonly proof?: Proof;
  /** `open` where somebody we must be measured against has failed. */
  readonly verdict: 'holds' | 'does not hold' | 'open';
}

/** The lines of one row: its figures with a demand, those with the same name together. */
export function linesOf({ name, comparisons, proofs = [] }: Result): Line[] {
  const names = [...new Set(comparisons.filter(isDemand).map(({ what }) => what))];
  return names.map((what) => {
    const all = comparisons.filter((one) => one.what === what && isDemand(one));
    const proof = proofs.find((one) => one.what === what);
    const verdict = all.some(({ holds }) => holds === false)
      ? 'does not hold'
      : all.some(({ failed }) => failed !== undefined)
        ? 'open'
        : 'holds';
    return { row: name, what, comparisons: all, verdict, ...(proof ? { proof } : {}) };
  });
}

const isDemand = ({ atMost }: Comparison): boolean => atMost !== undefined;

/** A line as cells: what, what must be, what was measured, the physical limit. The verdict is the page's own. */
export function cellsOf({ what, comparisons }: Line): string[] {
  const [first] = comparisons as [Comparison];
  const must = comparisons.map((one) => `${demand(one)}${one.against ? ` ${one.against}` : ''}`);
  const beside = comparisons.flatMap(({ against, ratio: measured, failed }) =>
    against === undefined
      ? []
      : failed !== undefined
        ? [`${against} failed: ${failed}`]
        : measured
          ? [`${ratio(measured.median)} ${against}`]
          : [],
  );
  const measured = [figure(first.ours, first.unit), ...beside].join('; ');
  return [what, must.join('; '), measured, nearness(first)];
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

/** What decides a demand that does not hold: whether the products alone are above it. */
function explained({ proof, comparisons }: Line): string {
  if (!proof) return '';
  const others = comparisons.filter(({ holds, against }) => holds === false && against !== proof.against);
  const also =
    others.length > 0 ? ` Slower than ${others.map(({ against }) => against).join(' and ')}, too.` : '';
  return ` ${proofText(proof)}${also}`;
}

/** A proof in words: what the products alone take, whether that decides it, and how much of the time is ours. */
export function proofText({ products, ratio: measured, against, atMost, ours, proved }: Proof): string {
  const around = 100 * (1 - 1 / ours.median);
  return (
    `ONNX Runtime's matrix products alone, without anything else: ${figure(products, 'ms')} = ${ratio(measured.median)} ${against}. ` +
    (proved
      ? `That is above ${ratio(atMost)} already: no engine that has ONNX Runtime multiply these matrices so can hold it. `
      : `That is not above ${ratio(atMost)}: ONNX Runtime's products do not rule it out. `) +
    `Ours takes ${ratio(ours.median)} the products, so ${Math.max(0, around).toFixed(0)} % of its time is outside them.`
  );
}
