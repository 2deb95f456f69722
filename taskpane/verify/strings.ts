import type { Row, RowKind } from '../../src/verify/api';
import { count } from '../strings';

const values = (n: number) => `${count(n)} ${n === 1 ? 'value' : 'values'}`;
const leftOut = (n: number) =>
  n === 0
    ? []
    : [`${values(n)} ${n === 1 ? 'does' : 'do'} not apply and ${n === 1 ? 'was' : 'were'} left out.`];

/** A difference: few digits tell how large it is. */
const small = (n: number) =>
  n === 0 ? '0' : Number.isFinite(n) ? n.toExponential(1) : 'more than can be measured';

/** Every word of the verification; what a row is about is in `src/verify/messages`. A translation replaces these files alone. */
export const strings = {
  choose: 'Compare with',
  none: 'Choose a checkpoint',
  option: (name: string, provable: boolean) => `${name}${provable ? '' : ' (no numbers published)'}`,
  chooseFirst: 'Choose the checkpoint that this model should be.',
  start: 'Verify',
  cancel: 'Cancel',
  waiting: 'A model can be verified when it is open and all of it has arrived.',
  progressLabel: 'Verification',
  preparing: 'Preparing',
  progress: (done: number, total: number, what: string) => `${count(done + 1)} of ${count(total)}: ${what}`,
  announceStart: (name: string) => `Comparing with ${name}`,
  rows: 'Results',

  kinds: {
    shape: 'Shape',
    file: 'File',
    tokens: 'Token ids',
    weights: 'Weights',
    activations: 'Activations',
    means: 'Mean logits',
    likeliest: 'Likeliest tokens',
    losses: 'Losses',
    continuations: 'Continuations',
    probabilities: 'Probabilities',
    logitDifferences: 'Logit differences',
    attributions: 'What heads contribute',
    benchmarks: 'Benchmarks',
  } satisfies Record<RowKind, string>,
  outcomes: { passed: 'Passed', failed: 'Failed', skipped: 'Skipped' } satisfies Record<
    Row['outcome'],
    string
  >,
  counts: (counted: Readonly<Record<Row['outcome'], number>>) =>
    (['failed', 'passed', 'skipped'] as const)
      .filter((outcome) => counted[outcome] > 0)
      .map((outcome) => `${count(counted[outcome])} ${outcome}`)
      .join(', '),
  columns: {
    outcome: 'Result',
    what: 'Value',
    expected: 'Published',
    ours: 'Ours',
    difference: 'Off by',
    tolerance: 'Allowed',
    source: 'Source',
  },
  notComputed: (reason: string) => `Not computed. ${reason}`,
  exactly: 'must be the same',
  noDifference: '–',
  difference: small,

  passed: (n: number, name: string) => `Passed: all ${values(n)} agree with ${name}`,
  worst: ({ what, difference = 0, tolerance = 0 }: Row) =>
    `The largest difference beside what is allowed: ${small(difference)} of ${small(tolerance)}, in ${what}.`,
  failed: (failed: number, n: number, name: string) =>
    `Failed: ${count(failed)} of ${values(n)} ${failed === 1 ? 'is' : 'are'} not those of ${name}`,
  first: (what: string) => `The first that differs: ${what}.`,
  failedMeans: (name: string) =>
    `This is not ${name} as it was published, or something here computes it wrongly.`,
  showFirst: 'Show the first failure',
  unproven: 'Nothing proved',
  nothingChecked: 'No published value could be checked.',
  onlyIdentity: (n: number, name: string) =>
    `${values(n)} of shape, file and vocabulary agree, but nothing that depends on the model's numbers is published of ${name}, or none of it could be checked.`,
  stopped: (done: number, total: number) =>
    `Stopped after ${count(done)} of ${values(total)}: nothing proved`,
  stoppedFailing: (failed: number, done: number, total: number) =>
    `Failed: ${count(failed)} of ${values(done)} checked, stopped before all ${count(total)}`,
  broken: 'The verification broke off',
  leftOut,

  copy: 'Copy report',
  copied: 'Copied. Paste it into a report of a problem.',
  notCopied: 'The clipboard is closed to this page. Copy the text below.',
  reportLabel: 'The report as text',
  report: {
    title: (model: string, checkpoint: string) => `GPT-2 in cells: ${model} compared with ${checkpoint}`,
    hash: (sha256: string) => `SHA-256 of the weights: ${sha256 || 'not computed'}`,
    backend: (reason: string) => `Back end: ${reason}`,
    browser: (agent: string) => `Browser: ${agent}`,
    time: (at: Date) => `Time: ${at.toISOString()}`,
    outcomes: { passed: 'pass', failed: 'FAIL', skipped: 'skip' } satisfies Record<Row['outcome'], string>,
    offBy: (difference: number, tolerance: number) =>
      `off by ${small(difference)}, ${small(tolerance)} allowed`,
    line: (name: string, value: string) => `    ${name}: ${value}`,
  },
} as const;
