import type { Draft, Place } from './draft';
import { refer } from './draft';
import { DATA } from './frame';
import { strings } from './strings';

/** One table of numbers with a row for each token: what it is called, how it comes about, and from what. */
export interface Section {
  readonly title: string;
  readonly about: string;
  /** The formula in words. */
  readonly math?: string;
  /** What it is computed from, and where that lies. */
  readonly from?: readonly (readonly [name: string, place: Place])[];
  readonly columns: number;
  /** Names of groups of as many columns each, such as heads. */
  readonly groups?: readonly string[];
  /** Captions of the columns, if they are not numbered within their group. */
  readonly captions?: readonly string[];
  /** Whether columns are tokens, too, which are then named. */
  readonly tokensAcross?: boolean;
}

/** The prompt's tokens as text [room], 0 in rows without one, and which ones they are at first. */
export interface TokenColumn {
  readonly place: Place;
  readonly texts: readonly string[];
}

/** Links to operands stand this many columns apart. */
const APART = 4;

/**
 * Writes heading, explanation, links and captions of a table, and positions and tokens beside it.
 *
 * @returns where its numbers go, and the row of the next table
 */
export function putSection(
  draft: Draft,
  row: number,
  { title, about, math, from = [], columns, groups = [], captions, tokensAcross }: Section,
  tokens: TokenColumn,
): { readonly data: Place; readonly across: Place; readonly next: number } {
  draft.height(row, 30);
  draft.put(row, 1, title, 'heading');
  draft.put(row + 1, 1, about, 'text');
  if (math) draft.put(row + 2, 1, math, 'hint');
  if (from.length > 0) {
    draft.put(row + 3, 1, strings.captions.from, 'hint');
    from.forEach(([name, place], at) => {
      draft.link(row + 3, DATA + APART * at, name, place);
    });
  }
  const header = row + 5;
  const width = groups.length > 0 ? columns / groups.length : columns;
  groups.forEach((group, at) => {
    draft.put(header - 1, DATA + at * width, group, 'caption');
  });
  draft.put(header, 0, strings.captions.place, 'captionOfPositions');
  draft.put(header, 1, strings.captions.token, 'caption');
  for (let column = 0; column < columns; column++)
    draft.put(header, DATA + column, captions?.[column] ?? column % width, 'captionOfNumbers');
  const first = header + (tokensAcross ? 2 : 1);
  for (let column = 0; tokensAcross && column < columns; column++) {
    putToken(draft, header + 1, DATA + column, tokens, column % width, 'spareTokenAcross');
  }
  putRowLabels(draft, first, tokens);
  return {
    data: draft.at(first, DATA, tokens.place.rows, columns),
    across: draft.at(header, DATA, 1, columns),
    next: first + tokens.place.rows + 2,
  };
}

/** Positions and tokens down the side of a table. */
function putRowLabels(draft: Draft, first: number, tokens: TokenColumn): void {
  for (let t = 0; t < tokens.place.rows; t++) {
    draft.put(first + t, 0, t, 'position');
    putToken(draft, first + t, 1, tokens, t, 'spareToken');
  }
}

function putToken(
  draft: Draft,
  row: number,
  column: number,
  { place, texts }: TokenColumn,
  t: number,
  look: 'spareToken' | 'spareTokenAcross',
): void {
  const cell = refer({ ...place, top: place.top + t, rows: 1 }, draft.name);
  draft.put(row, column, `=${cell}`, look, { result: texts[t] || 0 });
}
