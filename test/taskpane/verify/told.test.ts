import { describe, expect, it } from 'vitest';
import type { Row } from '../../../src/verify/api';
import { reportOf } from '../../../taskpane/verify/report';
import { told } from '../../../taskpane/verify/told';

const row = (given: Partial<Row>): Row => ({
  kind: 'activations',
  what: 'logits, column 3',
  expected: [1.5],
  ours: [1.5],
  difference: 0,
  tolerance: 1e-4,
  outcome: 'passed',
  source: 'somebody',
  ...given,
});
const shape = row({ kind: 'shape', what: 'Layers', difference: undefined, tolerance: undefined });
const wrong = row({ what: 'logits, column 4', ours: [1.75], difference: 0.25, outcome: 'failed' });
const skipped = row({ kind: 'benchmarks', ours: undefined, outcome: 'skipped', reason: 'No texts.' });
const of = (rows: readonly Row[]) => ({ name: 'gpt2', rows, total: rows.length });

describe('what people are told', () => {
  it('is that all agree, with the worst difference and what was left out', () => {
    const near = row({ what: 'logits, column 9', difference: 2e-6 });
    const { intent, title, sentences, firstFailure } = told(of([shape, row({}), near, skipped]));
    expect(intent).toBe('success');
    expect(title).toBe('Passed: all 3 values agree with gpt2');
    expect(sentences).toEqual([
      'The largest difference beside what is allowed: 2.0e-6 of 1.0e-4, in logits, column 9.',
      '1 value does not apply and was left out.',
    ]);
    expect(firstFailure).toBeUndefined();
  });

  it('is what failed first', () => {
    const { intent, title, sentences, firstFailure } = told(of([shape, wrong, row({}), wrong]));
    expect(intent).toBe('error');
    expect(title).toBe('Failed: 2 of 4 values are not those of gpt2');
    expect(sentences[0]).toBe('The first that differs: logits, column 4.');
    expect(firstFailure).toBe(wrong);
  });

  it.each([
    ['nothing was checked', [skipped]],
    ['there was nothing', []],
    ['only shape and vocabulary were', [shape, row({ kind: 'tokens', difference: undefined }), skipped]],
  ])('is never a success when %s', (_, rows) => {
    const { intent, title } = told(of(rows));
    expect(intent).toBe('warning');
    expect(title).toBe('Nothing proved');
  });

  it('is never a success when it ended early, whatever passed before', () => {
    const stopped = told({ ...of([shape, row({})]), total: 9, early: 'stopped' });
    expect(stopped).toMatchObject({
      intent: 'warning',
      title: 'Stopped after 2 of 9 values: nothing proved',
    });
    const failing = told({ ...of([shape, wrong]), total: 9, early: 'stopped' });
    expect(failing).toMatchObject({
      intent: 'error',
      title: 'Failed: 1 of 2 values checked, stopped before all 9',
    });
    const broken = told({ ...of([shape, row({})]), total: 9, early: { message: 'The engine stopped.' } });
    expect(broken).toMatchObject({ intent: 'error', sentences: ['The engine stopped.'] });
  });
});

describe('the report', () => {
  const opened = {
    model: { name: 'mine', config: {} as never, parameters: 1, bytes: 4, sha256: 'ab12', hasTokenizer: true },
    backend: { name: 'wasm' as const, reason: 'WebAssembly, one thread: it was asked for.' },
  };
  const text = reportOf(opened, of([shape, wrong, skipped]), { browser: 'A browser', at: new Date(0) });

  it('says which model, on what, and how it ended', () => {
    for (const part of [
      'mine compared with gpt2',
      'ab12',
      'one thread',
      'A browser',
      '1970-01-01',
      'Failed: 1',
    ])
      expect(text).toContain(part);
  });

  it('has a line for what passed, and both values and the source of what did not', () => {
    expect(text).toContain(
      '\npass  Shape: Layers\nFAIL  Activations: logits, column 4 (off by 2.5e-1, 1.0e-4 allowed)',
    );
    expect(text).toContain('Published: 1.5\n    Ours: 1.75\n    Source: somebody');
    expect(text).toContain('skip  Benchmarks');
    expect(text).toContain('Not computed. No texts.');
  });

  it('shows texts whole, for they may differ at their ends', () => {
    const [right, other] = [`${'a'.repeat(63)}0`, `${'a'.repeat(63)}1`];
    const file = row({
      kind: 'file',
      expected: right,
      ours: other,
      difference: undefined,
      outcome: 'failed',
    });
    const printed = reportOf(opened, of([file]), { browser: '', at: new Date(0) });
    expect(printed).toContain(right);
    expect(printed).toContain(other);
  });

  it('says so when a difference cannot be measured', () => {
    const nan = row({ ours: [Number.NaN], difference: Number.POSITIVE_INFINITY, outcome: 'failed' });
    expect(reportOf(opened, of([nan]), { browser: '', at: new Date(0) })).toContain(
      'off by more than can be measured',
    );
  });
});
