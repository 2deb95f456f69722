import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine';
import type { Row, Subject } from '../../src/verify/api';
import type { Checkpoint } from '../../src/verify/checkpoints';
import { KINDS } from '../../src/verify/kinds/all';
import { engineSubject } from '../../src/verify/subjects';
import { summarise } from '../../src/verify/summary';
import type { KindName, Published } from '../../src/verify/values';
import { verify } from '../../src/verify/verify';
import { embeddedTokenizer, randomModel, smallConfig } from '../support/models';
import { syntheticValues } from './synthetic';

const config = smallConfig({ vocab_size: 1536, n_positions: 32 });
const model = randomModel(config, 5);
const tokenizer = embeddedTokenizer();
const published = syntheticValues(model, tokenizer);
const kinds = Object.keys(KINDS) as KindName[];

let engine: Engine;
let subject: Subject;
beforeAll(async () => {
  engine = await Engine.open(model, { backend: 'wasm', threads: 1 });
  subject = engineSubject(model, engine, tokenizer, 'abc');
});
afterAll(() => engine.dispose());

const checkpoint = (values: Published = published, given: Partial<Checkpoint> = {}): Checkpoint => ({
  name: 'random',
  aliases: [],
  sizes: config,
  parameters: model.weights.names.reduce((sum, name) => sum + model.weights.get(name).length, 0),
  source: 'this test',
  sha256: 'abc',
  published: values,
  ...given,
});

async function rowsOf(of: Checkpoint, from: Subject = subject, signal?: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of verify(from, of, { signal })) rows.push(row);
  return rows;
}

/** The same value, but for one number or letter that stands for the result. */
function perturbed<V extends object>(value: V): V {
  const given = value as { [key: string]: unknown; tolerance?: number };
  const step = given.tolerance === undefined ? 1 : 2.5 * given.tolerance;
  const keys = ['continuation', 'continuationIds', 'values', 'value', 'ids'];
  const key = keys.find((key) => given[key] !== undefined) as string;
  const result = given[key];
  const changed =
    typeof result === 'number'
      ? result + step
      : typeof result === 'string'
        ? `${result.slice(0, -1)}~`
        : (result as number[]).map((x, i) => (i === 0 ? x + step : x));
  return { ...value, [key]: changed };
}

describe('a model with published values of every kind', () => {
  it('has one of each, so that nothing below is left out', () => {
    expect(kinds.filter((kind) => !published[kind]?.length)).toEqual([]);
  });

  it('passes all that applies', async () => {
    const rows = await rowsOf(checkpoint());
    const summary = summarise(rows);
    console.log(`worst: ${summary.worst?.what}: ${summary.worst?.difference?.toExponential(1)}`);
    expect(rows.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(summary).toMatchObject({ verdict: 'passed', failed: 0, skipped: 1 });
    expect(rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['shape', 'file', ...kinds]));
  });

  it.each(kinds.filter((kind) => kind !== 'benchmarks'))(
    'fails when a value is another: %s',
    async (kind) => {
      const values = published[kind] as readonly NonNullable<Published[KindName]>[number][];
      for (let at = 0; at < values.length; at++) {
        const wrong = values.map((value, i) => (i === at ? perturbed(value) : value));
        const rows = await rowsOf(checkpoint({ [kind]: wrong }));
        const failed = rows.filter(({ outcome }) => outcome === 'failed');
        expect(failed).toHaveLength(1);
        expect(failed[0]?.kind).toBe(kind);
        expect(failed[0]?.reason).toBeUndefined(); // it was computed, and differs
        expect(summarise(rows).verdict).toBe('failed');
      }
    },
  );
});

