import type { Result } from '../results';
import { atFastest, demand, figure, number, overBound, ratio, verdict } from './figures';
import { proofTexts } from './lines';

/** One row as the command line shows it. */
export function printed({ name, title, comparisons, notes, seconds, proofs = [] }: Result): string {
  const lines = comparisons.map((one) => {
    const { what, unit, ours, against, theirs, ratio: measured, aside } = one;
    const beside = against ? `  ${against}${theirs ? `: ${figure(theirs, unit)}` : ''}` : '';
    const times =
      measured &&
      `  ${ratio(measured.median)} (${number(measured.least)} to ${number(measured.most)}; at their fastest ${atFastest(one)})`;
    const bound = one.bound ? `  [${overBound(one)} the least possible]` : '';
    const more = aside ? `  (${aside})` : '';
    return `  ${verdict(one).padEnd(13)} ${what}: ${figure(ours, unit)}${beside}${times ?? ''}  ${demand(one)}${bound}${more}`;
  });
  const figures = new Set(comparisons.map(({ what }) => what));
  return [
    `\n${name}: ${title} (${seconds.toFixed(0)} s)`,
    ...lines,
    ...[...figures].flatMap((what) =>
      proofTexts(proofs.filter((proof) => proof.what === what)).map((text) => `  ${what}: ${text}`),
    ),
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
}
