import { NAMESPACE } from '../namespace';

/** One argument of a formula: a value as Excel hands it over, or a formula within the formula. */
export type Term =
  | { readonly text: string; readonly value: unknown }
  | { readonly text: string; readonly id: string; readonly terms: readonly Term[] };

/** The pieces of a formula's text: texts in quotes, numbers, names, and single signs. */
const PIECES = /"(?:[^"]|"")*"|-?\d[\d.]*(?:e[+-]?\d+)?|[A-Za-z_][\w.]*|\S/gi;

/**
 * Reads the arguments of an example: texts, numbers, TRUE and FALSE, `{1, 2; 3, 4}`, and calls of our own formulas.
 * @throws Error quoting what it cannot read
 */
export function parseTerms(text: string): Term[] {
  const pieces = text.match(PIECES) ?? [];
  let at = 0;
  const take = (wanted: string) => {
    if (pieces[at] !== wanted)
      throw new Error(`${text}: ${wanted} is missing before ${pieces[at] ?? 'the end'}.`);
    at++;
  };
  const list = (end: string | undefined): Term[] => {
    const terms: Term[] = [];
    while (pieces[at] !== end) {
      if (terms.length > 0) take(',');
      terms.push(term());
    }
    return terms;
  };
  const term = (): Term => {
    const piece = pieces[at++];
    if (piece === '{') return array();
    if (piece?.startsWith(`${NAMESPACE}.`)) {
      take('(');
      const terms = list(')');
      take(')');
      return { text: write(piece, terms), id: piece.slice(NAMESPACE.length + 1), terms };
    }
    return { text: piece ?? '', value: literal(piece) };
  };
  const array = (): Term => {
    const rows: unknown[][] = [[]];
    for (let sign = ','; sign !== '}'; sign = pieces[at++] ?? '}') {
      if (sign === ';') rows.push([]);
      rows.at(-1)?.push(literal(pieces[at++]));
    }
    return {
      text: `{${rows.map((row) => row.map((cell) => JSON.stringify(cell)).join(', ')).join('; ')}}`,
      value: rows,
    };
  };
  const literal = (piece: string | undefined): unknown => {
    if (piece?.startsWith('"')) return piece.slice(1, -1).replaceAll('""', '"');
    if (piece === 'TRUE' || piece === 'FALSE') return piece === 'TRUE';
    if (piece === undefined || Number.isNaN(Number(piece))) throw new Error(`${text}: ${piece} is no value.`);
    return Number(piece);
  };
  return list(undefined);
}

/** A call as one types it, without the equals sign; arguments left out at the end are not written. */
export function write(name: string, terms: readonly (Term | undefined)[]): string {
  const written = terms.map((term) => term?.text ?? '').join(', ');
  return `${name}(${written.replace(/[, ]+$/, '')})`;
}
