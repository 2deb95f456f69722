import type { Opened } from '../../src/rpc/protocol';
import type { Row } from '../../src/verify/api';
import { strings } from './strings';
import { type Ended, told } from './told';
import { whole } from './whole';

/** What the report says of the surroundings. */
export interface Surroundings {
  readonly browser: string;
  readonly at: Date;
}

/** A verification as plain text, for a report of a problem: who, where, how it ended, and every row. */
export function reportOf({ model, backend }: Opened, ended: Ended, { browser, at }: Surroundings): string {
  const words = strings.report;
  const { title, sentences } = told(ended);
  return [
    words.title(model.name, ended.name),
    words.hash(model.sha256),
    words.backend(backend.reason),
    words.browser(browser),
    words.time(at),
    '',
    title,
    ...sentences,
    '',
    ...ended.rows.flatMap(linesOf),
    '',
  ].join('\n');
}

function linesOf({ kind, what, outcome, difference, tolerance, ...row }: Row): string[] {
  const words = strings.report;
  const { expected, ours, source } = strings.columns;
  const off = difference === undefined ? '' : ` (${words.offBy(difference, tolerance ?? 0)})`;
  const first = `${words.outcomes[outcome]}  ${strings.kinds[kind]}: ${what}${off}`;
  if (outcome === 'passed') return [first];
  const found = row.ours === undefined ? strings.notComputed(row.reason ?? '') : whole(row.ours);
  return [
    first,
    words.line(expected, whole(row.expected)),
    words.line(ours, found),
    words.line(source, row.source),
  ];
}
