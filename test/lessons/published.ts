import type { Fact } from '../../src/lessons/facts';
import { sources } from '../../src/lessons/sources';

const figuresIn = (value: unknown): string => {
  if (typeof value === 'number')
    return value >= 1e15 ? value.toExponential() : value.toLocaleString('en', { maximumFractionDigits: 6 });
  if (Array.isArray(value))
    return value.map((each) => (Array.isArray(each) ? each.join('.') : figuresIn(each))).join(', ');
  if (value && typeof value === 'object') {
    const named = Object.entries(value).map(([name, each]) =>
      each && typeof each === 'object' && !Array.isArray(each)
        ? `${name} (${figuresIn(each)})`
        : `${name} ${figuresIn(each)}`,
    );
    return named.join('; ');
  }
  return value === undefined ? '' : String(value);
};

/** The page of all facts: what the lessons take from elsewhere, with its figures, where it is written, and which lessons use it. */
export function published(facts: readonly Fact[], usedIn: (fact: Fact) => readonly number[]): string {
  const works = Object.entries(sources).map(([key, { name, link }]) => {
    const rows = facts
      .filter(({ source }) => source === key)
      .map((fact) => [fact.says, figuresIn(fact.figures), fact.place, usedIn(fact).join(', ')]);
    return [
      `## ${link ? `[${name}](${link})` : name}`,
      '',
      '| What | Figures | Where | Lessons |',
      '|---|---|---|---|',
      ...rows.map((cells) => `| ${cells.join(' | ')} |`),
      '',
    ].join('\n');
  });
  return `<!-- Written by test/lessons/sources.test.ts from src/lessons/facts.ts. -->

# What the lessons take from elsewhere

Each figure, where it is written, and the lessons that cite it. What lessons say of the built-in model besides is tested
against the model itself, and what GPT-2 does is computed on the sheet.

${works.join('\n')}`;
}