describe('rows', () => {
  it('say how far they have come, and come one by one', async () => {
    const heard: [number, number, string][] = [];
    const onProgress = (...step: [number, number, string]) => heard.push(step);
    for await (const row of verify(subject, checkpoint(), { onProgress })) {
      expect(heard.at(-1)?.[2]).toBe(row.what);
      if (heard.length === 3) break;
    }
    expect(heard.map(([done]) => done)).toEqual([0, 1, 2]);
    expect(new Set(heard.map(([, total]) => total))).toEqual(
      new Set([2 + kinds.reduce((sum, kind) => sum + (published[kind]?.length ?? 0), 0)]),
    );
  });

  it('end with their signal, before a row and within one', async () => {
    await expect(rowsOf(checkpoint(), subject, AbortSignal.abort())).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    const controller = new AbortController();
    const slow: Subject = {
      ...subject,
      read: (ids, wants, signal) => {
        controller.abort();
        return subject.read(ids, wants, signal);
      },
    };
    await expect(rowsOf(checkpoint(), slow, controller.signal)).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
  });

  it('are skipped, with the reason, for a benchmark, another GELU, and text without a vocabulary', async () => {
    const [loss] = published.losses ?? [];
    const { tokenizer: _, ...dumb } = subject;
    const erf = { losses: [{ ...(loss as NonNullable<typeof loss>), gelu: 'erf' }] };
    const [, , row] = await rowsOf(checkpoint(erf));
    expect(row).toMatchObject({ kind: 'losses', outcome: 'skipped', reason: expect.stringContaining('erf') });
    const rows = await rowsOf(checkpoint(), dumb);
    const skipped = rows.filter(({ outcome }) => outcome === 'skipped');
    for (const { reason, source } of skipped)
      expect([Boolean(reason), Boolean(source)]).toEqual([true, true]);
    expect(skipped.filter(({ kind }) => kind === 'tokens')).toHaveLength(2);
    expect(summarise(rows)).toMatchObject({ verdict: 'passed', failed: 0 }); // those with ids remain
  });

  it('fail, with the reason, when something goes wrong in computing them', async () => {
    const [activation] = published.activations ?? [];
    const values = [
      { name: 'no_such', layer: 0 },
      { position: 99 },
      { layer: 0, name: 'resid_post', columns: [config.n_embd] },
      { prompt: { ids: [99999] } },
    ].map((given) => ({ ...(activation as NonNullable<typeof activation>), ...given }));
    const rows = (await rowsOf(checkpoint({ activations: values }))).slice(2);
    expect(rows.map(({ outcome }) => outcome)).toEqual(values.map(() => 'failed'));
    const reasons = rows.map(({ reason = 'none' }) => reason);
    expect(reasons).toEqual([
      expect.stringContaining('"no_such"'),
      expect.stringContaining('99'),
      'none',
      expect.stringContaining('99999'),
    ]);
    const tokens = [{ ...published.probabilities?.[0], next: ['two words'], values: [0] }];
    const [, , row] = await rowsOf(checkpoint({ probabilities: tokens as Published['probabilities'] }));
    expect(row).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/two words.*tokens/) });
  });

  it('are not computed in a model of another shape, which itself fails', async () => {
    const rows = await rowsOf(checkpoint(published, { sizes: { ...config, n_layer: 12 } }));
    expect(rows[0]).toMatchObject({ kind: 'shape', outcome: 'failed' });
    for (const { kind, outcome } of rows.slice(2))
      expect(outcome).toBe(kind === 'tokens' ? 'passed' : 'skipped');
    expect(summarise(rows).verdict).toBe('failed');
  });
});

describe('a sum', () => {
  it('is never a pass when nothing was checked that depends on the numbers', async () => {
    expect(summarise([]).verdict).toBe('unproven');
    const tokensOnly = await rowsOf(
      checkpoint({ tokens: published.tokens, benchmarks: published.benchmarks }),
    );
    expect(tokensOnly.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(summarise(tokensOnly)).toMatchObject({ verdict: 'unproven', passed: 4, skipped: 1 });
    expect(summarise(tokensOnly).text).toMatch(/^Not verified/);
  });
});
