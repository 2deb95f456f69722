import { shortest } from '../decimals';
import { CellError } from '../sheet/cell-error';
import type { Answer, Explanation, Link, Question, Value } from './explanation';
import { callText, parseFormula, qualified } from './formula';
import { literal } from './literal';
import type { Reader } from './reader';
import { strings } from './strings';
import { arithmetic } from './subjects/arithmetic';
import { outputs } from './subjects/output';
import { scoring } from './subjects/scoring';
import { stages } from './subjects/stage';
import { type Asked, inside, OutsideSpill, type Resolve, type Subject } from './subjects/subject';
import { parameters } from './subjects/weight';
import { Writing } from './writing';

const RESOLVERS = new Map<string, Resolve>(
  Object.entries({ ...stages, ...outputs, ...scoring, ...arithmetic, ...parameters }),
);

/** The names, without the namespace, of the formulas whose numbers can be explained. */
export const EXPLAINED: readonly string[] = [...RESOLVERS.keys()];

/**
 * Explains one cell of a spill: what its number means, what it was computed from, where that is and what reads it next.
 * Refusals of arguments come back as a sentence.
 * @throws EngineUnavailable when no model is open
 * @throws an error named AbortError when `signal` is aborted
 */
export async function explain(question: Question, reader: Reader, signal?: AbortSignal): Promise<Answer> {
  const parsed = parseFormula(question.formula);
  if ('inside' in parsed) {
    const sentence = parsed.inside.length > 0 ? strings.none.larger(parsed.inside) : strings.none.foreign;
    return { kind: 'none', sentence, calls: parsed.inside };
  }
  const { call } = parsed;
  const resolve = RESOLVERS.get(call.name);
  if (!resolve) return none(strings.none.formulas[call.name] ?? strings.none.unknown(call.name));
  const args = call.args.map((text) => qualified(text, question.sheet));
  try {
    const { config } = (await reader.opened()).model;
    const { rows, columns } = question;
    if (rows !== undefined && columns !== undefined) inside(question, rows, columns);
    const asked: Asked = { ...question, reader, config, args, signal, ...valuesOf(question, call.args) };
    const subject = await resolve(asked);
    if ('sentence' in subject) return none(subject.sentence);
    return explanationOf(question, call.name, callText(call.name, ...args), subject);
  } catch (error) {
    const sentence = refusal(error);
    if (sentence === undefined) throw error;
    return none(sentence);
  }
}

const none = (sentence: string): Answer => ({ kind: 'none', sentence, calls: [] });

/** An argument that could not be evaluated. */
class Unread extends Error {
  override name = 'Unread';
}

/** Reads arguments: literals here, everything else through the host; each once. */
function valuesOf({ evaluate }: Question, args: readonly string[]): Pick<Asked, 'values' | 'single'> {
  const known = new Map<number, Promise<unknown>>();
  const read = async (at: number): Promise<unknown> => {
    const text = args[at] ?? '';
    if (text === '') return null;
    const written = literal(text);
    if (written !== undefined) return written;
    try {
      return await evaluate(text);
    } catch (cause) {
      if (cause instanceof Error && cause.name === 'AbortError') throw cause;
      throw new Unread(strings.none.unread(text, cause instanceof Error ? cause.message : String(cause)));
    }
  };
  const values = (at: number): Promise<unknown> => {
    const found = known.get(at) ?? read(at);
    known.set(at, found);
    return found;
  };
  const single = async (at: number): Promise<unknown> => {
    const value = await values(at);
    return Array.isArray(value) ? (value as unknown[][])[0]?.[0] : value;
  };
  return { values, single };
}

/** What is wrong with the formula, in a sentence; undefined for errors that are not about it. */
function refusal(error: unknown): string | undefined {
  if (error instanceof OutsideSpill) return strings.none.outside(error.rows, error.columns);
  if (error instanceof Unread) return error.message;
  const refused =
    error instanceof CellError || (error instanceof Error && /^(Engine|Model)Error$/.test(error.name));
  return refused ? strings.none.refused(error.message) : undefined;
}

function explanationOf(question: Question, name: string, text: string, subject: Subject): Explanation {
  const { title, about, calculation, from = [], to } = subject;
  const stage = strings.stages[name] as string;
  const line = [
    stage,
    title.layer !== undefined && strings.axes.layer(title.layer),
    title.head !== undefined && strings.axes.head(title.head),
    title.row?.label,
    title.column?.label,
  ]
    .filter(Boolean)
    .join(' · ');
  const writing = new Writing(line);
  const result = calculation.write(writing);
  const own = `INDEX(${text},${question.row + 1},${question.column + 1})`;
  return {
    kind: 'explanation',
    title: { stage, formula: name, ...title, line },
    about,
    value: valueFor(question.value, calculation.result),
    lines: calculation.lines,
    tables: calculation.tables,
    notes: calculation.notes ?? [],
    operands: calculation.operands,
    from: distinct([...calculation.operands.map(({ link }) => link), ...from]),
    to,
    inCells: writing.finish(result, own, typeof calculation.result === 'string'),
  };
}

/** The shown value beside the recomputed one; where the host gave none, the latter as a cell would show it. */
function valueFor(given: unknown, recomputed: number | string): Value {
  const fallback = typeof recomputed === 'number' ? shortest(recomputed) : recomputed;
  const shown = typeof given === 'number' || typeof given === 'string' ? given : fallback;
  if (typeof shown !== 'number' || typeof recomputed !== 'number') return { shown, recomputed };
  return { shown, recomputed, difference: Math.abs(shown - recomputed) };
}

const distinct = (links: readonly Link[]): Link[] => {
  const seen = new Set<string>();
  return links.filter(({ formula, area }) => {
    const key = `${formula} ${JSON.stringify(area)}`;
    return !seen.has(key) && seen.add(key);
  });
};
