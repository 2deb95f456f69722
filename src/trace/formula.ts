import { NAMESPACE } from '../namespace';

/** A call of one of our functions, as it stands in a formula. */
export interface Call {
  /** Without the namespace, such as `SCORES`. */
  readonly name: string;
  /** Without the spaces around them; `''` for one that was left out. */
  readonly args: readonly string[];
}

/** What a formula is made of: one call of ours and nothing else, or something larger with such calls inside it. */
export type Parsed = { readonly call: Call } | { readonly inside: readonly string[] };

const OPENS = '({[';
const CLOSES = ')}]';

/** Where the text in quotes that begins at `at` ends; a doubled quote does not end it. */
function endOfQuote(text: string, at: number): number {
  const quote = text[at];
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] !== quote) continue;
    if (text[i + 1] === quote) i++;
    else return i + 1;
  }
  return text.length;
}

/** Tells every character outside quotes and how many brackets are open before it; ends when `see` says so. */
function scan(text: string, from: number, see: (at: number, depth: number) => boolean | undefined): void {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '"' || char === "'") {
      i = endOfQuote(text, i) - 1;
      continue;
    }
    if (CLOSES.includes(char)) depth--;
    if (see(i, depth)) return;
    if (OPENS.includes(char)) depth++;
  }
}

/** The call that begins at `at`, with its end; undefined where none does. */
function callAt(text: string, at: number, namespace: string): { call: Call; end: number } | undefined {
  const before = at > 0 ? (text[at - 1] as string) : '';
  if (/[\w.!]/.test(before)) return undefined;
  const head = text.slice(at, at + namespace.length + 1);
  if (head.toUpperCase() !== `${namespace}.`.toUpperCase()) return undefined;
  const [whole, name] = /^([A-Z][A-Z0-9_.]*)\s*\(/i.exec(text.slice(at + head.length)) ?? [];
  if (!whole || !name) return undefined;
  const open = at + head.length + whole.length - 1;
  const commas: number[] = [];
  let end = text.length;
  scan(text, open, (i, depth) => {
    if (text[i] === ',' && depth === 1) commas.push(i);
    if (text[i] !== ')' || depth !== 0) return false;
    end = i;
    return true;
  });
  const cuts = [open, ...commas, end];
  const args = cuts.slice(1).map((cut, i) => text.slice((cuts[i] as number) + 1, cut).trim());
  const none = args.length === 1 && args[0] === '';
  return { call: { name: name.toUpperCase(), args: none ? [] : args }, end: end + 1 };
}

/** Reads a formula in English, with commas between arguments. A leading `@` or `+`, as Excel and people put it, is passed over. */
export function parseFormula(formula: string, namespace = NAMESPACE): Parsed {
  const text = formula.replace(/^\s*=\s*[@+]?\s*/, '').trimEnd();
  const first = callAt(text, 0, namespace);
  if (first && first.end === text.length) return { call: first.call };
  const inside: string[] = [];
  scan(text, 0, (i) => {
    const found = callAt(text, i, namespace);
    if (found) inside.push(`=${text.slice(i, found.end)}`);
    return false;
  });
  return { inside };
}

/** A sum or difference in its terms, each with its sign; undefined for a text that is none. */
export function termsOf(text: string): { sign: 1 | -1; term: string }[] | undefined {
  const cuts: number[] = [];
  scan(text, 0, (i, depth) => {
    // A sign that follows nothing, an operator or the e of `1e-5` adds nothing up.
    const adds = '+-'.includes(text[i] as string) && /[^\s+\-*/^&=<>,(]\s*$/.test(text.slice(0, i));
    if (adds && depth === 0 && !/(^|[^\w.])[\d.]+e$/i.test(text.slice(0, i))) cuts.push(i);
    return false;
  });
  if (cuts.length === 0) return undefined;
  const starts = [-1, ...cuts];
  return starts.map((start, i) => ({
    sign: text[start] === '-' ? -1 : 1,
    term: text.slice(start + 1, cuts[i] ?? text.length).trim(),
  }));
}

const CELL = String.raw`\$?[A-Z]{1,3}\$?[1-9]\d*`;
const RANGE = String.raw`(?:${CELL}(?::${CELL}|#)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+)`;
const SHEET = String.raw`(?:'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!`;
const NAME = String.raw`[\p{L}_\\][\p{L}\p{N}_.\\]*`;
const REFERENCE = new RegExp(`^(?:${SHEET})?(?:${RANGE}|${NAME})$`, 'iu');

/** Whether an argument is a cell, a range or a name, and no more: its cells are on a sheet already. */
export const isReference = (argument: string): boolean =>
  REFERENCE.test(argument) && !/^(TRUE|FALSE)$/i.test(argument);

const UNQUALIFIED = new RegExp(
  String.raw`"(?:[^"]|"")*"|${SHEET}${RANGE}|(?<![\p{L}\p{N}_.$!])${RANGE}(?![\p{L}\p{N}_.(!])`,
  'giu',
);

/** An argument whose references name their sheet, so that it means the same on every sheet. */
export function qualified(argument: string, sheet: string | undefined): string {
  if (sheet === undefined) return argument;
  const name = /^[A-Z_][A-Z0-9_]*$/i.test(sheet) && !isReferenceLike(sheet) ? sheet : quoted(sheet);
  return argument.replace(UNQUALIFIED, (found) =>
    found.startsWith('"') || found.includes('!') ? found : `${name}!${found}`,
  );
}

const isReferenceLike = (name: string) => new RegExp(`^${CELL}$|^R\\d*C\\d*$`, 'i').test(name);
const quoted = (sheet: string) => `'${sheet.replaceAll("'", "''")}'`;

/** A call as text, without the leading `=`. */
export const callText = (name: string, ...args: readonly (string | number)[]): string =>
  `${NAMESPACE}.${name}(${args.join(',')})`;

/** A text as a formula has it. */
export const textLiteral = (text: string): string => `"${text.replaceAll('"', '""')}"`;
