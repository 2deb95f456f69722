import { describe, expect, it } from 'vitest';
import type { Fit } from '../../../src/models/api';
import { possible } from '../../../taskpane/library/actions';
import { rounded, strings, timeLeft } from '../../../taskpane/library/strings';
import { bestFit } from '../../../taskpane/library/verdict';

const told = (backend: Fit['backend'], verdict: Fit['verdict']): Fit => ({
  backend,
  verdict,
  precision: 'float32',
  reason: `${backend} says ${verdict}`,
});
const line = (...fits: Fit[]) => strings.fit.line(bestFit(fits) as Fit);

describe('the verdict on this device', () => {
  it.each([
    ['perhaps', 'yes', 'yes', 'Runs on this device (float32, WebAssembly).'],
    ['perhaps', 'perhaps', 'yes', 'May run on this device (float32, WebGPU).'],
    ['no', 'no', 'yes', 'Runs here only slowly (float32, plain JavaScript).'],
    ['no', 'no', 'no', 'Too large for this device (float32).'],
  ] as const)('WebGPU %s, WebAssembly %s, JavaScript %s: %s', (webgpu, wasm, reference, sentence) => {
    expect(line(told('webgpu', webgpu), told('wasm', wasm), told('reference', reference))).toBe(sentence);
  });
});

describe('numbers for people', () => {
  it('are short', () => {
    expect([124_439_808, 81_912_576, 1_557_611_200, 630_000, 999_600].map(rounded)).toEqual([
      '124 M',
      '82 M',
      '1.6 B',
      '630 k',
      '1.0 M',
    ]);
    expect([0.2, 42, 89.5, 200, 5340, 7600].map(timeLeft)).toEqual([
      '1 s',
      '42 s',
      '90 s',
      '4 min',
      '89 min',
      '2 h 7 min',
    ]);
  });

  it('make one line while a model is downloaded', () => {
    const progress = {
      phase: 'downloading',
      bytes: 12e6,
      total: 548e6,
      speed: 4.2e6,
      secondsLeft: 128,
    } as const;
    expect(strings.progress.line({ ...progress, server: 'hub.example' })).toBe(
      '12 MB of 548 MB · 4.2 MB/s · 3 min left · hub.example',
    );
    expect(strings.progress.line({ phase: 'retrying', bytes: 0, problem: 'It broke.', retryIn: 3 })).toBe(
      'It broke. Trying again in 3 s.',
    );
  });
});

describe('what can be done with a model', () => {
  it.each([
    ['builtIn', true, undefined, []],
    ['builtIn', false, undefined, ['use']],
    ['absent', false, undefined, ['use', 'download']],
    ['absent', false, 'download', ['use', 'pause']],
    ['partial', false, undefined, ['use', 'resume', 'verify', 'remove']],
    ['partial', true, 'open', ['pause']],
    ['here', false, undefined, ['use', 'verify', 'remove']],
    ['here', true, undefined, ['verify', 'remove']],
    ['here', false, 'verify', ['stop']],
    ['here', false, 'remove', []],
    ['local', true, 'open', ['stop']],
  ] as const)('%s, open %s, under way %s: %j', (state, open, kind, actions) => {
    expect(possible({ state }, open, kind && { kind })).toEqual(actions);
  });
});
