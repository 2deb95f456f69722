import type { Row, RowKind, Shown, Subject, VerifyOptions } from './api';
import { Bench } from './bench';
import type { Checkpoint } from './checkpoints';
import { hasShape } from './checkpoints';
import { KINDS } from './kinds/all';
import { messages } from './messages';
import type { KindName, Published } from './values';

/** One row to come: what is known before anything is computed, and how to compute it. */
interface Planned extends Pick<Row, 'kind' | 'what' | 'expected' | 'tolerance' | 'source'> {
  /** Why it does not apply. */
  readonly skip?: string;
  ours(bench: Bench): Promise<Shown>;
}

/**
 * Computes everything that is published of a checkpoint with an open model, a row for each value. Rows come as they are
 * done; who wants to end early breaks off, or aborts the signal. `summarise` says what the rows amount to.
 * @throws an error named AbortError when `signal` is aborted; whatever else goes wrong is a failed row
 */
export async function* verify(
  subject: Subject,
  checkpoint: Checkpoint,
  { onProgress, signal }: VerifyOptions = {},
): AsyncGenerator<Row, void> {
  const bench = new Bench(subject, signal);
  const plans = planOf(subject, checkpoint);
  for (const [done, plan] of plans.entries()) {
    signal?.throwIfAborted();
    onProgress?.(done, plans.length, plan.what);
    yield await carryOut(plan, bench, signal);
  }
}

function planOf(subject: Subject, checkpoint: Checkpoint): Planned[] {
  const kinds = Object.keys(KINDS) as KindName[];
  return [
    shapeRow(subject, checkpoint),
    ...fileRow(subject, checkpoint),
    ...kinds.flatMap((kind) => rowsOf(kind, subject, checkpoint)),
  ];
}

function shapeRow({ config, parameters }: Subject, checkpoint: Checkpoint): Planned {
  return {
    kind: 'shape',
    what: messages.what.shape,
    expected: messages.shape({ ...checkpoint.sizes, parameters: checkpoint.parameters }),
    source: checkpoint.source,
    ours: async () => messages.shape({ ...config, parameters }),
  };
}

function fileRow({ sha256 }: Subject, { sha256: expected, source }: Checkpoint): Planned[] {
  if (!expected) return [];
  const skip = sha256 === '' ? messages.skipped.noHash : undefined;
  return [{ kind: 'file', what: messages.what.file, expected, source, skip, ours: async () => sha256 }];
}

function rowsOf<K extends KindName>(kind: K, subject: Subject, checkpoint: Checkpoint): Planned[] {
  const { what, expected, ours, tolerance, needsText, never } = KINDS[kind];
  const published: Published[K] = checkpoint.published[kind];
  // Encoding depends on the vocabulary alone; everything else is meaningless in a model of another shape.
  const fits = kind === 'tokens' || hasShape(subject.config, checkpoint.sizes);
  return (published ?? []).map((value) => ({
    kind,
    what: what(value),
    expected: expected(value),
    tolerance: tolerance?.(value),
    source: value.source,
    skip:
      never ??
      (fits ? undefined : messages.skipped.otherShape(checkpoint.name)) ??
      (value.gelu === undefined || value.gelu === 'tanh' ? undefined : messages.skipped.gelu(value.gelu)) ??
      (needsText?.(value) && !subject.tokenizer ? messages.skipped.noTokenizer : undefined),
    ours: (bench) => ours(value, bench),
  }));
}

async function carryOut({ skip, ours, ...known }: Planned, bench: Bench, signal?: AbortSignal): Promise<Row> {
  if (skip !== undefined) return { ...known, outcome: 'skipped', reason: skip };
  try {
    const value = await ours(bench);
    return { ...known, ours: value, ...compared(known.expected, value, known.tolerance) };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { ...known, outcome: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Kinds that say which model it is, and not whether its numbers are right. */
export const IDENTITY: readonly RowKind[] = ['shape', 'file', 'tokens'];

function compared(
  expected: Shown,
  ours: Shown,
  tolerance: number | undefined,
): Pick<Row, 'difference' | 'outcome'> {
  if (tolerance === undefined)
    return { outcome: JSON.stringify(ours) === JSON.stringify(expected) ? 'passed' : 'failed' };
  const difference = furthest(expected, ours);
  return { difference, outcome: difference <= tolerance ? 'passed' : 'failed' };
}

/** The largest difference between two numbers; Infinity where one is not a number, or there are more of them. */
function furthest(expected: Shown, ours: Shown): number {
  if (typeof expected === 'string' || typeof ours === 'string' || expected.length !== ours.length)
    return Number.POSITIVE_INFINITY;
  return expected.reduce((worst, right, i) => {
    const difference = Math.abs((ours[i] as number) - right);
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference);
  }, 0);
}
