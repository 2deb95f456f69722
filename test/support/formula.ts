/** A token of a formula. */
type Token = { readonly kind: 'number' | 'text' | 'name' | 'call' | 'cell' | 'sign'; readonly text: string };

const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['text', /"(?:[^"]|"")*"/y],
  ['number', /\d+(?:\.\d+)?(?:E[+-]?\d+)?/y],
  ['call', /[A-Z_][A-Za-z0-9_.]*(?=\()/y],
  ['cell', /(?:'(?:[^']|'')+'!|[A-Za-z_][\w.]*!)?\$?[A-Z]{1,3}\$?[1-9]\d*(?![\w(])/y],
  ['name', /TRUE|FALSE/y],
  ['sign', /<=|>=|<>|[-+*/^&=<>(),:]/y],
];

/** What a formula calls and refers to. */
export interface Parsed {
  readonly functions: readonly string[];
  /** Addresses, with their sheets where they name one. */
  readonly cells: readonly string[];
}

/**
 * Reads a formula as a file has it, without `=`, by the grammar that all spreadsheets share: comparisons, `&`, sums,
 * products, powers, signs, ranges, calls.
 * @throws Error saying where it is no formula
 */
export function parseFormula(formula: string): Parsed {
  const tokens = tokensOf(formula);
  const functions: string[] = [];
  const cells: string[] = [];
  let at = 0;
  const fail = () => {
    throw new Error(`“${formula}” is no formula: at ${tokens[at]?.text ?? 'its end'}.`);
  };
  const takes = (...texts: string[]) => {
    if (tokens[at]?.kind !== 'sign' || !texts.includes(tokens[at]?.text ?? '')) return false;
    at++;
    return true;
  };
  const levels = [['=', '<>', '<', '>', '<=', '>='], ['&'], ['+', '-'], ['*', '/'], ['^'], [':']];
  const level = (depth: number): void => {
    const signs = levels[depth];
    if (!signs) {
      operand();
      return;
    }
    // Signs before a number bind more tightly than powers, as in every spreadsheet.
    do level(depth + 1);
    while (takes(...signs));
  };
  const operand = (): void => {
    while (takes('-', '+'));
    const token = tokens[at];
    if (takes('(')) {
      level(0);
      if (!takes(')')) fail();
    } else if (token?.kind === 'call') {
      functions.push(token.text);
      at += 2;
      if (takes(')')) return;
      do {
        // An argument may be left out.
        if (!(tokens[at]?.kind === 'sign' && [',', ')'].includes(tokens[at]?.text ?? ''))) level(0);
      } while (takes(','));
      if (!takes(')')) fail();
    } else if (token && token.kind !== 'sign') {
      if (token.kind === 'cell') cells.push(token.text);
      at++;
    } else fail();
  };
  level(0);
  if (at < tokens.length) fail();
  return { functions, cells };
}

function tokensOf(formula: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < formula.length) {
    const from = at;
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const [text] = pattern.exec(formula) ?? [];
      if (!text) continue;
      tokens.push({ kind, text });
      at += text.length;
      break;
    }
    if (at === from) throw new Error(`“${formula}” is no formula: ${formula.slice(at, at + 12)} is unknown.`);
  }
  return tokens;
}
