import type { Row } from '../../src/verify/api';
import { summarise } from '../../src/verify/summary';
import { strings } from './strings';

/** A verification that has come to an end, whichever. */
export interface Ended {
  /** The checkpoint's name. */
  readonly name: string;
  readonly rows: readonly Row[];
  /** How many rows there would have been. */
  readonly total: number;
  /** Missing where every row was computed; otherwise why not: the user stopped it, or a sentence. */
  readonly early?: 'stopped' | { readonly message: string };
}

/** What people are told of it. */
export interface Told {
  /** Only a passed verification that was not ended early is a success. */
  readonly intent: 'success' | 'error' | 'warning';
  readonly title: string;
  readonly sentences: readonly string[];
  /** The row that failed first. */
  readonly firstFailure?: Row;
}

/** The end of a verification in plain words. */
export function told({ name, rows, total, early }: Ended): Told {
  const { verdict, passed, failed, skipped, worst } = summarise(rows);
  const firstFailure = rows.find(({ outcome }) => outcome === 'failed');
  const about = firstFailure ? [strings.first(firstFailure.what), strings.failedMeans(name)] : [];
  const left = strings.leftOut(skipped);
  if (early !== undefined && early !== 'stopped')
    return { intent: 'error', title: strings.broken, sentences: [early.message, ...about], firstFailure };
  if (early === 'stopped')
    return firstFailure
      ? {
          intent: 'error',
          title: strings.stoppedFailing(failed, rows.length, total),
          sentences: about,
          firstFailure,
        }
      : { intent: 'warning', title: strings.stopped(rows.length, total), sentences: [] };
  switch (verdict) {
    case 'failed':
      return {
        intent: 'error',
        title: strings.failed(failed, passed + failed, name),
        sentences: [...about, ...left],
        firstFailure,
      };
    case 'passed':
      return {
        intent: 'success',
        title: strings.passed(passed, name),
        sentences: [...(worst ? [strings.worst(worst)] : []), ...left],
      };
    case 'unproven':
      return {
        intent: 'warning',
        title: strings.unproven,
        sentences: [passed === 0 ? strings.nothingChecked : strings.onlyIdentity(passed, name), ...left],
      };
  }
}
