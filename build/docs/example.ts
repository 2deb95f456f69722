import { exampleArguments, exampleOf } from '../../src/catalogue/catalogue';
import { factsOf } from '../../src/catalogue/facts';
import { parseTerms, type Term } from '../../src/catalogue/terms';
import type { CallableInfo, Caller } from './call';

/** A formula's example and what it gives. */
export interface Example {
  /** With its `=`. */
  readonly formula: string;
  readonly terms: readonly Term[];
  readonly rows: readonly (readonly unknown[])[];
  /** What the rows and the columns stand for, where that is known; no part of the result. */
  readonly rowHeads?: readonly string[];
  readonly columnHeads?: readonly string[];
}

/** Computes a formula's example. @throws Error when it fails, or gives something of another size than the facts say */
export async function computeExample(caller: Caller, info: CallableInfo): Promise<Example> {
  const terms = parseTerms(exampleArguments(info));
  const formula = exampleOf(info);
  const outcome = await caller.call(info.id, terms);
  if ('code' in outcome) throw new Error(`${formula} gives ${outcome.code}: ${outcome.message}`);
  const { rows } = outcome;
  const { gives, columns } = factsOf(info.id);
  const tokens = gives.includes('T') && columns === undefined ? await tokensOf(caller, terms[0]) : undefined;
  const heads = (dim: string, length: number) =>
    dim === 'T' && tokens?.length === length && length > 1 ? tokens : undefined;
  const width = rows[0]?.length ?? 0;
  if (columns && columns.length !== width) {
    throw new Error(`${formula} gives ${width} columns; src/catalogue/facts.ts names ${columns.length}.`);
  }
  // A column of the tokens themselves needs no names beside it.
  const named = width > 1 || typeof rows[0]?.[0] === 'number';
  return {
    formula,
    terms,
    rows,
    rowHeads: named ? heads(gives[0], rows.length) : undefined,
    columnHeads: columns ?? heads(gives[1], width),
  };
}

/** The tokens of a prompt, one a row. */
async function tokensOf(caller: Caller, prompt: Term | undefined): Promise<string[] | undefined> {
  if (!prompt || !('value' in prompt) || typeof prompt.value !== 'string') return undefined;
  const outcome = await caller.call('TOKENS', [prompt]);
  return 'rows' in outcome ? outcome.rows.map(([token]) => String(token)) : undefined;
}
