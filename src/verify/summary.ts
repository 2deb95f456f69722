import type { Row, Summary, Verdict } from './api';
import { messages } from './messages';
import { IDENTITY } from './verify';

/** What the rows of a verification amount to. No rows, or none that depends on the model's numbers, prove nothing. */
export function summarise(rows: readonly Row[]): Summary {
  const count = (outcome: Row['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  const proves = rows.some(({ outcome, kind }) => outcome === 'passed' && !IDENTITY.includes(kind));
  const verdict: Verdict = failed > 0 ? 'failed' : proves ? 'passed' : 'unproven';
  const text = messages.verdict(verdict, passed, failed, skipped);
  return { verdict, passed, failed, skipped, worst: worstOf(rows), text };
}

/** The row whose difference is the largest part of its tolerance. */
function worstOf(rows: readonly Row[]): Row | undefined {
  const share = ({ difference = 0, tolerance = 1 }: Row) => difference / tolerance;
  return rows
    .filter(({ difference }) => difference !== undefined)
    .reduce<Row | undefined>(
      (worst, row) => (worst === undefined || share(row) > share(worst) ? row : worst),
      undefined,
    );
}
