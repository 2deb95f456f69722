import { describe, expect, it } from 'vitest';
import type { MakeBackend } from '../../src/engine/backends/make';
import { Runner } from '../../src/engine/runner';
import { model, RecordingBackend } from './recording';

/** Makes back ends of which those named fail, in loading or in preparing a block. */
const failing =
  (names: readonly string[], where: 'load' | 'block' = 'load'): MakeBackend =>
  async (given, candidate) => {
    const fails = names.includes(candidate.name);
    if (fails && where === 'load') throw new Error(`no ${candidate.name} today`);
    const backend = new RecordingBackend(given);
    if (fails) backend.prepareBlock = () => Promise.reject(new Error('no room for block 0'));
    return backend;
  };

describe('opening', () => {
  it('falls through to the next back end and says what failed', async () => {
    const { reason } = (await Runner.open(model, { backend: 'best' }, failing(['wasm']))).report;
    expect(reason).toBe(
      'Plain JavaScript, slow: nothing faster works in this browser. WebAssembly was tried and failed: no wasm today',
    );
  });

  it('falls through when a block cannot be prepared', async () => {
    const { reason } = (await Runner.open(model, {}, failing(['wasm'], 'block'))).report;
    expect(reason).toContain('WebAssembly was tried and failed: no room for block 0');
  });

  it('fails with all that was said when nothing works, or not what was asked for', async () => {
    await expect(Runner.open(model, { backend: 'wasm' }, failing(['wasm']))).rejects.toThrow(
      'The model could not be opened. WebAssembly was tried and failed: no wasm today',
    );
    await expect(Runner.open(model, {}, failing(['wasm', 'reference']))).rejects.toThrow(
      /no wasm today.*no reference today/,
    );
  });

  it('tells how far it has got, from 0 to 1', async () => {
    const heard: [number, string][] = [];
    await Runner.open(
      model,
      { backend: 'reference', onProgress: (...args) => heard.push(args) },
      failing([]),
    );
    const fractions = heard.map(([fraction]) => fraction);
    expect(fractions).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(heard.map(([, text]) => text)[0]).toBe('Plain JavaScript: preparing layer 1 of 4');
    expect(heard.at(-1)?.[1]).toBe('Plain JavaScript: ready');
  });
});
