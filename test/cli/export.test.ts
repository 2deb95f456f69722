import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/export';
import { writeModelFolder } from '../support/model-folder';
import { randomModel, smallConfig } from '../support/models';

const ROOT = resolve(import.meta.dirname, '../..');
const temporary = mkdtempSync(join(tmpdir(), 'export-'));
afterAll(() => rmSync(temporary, { recursive: true }));

const folder = (name: string, vocabulary: boolean) => {
  const path = join(temporary, name);
  writeModelFolder(path, randomModel(smallConfig({ vocab_size: 257, n_positions: 12 }), 1), vocabulary);
  return path;
};
const texts = folder('small', true);
const numbers = folder('no-vocabulary', false);
const at = (name: string) => join(temporary, name);

async function run(...args: string[]) {
  const printed = { log: [] as string[], error: [] as string[], status: [] as string[] };
  const code = await main(args, ROOT, {
    log: (text) => printed.log.push(text),
    error: (text) => printed.error.push(text),
    status: (text) => printed.status.push(text),
  });
  return {
    code,
    log: printed.log.join('\n'),
    error: printed.error.join('\n'),
    status: printed.status,
  };
}

describe('npm run export', () => {
  it('writes a workbook, and says how far it has come', async () => {
    const { code, log, status } = await run(
      '--model',
      texts,
      '--out',
      at('new/small.xlsx'),
      '--prompt',
      'ab c',
    );
    expect(code).toBe(0);
    expect(log).toMatch(/Wrote .*small\.xlsx: [\d.]+ MB, \d+ sheets, room for 12 tokens\./);
    expect(status.some((text) => /^1 of \d+: Start$/.test(text))).toBe(true);
    expect(status.at(-1)).toBe('Writing and compressing the file');
    const book = await readXlsx(new Uint8Array(readFileSync(at('new/small.xlsx'))));
    expect(book.sheets[0]?.name).toBe('Start');
    expect(book.sheets[0]?.rows[4]).toContain('ab c');
    expect(readdirSync(at('new'))).toEqual(['small.xlsx']);
  });

  it('takes token ids for a model without a vocabulary', async () => {
    const { code } = await run('--model', numbers, '--out', at('ids.xlsx'), '--ids', '3, 1', '--room', '5');
    expect(code).toBe(0);
    const book = await readXlsx(new Uint8Array(readFileSync(at('ids.xlsx'))));
    expect(book.sheets[0]?.rows[4]?.slice(2, 5)).toEqual([3, 1, '']);
  });

  it('never overwrites a file unless told', async () => {
    writeFileSync(at('mine.xlsx'), 'mine');
    const refused = await run('--model', texts, '--out', at('mine.xlsx'));
    expect(refused.code).toBe(1);
    expect(refused.error).toBe(`${at('mine.xlsx')} is there already; --force overwrites it.`);
    expect(readFileSync(at('mine.xlsx'), 'utf8')).toBe('mine');
    expect((await run('--model', texts, '--out', at('mine.xlsx'), '--force')).code).toBe(0);
    expect(readFileSync(at('mine.xlsx')).subarray(0, 2).toString()).toBe('PK');
  });

  it.each([
    [[], '--model is missing'],
    [['--model', texts], '--out is missing'],
    [['--model', texts, '--out', 'x.txt'], '--out is x.txt: its name must end in .xlsx'],
    [['--model', texts, '--out', 'x.xlsx', '--room', 'many'], '--room has "many": whole numbers are allowed'],
    [['--model', texts, '--out', 'x.xlsx', '--ids', '1,b'], '--ids has "b": whole numbers are allowed'],
    [['--model', texts, '--out', 'x.xlsx', '--ids', '1', '--prompt', 'a'], 'were both given'],
    [['--nonsense'], 'nonsense'],
  ])('ends with 2 and the usage for %j', async (args, sentence) => {
    const { code, error } = await run(...args);
    expect(code).toBe(2);
    expect(error).toContain(sentence);
    expect(error).toContain('Usage: npm run export');
  });

  it.each([
    [['--model', '/nowhere', '--out', 'x.xlsx'], '/nowhere is not a folder'],
    [['--model', texts, '--out', at('y.xlsx'), '--room', '13'], 'The room is 13 tokens: 1 to 12 are allowed'],
    [['--model', texts, '--out', at('y.xlsx'), '--prompt', 'x'.repeat(13)], 'The first prompt does not fit'],
    [['--model', texts, '--out', at('y.xlsx'), '--ids', '1'], 'small has a vocabulary'],
    [['--model', numbers, '--out', at('y.xlsx'), '--prompt', 'a'], 'no-vocabulary has no vocabulary'],
    [
      ['--model', numbers, '--out', at('y.xlsx'), '--ids', '257'],
      '257 is not a token id of this model: 0 to 256 are allowed.',
    ],
  ])('ends with 1 and a sentence for %j', async (args, sentence) => {
    const { code, error } = await run(...args);
    expect(error).toContain(sentence);
    expect(code).toBe(1);
  });

  it('takes no folder for a file', async () => {
    mkdirSync(at('folder.xlsx'));
    const { code, error } = await run('--model', texts, '--out', at('folder.xlsx'), '--force');
    expect([code, error]).toEqual([1, `${at('folder.xlsx')} is a folder; give the name of a file.`]);
  });

  it('explains itself', async () => {
    const { code, log } = await run('--help');
    expect(code).toBe(0);
    expect(log).toContain('npm run export -- --model weights/gpt2-tiny-stories --out gpt2.xlsx');
  });
});
