import { NAMESPACE } from '../../../src/namespace';
import { dynamicFunctions, newFunctions, worksheetFunctions } from './function-names';

/**
 * Formulas as .xlsx files hold them. Functions newer than the format have a prefix there, names inside LET and LAMBDA
 * too, and functions of an add-in are called `_xldudf_NAMESPACE_NAME`. Excel reads plain names of an add-in as names
 * that it does not know.
 */

const ADD_IN = '_xldudf_';

/** One piece of a formula: what is quoted is left alone. */
const PIECES = /"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}_\\][\p{L}\p{N}_.\\]*(?=\s*\()|[\s\S]/gu;
/** A reference to all that the formula in a cell fills. */
const FILLED = /((?:'(?:[^']|'')*'|[\p{L}_][\p{L}\p{N}_.]*)!)?(\$?[A-Z]{1,3}\$?\d+)#/giu;

/**
 * A formula of the grid, for a file.
 *
 * @param formula With its `=`.
 * @returns Without.
 */
export function formulaForFile(formula: string): string {
  const text = withParameters(formula.replace(/^=/, ''), (name) => `_xlpm.${name}`);
  return outsideTexts(text.replace(PIECES, nameForFile), (part) =>
    part.replace(FILLED, (_, sheet = '', cell) => `_xlfn.ANCHORARRAY(${sheet}${cell})`),
  );
}

/**
 * A formula of a file, for the grid.
 *
 * @returns With its `=`.
 */
export function formulaFromFile(formula: string, ours: ReadonlySet<string>): string {
  const text = outsideTexts(formula, (part) =>
    part
      .replace(/(?:\[\d+\]|'[^']*'|[\p{L}\p{N}_.]+)!(?=_xldudf_)/giu, '')
      .replace(/_xlfn\.ANCHORARRAY\(([^()]*)\)/gi, '$1#')
      .replace(/\b(?:_xlfn\.|_xlws\.|_xlpm\.)+/gi, '')
      .replace(/\b_xldudf_([\p{L}\p{N}_]+)/giu, (whole, name: string) => ourName(name, ours) ?? whole),
  );
  return `=${text}`;
}

/** The functions that a formula calls, in capitals. */
export function functionsIn(formula: string): string[] {
  return [...formula.matchAll(PIECES)].flatMap(([piece]) =>
    /^[\p{L}_\\]/u.test(piece) && piece.length > 1 ? piece.toUpperCase() : [],
  );
}

/** Whether the grid can calculate a formula: it calls what is known, and refers to nothing outside the workbook. */
export function canCalculate(formula: string, knows: (name: string) => boolean): boolean {
  const bare = formula.replace(/"(?:[^"]|"")*"/g, '');
  // `[1]Sheet!A1` is another workbook, `Table[Column]` a part of a table.
  if (/\[/.test(bare)) return false;
  const own = new Set(parametersIn(formula));
  return functionsIn(formula).every((name) => own.has(name) || knows(name));
}

/** Whether a formula calls a function of the add-in. */
export function callsOurs(formula: string): boolean {
  const prefix = `${NAMESPACE.toUpperCase()}.`;
  return functionsIn(formula).some((name) => name.startsWith(prefix));
}

/** Whether the result of a formula may fill more than one cell. */
export function mayFill(formula: string): boolean {
  return (
    callsOurs(formula) ||
    functionsIn(formula).some((name) => dynamicFunctions.has(name)) ||
    formula.replace(/"(?:[^"]|"")*"/g, '').search(FILLED) >= 0
  );
}

function nameForFile(piece: string): string {
  if (piece.length < 2 || /^["']/.test(piece)) return piece;
  const name = piece.toUpperCase();
  if (name.startsWith(`${NAMESPACE.toUpperCase()}.`)) return `${ADD_IN}${name.replaceAll('.', '_')}`;
  if (worksheetFunctions.has(name)) return `_xlfn._xlws.${name}`;
  return newFunctions.has(name) ? `_xlfn.${name}` : piece;
}

/** `GPT2_EMBED` is `GPT2.EMBED`, if there is such a function. */
function ourName(stored: string, ours: ReadonlySet<string>): string | undefined {
  const flat = stored.toUpperCase();
  return [...ours].find((name) => name.replaceAll('.', '_') === flat);
}

function outsideTexts(formula: string, change: (part: string) => string): string {
  return formula
    .split(/("(?:[^"]|"")*")/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}

/** The names that LET and LAMBDA give, in capitals. */
function parametersIn(formula: string): string[] {
  const names: string[] = [];
  const call = /(?<![\p{L}\p{N}_.])(LET|LAMBDA)\s*\(/giu;
  for (const found of formula.matchAll(call)) {
    const given = argumentsFrom(formula, found.index + found[0].length).slice(0, -1);
    const step = found[1]?.toUpperCase() === 'LET' ? 2 : 1;
    for (let index = 0; index < given.length; index += step) {
      const name = given[index]?.trim() ?? '';
      if (/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name)) names.push(name.toUpperCase());
    }
  }
  return names;
}

function withParameters(formula: string, change: (name: string) => string): string {
  const names = new Set(parametersIn(formula));
  if (names.size === 0) return formula;
  return outsideTexts(formula, (part) =>
    part.replace(/(?<![\p{L}\p{N}_.$!'])[\p{L}_][\p{L}\p{N}_.]*(?![!'])/gu, (name) =>
      names.has(name.toUpperCase()) ? change(name) : name,
    ),
  );
}

/** The arguments of a call, given where the first begins. */
function argumentsFrom(formula: string, start: number): string[] {
  const given: string[] = [''];
  let depth = 0;
  for (const [piece] of formula.slice(start).matchAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|[\s\S]/g)) {
    if (depth === 0 && piece === ')') break;
    if (depth === 0 && piece === ',') {
      given.push('');
      continue;
    }
    if ('({'.includes(piece)) depth++;
    if (')}'.includes(piece)) depth--;
    given[given.length - 1] += piece;
  }
  return given;
}
