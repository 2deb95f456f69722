import { describe, expect, it } from 'vitest';
import type { KnownModel, StoredModel } from '../../../src/models/api';
import { knownModels } from '../../../src/models/catalogue';
import { entriesOf, placeOf } from '../../../taskpane/library/entry';

const known = knownModels('https://site.example/');
const builtIn = (known[0] as KnownModel).ref;
const wanted = { from: builtIn, name: 'gpt2-tiny-stories' };

const stored = (id: string, commit: string, more: Partial<StoredModel> = {}): StoredModel => ({
  key: `${id.replace('/', '--')}/${commit}`,
  ref: { kind: 'hub', id },
  name: id,
  commit,
  complete: true,
  bytes: 10,
  total: 10,
  modified: 1,
  files: [],
  ...more,
});
const list = (given: Partial<Parameters<typeof entriesOf>[0]>) =>
  entriesOf({ known, stored: [], described: [], wanted, ...given });
const named = (entries: ReturnType<typeof list>, name: string) =>
  entries.find((entry) => entry.name === name);

describe('the list of models', () => {
  it('begins with the known ones, of which the built-in one is open', () => {
    expect(list({}).map(({ name, state, wanted }) => [name, state, wanted])).toEqual([
      ['gpt2-tiny-stories', 'builtIn', true],
      ['distilgpt2', 'absent', false],
      ['gpt2', 'absent', false],
      ['gpt2-medium', 'absent', false],
      ['gpt2-large', 'absent', false],
      ['gpt2-xl', 'absent', false],
    ]);
  });

  it('shows a stored model on the line of the known one, and others below', () => {
    const entries = list({
      stored: [stored('openai-community/gpt2', 'a'.repeat(40)), stored('me/mine', 'b'.repeat(40))],
    });
    expect(named(entries, 'gpt2')?.state).toBe('here');
    expect(entries.at(-1)).toMatchObject({ name: 'me/mine', state: 'here', wanted: false });
    expect(entries).toHaveLength(7);
  });

  it('prefers a whole version to a half one, and gives the other a line with its commit', () => {
    const half = stored('openai-community/gpt2', 'a'.repeat(40), { complete: false, bytes: 3 });
    const whole = stored('openai-community/gpt2', 'b'.repeat(40));
    const entries = list({ stored: [half, whole] });
    expect(named(entries, 'gpt2')).toMatchObject({ state: 'here', stored: whole });
    expect(entries.at(-1)).toMatchObject({ name: 'openai-community/gpt2 (aaaaaaa)', state: 'partial' });
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });

  it('knows what is wanted by its place or by its key', () => {
    const model = stored('me/mine', 'b'.repeat(40));
    for (const from of [model.key, model.ref]) {
      const entries = list({ stored: [model], wanted: { from, name: 'mine' } });
      expect(entries.filter((entry) => entry.wanted).map(({ name }) => name)).toEqual(['me/mine']);
    }
  });

  it('has a line for an open folder of this computer', () => {
    const ref = { kind: 'files', name: 'my-folder', files: [] } as const;
    const entry = list({ wanted: { from: ref, name: 'my-folder' } }).at(-1);
    expect(entry).toMatchObject({ name: 'my-folder', state: 'local', wanted: true });
  });

  it('has a line for a model that the workbook asks for and nobody has', () => {
    const from = { kind: 'hub', id: 'me/away' } as const;
    expect(list({ wanted: { from, name: 'away' } }).at(-1)).toMatchObject({ name: 'away', state: 'absent' });
  });
});

describe('what the library is asked for', () => {
  it('is the commit that was begun, on the hub, and the folder, on a plain server', () => {
    const half = stored('me/mine', 'b'.repeat(40), { complete: false });
    const [entry] = entriesOf({ known: [], stored: [half], described: [], wanted });
    expect(entry && placeOf(entry)).toBe(half.key);
    const url = { kind: 'url', url: 'https://school.example/m' } as const;
    const plain = { ...half, ref: url };
    const [other] = entriesOf({ known: [], stored: [plain], described: [], wanted });
    expect(other && placeOf(other)).toEqual(url);
  });
});
