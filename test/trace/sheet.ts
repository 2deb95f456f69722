import * as arithmetic from '../../functions/arithmetic';
import * as attention from '../../functions/attention';
import * as block from '../../functions/block';
import * as embedding from '../../functions/embedding';
import * as model from '../../functions/model';
import * as output from '../../functions/output';
import * as scoring from '../../functions/scoring';
import * as text from '../../functions/text';
import * as vectors from '../../functions/vectors';
import { Engine } from '../../src/engine/engine';
import type { Model } from '../../src/gpt2/reference';
import type { Tokenizer } from '../../src/gpt2/tokenizer';
import { type EngineClient, provideEngine } from '../../src/rpc/client';
import type { ReadRequest, Slice } from '../../src/rpc/protocol';
import { parseFormula } from '../../src/trace/formula';
import { literal } from '../../src/trace/literal';
import type { Reader } from '../../src/trace/reader';
import { ModelParameters, nearest } from '../../src/worker/parameters';
import { resolvePositions } from '../../src/worker/requests';
import { scoreTokens } from '../../src/worker/score';

type Formula = (...args: unknown[]) => Promise<unknown>;

/** What the cells of a range hold, by its text in a formula. */
export type Ranges = Record<string, unknown[][]>;

/** The functions themselves, by the names that formulas have for them. */
const FORMULAS = new Map<string, Formula>(
  [arithmetic, attention, block, embedding, model, output, scoring, text, vectors].flatMap((file) =>
    Object.entries(file).map(([name, formula]): [string, Formula] => [
      name.replace(/[A-Z]/g, '_$&').toUpperCase(),
      formula as Formula,
    ]),
  ),
);

export const isFormula = (name: string): boolean => FORMULAS.has(name);

/** One cell as its value, which every function takes where it takes ranges too. */
const alone = (value: unknown): unknown => {
  const cells = value as unknown[][] | null;
  return Array.isArray(cells) && cells.length === 1 && cells[0]?.length === 1 ? cells[0][0] : value;
};

/** Calls a function with its arguments as ranges or single values. */
export async function callFormula(name: string, args: readonly unknown[]): Promise<unknown[][]> {
  const formula = FORMULAS.get(name);
  if (!formula) throw new Error(`There is no formula ${name}.`);
  const filled = [...args.map(alone), ...new Array<null>(formula.length - 1 - args.length).fill(null), {}];
  const value = await formula(...filled);
  return Array.isArray(value) ? (value as unknown[][]) : [[value]];
}

/** What a formula of ours shows: calls, ranges, literals, and sums of these. */
export async function evaluate(formula: string, ranges: Ranges): Promise<unknown[][]> {
  const text = formula.replace(/^=/, '').trim();
  const known = ranges[text] ?? literal(text);
  if (known) return known;
  const parsed = parseFormula(`=${text}`);
  if ('call' in parsed) {
    const { name, args } = parsed.call;
    return callFormula(
      name,
      await Promise.all(args.map((arg) => (arg === '' ? null : evaluate(arg, ranges)))),
    );
  }
  const plus = topLevelPlus(text);
  if (plus < 0) throw new Error(`${text} could not be evaluated.`);
  const [a, b] = await Promise.all([
    evaluate(text.slice(0, plus), ranges),
    evaluate(text.slice(plus + 1), ranges),
  ]);
  return a.map((row, r) => row.map((cell, c) => (cell as number) + (b[r]?.[c] as number)));
}

function topLevelPlus(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')') depth--;
    if (text[i] === '+' && depth === 0) return i;
  }
  return -1;
}

let current: EngineClient;
// The formulas have one engine for good; here it stands for whichever model is open.
provideEngine(
  new Proxy({} as EngineClient, {
    get: (_, key) => (key === 'then' ? undefined : current[key as keyof EngineClient]),
  }),
);

/** Opens a model in this process for the formulas and for explanations. */
export async function openModel(
  model: Model,
  tokenizer?: Tokenizer,
): Promise<Reader & { close(): Promise<void> }> {
  const engine = await Engine.open(model, { backend: 'wasm' });
  const parameters = new ModelParameters(model, async (name) => model.weights.get(name));
  const ids = async (prompt: { text: string } | { ids: readonly number[] }) => {
    if ('ids' in prompt) return [...prompt.ids];
    if (!tokenizer) throw new Error('This model has no vocabulary.');
    return prompt.text === '' ? [tokenizer.endOfText] : tokenizer.encode(prompt.text);
  };
  const reader = {
    opened: async () => ({ model: { config: model.config, hasTokenizer: tokenizer !== undefined } }),
    async read({ from, wants }: ReadRequest, signal?: AbortSignal) {
      const source = 'start' in from ? from : { ids: await ids(from) };
      const tokens = 'start' in source ? (source.start.values.dims[0] as number) : source.ids.length;
      return { tensors: await engine.read({ ...source, wants: resolvePositions(wants, tokens), signal }) };
    },
    ids,
    show: async (list: readonly number[]) => list.map((id) => tokenizer?.show(id) ?? ''),
    decode: async (list: readonly number[]) => tokenizer?.decode(list) ?? '',
    weight: (name: string, part: Slice) => parameters.slice(name, part),
    parameters: async () => parameters.list,
    nearest: async (vector: Float64Array, k: number, without: readonly number[]) =>
      nearest(model, vector, k, without),
    score: (request: Parameters<typeof scoreTokens>[1], signal?: AbortSignal) =>
      scoreTokens(engine, request, signal as AbortSignal),
    close: () => engine.dispose(),
  };
  current = reader as unknown as EngineClient;
  return reader;
}
