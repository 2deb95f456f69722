import { expect, it } from 'vitest';
import { course } from '../../src/lessons/course';
import { citationsOf, type Fact, facts, GPT2_NAMES } from '../../src/lessons/facts';
import type { LessonModel, Step } from '../../src/lessons/lesson';
import { sources } from '../../src/lessons/sources';
import { knownModels } from '../../src/models/catalogue';
import { EMBEDDED } from '../../src/models/embedded';
import { published } from './published';

const shape = { n_layer: 12, n_head: 12, n_embd: 768, n_inner: 3072, n_positions: 1024, vocab_size: 50257 };
const models: readonly LessonModel[] = [
  { kind: 'tiny', name: EMBEDDED.name, config: EMBEDDED.config },
  { kind: 'gpt2', name: 'gpt2', config: { ...shape, layer_norm_epsilon: 1e-5 } },
];

/** Numbers of tables that are the lesson's own: places where GELU is computed. */
const OWN = ['curve'];

const all = Object.values<Fact>(facts);
const citedIn = ({ parts }: Step) => parts.flatMap((part) => (part.kind === 'source' ? part.facts : []));

/** All numbers somewhere in a value. */
const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : value && typeof value === 'object'
      ? Object.values(value).flatMap(numbersIn)
      : [];

/** The lessons that cite a fact, for one of the models or in their notes. */
const usedIn = (one: Fact): number[] =>
  course.flatMap(({ number, steps, notes }) => {
    const cited = [...models.flatMap((model) => steps(model).flatMap(citedIn)), ...(notes.facts ?? [])];
    return cited.includes(one) ? [number] : [];
  });

it('cites every fact somewhere, and every source by a fact', () => {
  expect(all.filter((one) => usedIn(one).length === 0).map(({ says }) => says)).toEqual([]);
  const named = new Set(all.map(({ source }) => source));
  expect(Object.keys(sources).filter((name) => !named.has(name as Fact['source']))).toEqual([]);
});

it.each(course.map((lesson) => [lesson.title, lesson] as const))(
  'has no number in a table of %s that a source beside it does not give',
  (_, lesson) => {
    for (const model of models) {
      for (const step of lesson.steps(model)) {
        const given = new Set(citedIn(step).flatMap(({ figures }) => numbersIn(figures)));
        for (const part of step.parts) {
          if (part.kind !== 'grid' || OWN.includes(part.key)) continue;
          const unknown = part.cells.flat().filter((cell) => typeof cell === 'number' && !given.has(cell));
          expect(unknown, part.key).toEqual([]);
        }
      }
    }
  },
);

it('has the shapes of GPT-2 that the models of the pane have', () => {
  const known = knownModels('https://school.example/');
  const configs = GPT2_NAMES.map((wanted) => known.find(({ name }) => name === wanted)?.config);
  expect(configs.map((config) => config?.n_layer)).toEqual(facts.gpt2Shapes.figures.blocks);
  expect(configs.map((config) => config?.n_embd)).toEqual(facts.gpt2Shapes.figures.width);
  expect(configs.map((config) => config?.n_head)).toEqual(facts.gpt2Heads.figures.heads);
  for (const config of configs) {
    expect(config?.n_positions).toBe(facts.gpt2Text.figures.context);
    expect(config?.vocab_size).toBe(facts.gpt2Text.figures.tokens);
    expect(config?.layer_norm_epsilon).toBe(facts.normCode.figures.epsilon);
  }
});

it('has figures that agree with one another', () => {
  const { bytes, merges } = facts.gpt2Merges.figures;
  expect(bytes + merges + 1).toBe(facts.gpt2Text.figures.tokens);
  expect(facts.byteLevel.figures.bytes).toBe(bytes);
  expect(facts.gpt3Operations.figures.all).toBe(facts.sixOperations.figures.all);
  const { names, billions, percent, times, billionsSeen } = facts.gpt3Data.figures;
  // Of the others, the paper's own figures do not fit together: 300 × 22 % / 19 is not 2.9.
  for (const name of ['Common Crawl', 'Books1', 'Books2', 'Wikipedia'] as const) {
    const i = names.indexOf(name);
    const [size, part] = [billions[i] as number, percent[i] as number];
    const least = (billionsSeen * (part - 0.5)) / 100 / (size + 0.5);
    const most = (billionsSeen * (part + 0.5)) / 100 / (size - 0.5);
    expect(times[i]).toBeGreaterThan(least);
    expect(times[i]).toBeLessThan(most);
  }
  const { operations, days } = facts.gpt3Compute.figures;
  expect(operations / 1e15 / 86400 / days).toBeCloseTo(1, 2);
});

it('names each work once, with all its places', () => {
  const [one, ...others] = citationsOf([facts.gpt2Text, facts.cbtScores, facts.gpt2Norms]);
  expect(others).toEqual([]);
  expect(one?.places).toEqual(['section 2.3', 'table 3']);
});

it('is listed in docs/facts.md (`npx vitest run -u test/lessons/sources` writes it)', async () => {
  await expect(published(all, usedIn)).toMatchFileSnapshot('../../docs/facts.md');
});
