import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/verify';
import { embeddedModel } from '../support/models';

const ROOT = resolve(import.meta.dirname, '../..');
const { name, folder } = embeddedModel();
const temporary = mkdtempSync(join(tmpdir(), 'verify-'));
afterAll(() => rmSync(temporary, { recursive: true }));

/** A copy of the embedded model's folder, with something done to it. */
function copied(as: string, change: (folder: string) => void): string {
  const copy = join(temporary, as);
  cpSync(folder, copy, { recursive: true });
  change(copy);
  return copy;
}

async function run(...args: string[]): Promise<{ code: number; log: string; error: string }> {
  const printed = { log: [] as string[], error: [] as string[] };
  const code = await main(args, ROOT, {
    log: (text) => printed.log.push(text),
    error: (text) => printed.error.push(text),
    status: () => undefined,
  });
  return { code, log: printed.log.join('\n'), error: printed.error.join('\n') };
}

describe('npm run verify', () => {
  it('ends with 0 for the embedded model, as a program of its own, without delay', async () => {
    const [program, ...args] = ['build/verify.js', `weights/${name}`];
    const { INIT_CWD: _, ...env } = process.env;
    const { stdout } = await promisify(execFile)(process.execPath, [program as string, ...args], {
      cwd: ROOT,
      env,
      timeout: 110_000, // a timer left behind would hold it for five minutes
    });
    expect(stdout).toMatch(/Verified: \d\d of \d\d rows passed\.\s*$/);
    expect(stdout).toContain('off by');
  });

  it('ends with 0 on plain JavaScript too', async () => {
    const { code, log } = await run(folder, '--backend', 'reference');
    expect(log).toContain('Plain JavaScript');
    expect(code).toBe(0);
  });

  it('ends with 1 when a weight is another, and shows both values and who published them', async () => {
    const changed = copied(name, (copy) => {
      const path = join(copy, 'model.safetensors');
      const bytes = readFileSync(path);
      bytes.writeFloatLE(3, bytes.length - 4);
      writeFileSync(path, bytes);
    });
    const { code, log } = await run(changed, '--backend', 'reference');
    expect(log).toMatch(/FAIL +file[\s\S]*published: "[\s\S]*ours: +"[\s\S]*source: /);
    expect(log).toMatch(/FAIL +activations/);
    expect(log).toMatch(/Not verified: \d+ of \d+ rows failed\.$/);
    expect(code).toBe(1);
  });

  it('ends with 1 when the model is not what it is said to be, or nothing is published of it', async () => {
    const claimed = await run(folder, '--as', 'gpt2', '--backend', 'reference');
    expect(claimed.log).toMatch(/FAIL +shape/);
    expect(claimed.code).toBe(1);

    const unknown = copied('my-model', (copy) => {
      const path = join(copy, 'config.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace('"n_head": 4', '"n_head": 2'));
    });
    const { code, log } = await run(unknown);
    expect(log).toContain('Nothing is published for "my-model"');
    expect(code).toBe(1);
  });

  it('says when a model is known by its shape alone', async () => {
    const other = copied('other', () => undefined);
    const { code, log } = await run(other, '--backend', 'reference');
    expect(log).toContain(`"${basename(other)}" is taken for ${name}, by its shape alone.`);
    expect(code).toBe(0);
  });

  it.each([
    ['no folder', [], 'give one'],
    ['two folders', ['a', 'b'], '2 folders'],
    ['an unknown back end', ['a', '--backend', 'gpu'], '--backend is gpu: give wasm or reference.'],
    ['an unknown checkpoint', ['a', '--as', 'gpt3'], '--as is gpt3'],
    ['an unknown option', ['a', '--fast'], '--fast'],
  ])('ends with 2 and its usage for %s', async (_, args, message) => {
    const { code, error } = await run(...args);
    expect(error).toContain(message);
    expect(error).toContain('Usage: npm run verify');
    expect(code).toBe(2);
  });

  it.each([
    ['is not there', undefined, 'nowhere is not a folder.'],
    ['has no config', ['config.json', undefined], 'has no config.json.'],
    ['has no weights', ['model.safetensors', undefined], 'has no model.safetensors.'],
    ['has a broken config', ['config.json', '{'], 'config.json is not JSON.'],
    ['has weights cut short', ['model.safetensors', '1234'], 'not a whole safetensors file'],
    ['has a vocabulary of something else', ['vocab.json', '{}'], 'vocab.json has no id'],
  ] as const)('ends with 2 for a folder that %s', async (_, file, message) => {
    const given = file
      ? copied(`broken-${message.length}`, (copy) => {
          const path = join(copy, file[0]);
          if (file[1] === undefined) rmSync(path);
          else writeFileSync(path, file[1]);
        })
      : join(temporary, 'nowhere');
    const { code, error } = await run(given);
    expect(error).toContain(message);
    expect(error).not.toContain('Usage');
    expect(code).toBe(2);
  });
});
