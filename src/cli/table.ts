import type { Row } from '../verify/api';
import { messages } from '../verify/messages';
import { strings } from './strings';

/** One row of a verification as it is printed: a line for what passed, several for what did not. */
export function printedRow(row: Row): string {
  const { kind, what, outcome, difference, tolerance, reason, expected, ours, source } = row;
  const compared =
    difference === undefined ? '' : strings.difference(number(difference), number(tolerance as number));
  const first = `${strings.outcome[outcome].padEnd(7)} ${kind.padEnd(16)} ${what}${compared && `  ${compared}`}`;
  if (outcome === 'passed') return `${first}  [${source}]`;
  const more =
    outcome === 'skipped'
      ? [reason as string]
      : [
          strings.expected(messages.shown(expected)),
          ours === undefined ? (reason as string) : strings.ours(messages.shown(ours)),
        ];
  return [first, ...[...more, strings.source(source)].map((line) => `        ${line}`)].join('\n');
}

const number = (value: number) => (value === 0 ? '0' : value.toExponential(1));
