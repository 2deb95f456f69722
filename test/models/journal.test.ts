import { expect, it } from 'vitest';
import { Journal, journalPath, recorded } from '../../src/models/journal';
import { MemoryStore } from '../../src/models/store/memory';
import { readText, writeText } from '../../src/models/store/store';

const bytes = (text: string) => new TextEncoder().encode(text);

it('notes what was written, and tells it from what was not', async () => {
  const store = new MemoryStore();
  const journal = await Journal.open(store, 'file');
  journal.add(bytes('123456789'), 100);
  journal.add(bytes('abc'), 0);
  journal.close();
  // 8cb841db40e6ae83 is XXH64's of these nine digits.
  expect(await readText(store, journalPath('file'))).toMatch(
    /^100 109 8cb841db40e6ae83\n0 3 [0-9a-f]{16}\n$/,
  );
  const again = await Journal.open(store, 'file');
  expect(again.entries.map(({ begin, end }) => [begin, end])).toEqual([
    [0, 3],
    [100, 109],
  ]);
  const [first, second] = again.entries as [Journal['entries'][0], Journal['entries'][0]];
  expect(again.isRight(first, bytes('abc'))).toBe(true);
  expect(again.isRight(first, bytes('abd'))).toBe(false);
  expect(again.isRight(second, bytes('12345678'))).toBe(false);
  const parts = await recorded(store, 'file');
  expect([parts.covered, parts.prefix, parts.has(100, 109)]).toEqual([12, 3, true]);
});

it('writes over a line that a crash cut short, and passes over what is no line', async () => {
  const none = '0'.repeat(16);
  const store = new MemoryStore();
  await writeText(store, journalPath('file'), `0 5 ${none}\nnonsense\n9 7 ${none}\n5 9 0000`);
  const journal = await Journal.open(store, 'file');
  expect(journal.entries).toEqual([{ begin: 0, end: 5, hash: none }]);
  journal.add(bytes('x'), 20);
  expect((await recorded(store, 'file')).missing(0, 30)).toEqual([
    { begin: 5, end: 20 },
    { begin: 21, end: 30 },
  ]);
  journal.clear();
  expect((await recorded(store, 'file')).covered).toBe(0);
  expect((await recorded(store, 'no such file')).covered).toBe(0);
});
