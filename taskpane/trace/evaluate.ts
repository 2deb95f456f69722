import { NAMESPACE } from '../../src/namespace';
import { registered } from '../../src/sheet/registered';
import { isReference, parseFormula, termsOf } from '../../src/trace/formula';
import { literal } from '../../src/trace/literal';
import { strings } from './strings';

type Cells = unknown[][];

/** Reads a range or a name, as it stands in an argument. */
export type Read = (reference: string) => Promise<Cells>;

const words = strings.argument;

/**
 * The values of an argument, by rows: of literals, references, calls of the add-in's own formulas, and sums of these.
 * @throws Error with a sentence that goes on from `The argument … could not be read:`
 */
export async function evaluate(text: string, read: Read, signal?: AbortSignal): Promise<Cells> {
  const written = literal(text);
  if (written) return written;
  if (isReference(text)) return read(text);
  const parsed = parseFormula(`=${text}`);
  if ('call' in parsed) {
    const { name, args } = parsed.call;
    const values = args.map((arg) => (arg === '' ? null : evaluate(arg, read, signal)));
    return call(name, await Promise.all(values), signal);
  }
  const terms = termsOf(text);
  if (terms) {
    const values = await Promise.all(terms.map(({ term }) => evaluate(term, read, signal)));
    return values.map((cells, i) => scaled(cells, terms[i]?.sign ?? 1)).reduce(sum);
  }
  const [, inner] = /^\(([\s\S]*)\)$/.exec(text) ?? [];
  if (inner !== undefined) return evaluate(inner.trim(), read, signal);
  throw new Error(words.calculation(text));
}

/** Calls a formula as a cell does. */
async function call(name: string, args: readonly (Cells | null)[], signal?: AbortSignal): Promise<Cells> {
  const full = `${NAMESPACE}.${name}`;
  const formula = registered(name);
  if (!formula) throw new Error(words.unknown(full));
  const invocation: { onCanceled?: () => void; setResult(): void } = { setResult: () => undefined };
  const left = Math.max(0, formula.length - 1 - args.length);
  const cancel = () => invocation.onCanceled?.();
  signal?.throwIfAborted();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const value = await formula(...args.map(alone), ...new Array<null>(left).fill(null), invocation);
    signal?.throwIfAborted();
    if (value === undefined) {
      cancel();
      throw new Error(words.streams(full));
    }
    return Array.isArray(value) ? (value as Cells) : [[value]];
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** One cell as its value: formulas that want a single value take it, those that want a range do, too. */
const alone = (cells: Cells | null): unknown =>
  cells?.length === 1 && cells[0]?.length === 1 ? cells[0][0] : cells;

const scaled = (cells: Cells, sign: 1 | -1): number[][] =>
  cells.map((row) =>
    row.map((value) => {
      // As in a spreadsheet, a blank cell adds nothing.
      if (value !== null && typeof value !== 'number') throw new Error(words.notNumbers);
      return sign * (value ?? 0);
    }),
  );

function sum(a: number[][], b: number[][]): number[][] {
  const single = (cells: number[][]) => cells.length === 1 && cells[0]?.length === 1;
  if (single(a) && !single(b)) return sum(b, a);
  const added = single(b) ? a.map((row) => row.map(() => b[0]?.[0] as number)) : b;
  const fits = added.length === a.length && a.every((row, r) => row.length === added[r]?.length);
  if (!fits) throw new Error(words.shapes);
  return a.map((row, r) => row.map((value, c) => value + (added[r]?.[c] as number)));
}
