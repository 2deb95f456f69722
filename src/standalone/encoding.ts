import type { Vocabulary } from '../gpt2/vocabulary';
import { CLASSES, classOf } from './characters';

/** How much text the sheet has rows and columns for. */
export interface Room {
  /** Rows: bytes of UTF-8, and so characters, too. */
  readonly bytes: number;
  /** Merges that one word may take. */
  readonly steps: number;
  readonly tokens: number;
}

/** A row of the table of characters. What there is no character for is empty. */
export interface CharacterRow {
  readonly place: number;
  readonly char: string;
  readonly code: number | '';
  readonly kind: number | '';
  readonly starts: 0 | 1;
  /** Letters left of a contraction such as 's, this one included. */
  readonly contraction: number;
  readonly word: number | '';
  readonly bytes: number;
  /** Bytes before it. */
  readonly before: number;
}

/** A row of the table of bytes. */
export interface ByteRow {
  readonly char: number | '';
  readonly byte: number | '';
  readonly id: number | '';
  readonly word: number | '';
  readonly first: number | '';
  readonly last: number | '';
}

/** One step of the merging, a value for each byte. Ids stand where a token begins. */
export interface Step {
  readonly ids: readonly (number | '')[];
  /** The rank of the merge with the next token and the row that it stands in, as one number; `NONE` for no merge. */
  readonly offers: readonly (number | '')[];
  /** The best offer of the word, where a token begins. */
  readonly best: readonly (number | '')[];
}

/** What every cell of the encoding holds. */
export interface Encoding {
  readonly characters: readonly CharacterRow[];
  readonly bytes: readonly ByteRow[];
  readonly steps: readonly Step[];
  /** Where the last step has led. */
  readonly final: readonly (number | '')[];
  /** How many tokens begin up to each row. */
  readonly counted: readonly number[];
}

/** An offer that there is not: higher than any rank. */
export const NONE = 1e9;
/** Rows that an offer can tell apart. */
export const ROWS = 10_000;

/**
 * Encodes a text in the same steps as the sheet's formulas, cell by cell: the numbers that the cells show before they are
 * calculated.
 */
export function encodeInSteps(text: string, vocabulary: Vocabulary, room: Room): Encoding {
  const characters = charactersOf(text, room.bytes);
  const bytes = bytesOf(characters, vocabulary, room.bytes);
  const ranks = new Map(vocabulary.merges.map(({ left, right }, rank) => [`${left} ${right}`, rank]));
  const size = (id: number) => vocabulary.tokens[id]?.bytes ?? 1;

  const steps: Step[] = [];
  let ids: readonly (number | '')[] = bytes.map(({ id }) => id);
  for (let step = 0; step < room.steps; step++) {
    const now = ids;
    const offers = now.map((id, row) => {
      if (id === '') return '';
      const next = row + size(id);
      const rank = next <= (bytes[row]?.last as number) ? ranks.get(`${id} ${now[next]}`) : undefined;
      return rank === undefined ? NONE : rank * ROWS + row;
    });
    const best = bytes.map(({ first, last }, row) => {
      if (now[row] === '' || first === '' || last === '') return '';
      return Math.min(...offers.slice(first, last + 1).filter((offer) => offer !== ''));
    });
    steps.push({ ids, offers, best });
    ids = now.map((id, row) => {
      const offer = best[row];
      if (id === '' || offer === '' || offer === undefined || offer >= NONE) return id;
      const winner = offer % ROWS;
      if (winner === row) return vocabulary.merges[Math.floor(offer / ROWS)]?.result ?? '';
      return winner + size(now[winner] as number) === row ? '' : id;
    });
  }
  let count = 0;
  const counted = ids.map((id) => (id === '' ? count : ++count));
  return { characters, bytes, steps, final: ids, counted };
}

function charactersOf(text: string, rows: number): CharacterRow[] {
  const chars = [...text];
  const codes = chars.map((char) => char.codePointAt(0) as number);
  const kinds = codes.map(classOf);
  const made: CharacterRow[] = [];
  let place = 1;
  let before = 0;
  for (let i = 0; i < rows; i++) {
    const [char, code, kind] = [chars[i] ?? '', codes[i] ?? '', kinds[i] ?? ''] as const;
    const last = made[i - 1];
    const held = last?.contraction ?? 0;
    const starts = code !== '' && beginsWord(i, codes, kinds, held) ? 1 : 0;
    const contraction = held > 1 ? held - 1 : starts && code === 39 ? contractionAt(i, codes) : 0;
    const bytes = code === '' ? 0 : code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    const word = code === '' ? '' : ((last?.word as number | undefined) ?? 0) + starts;
    made.push({ place, char, code, kind, starts, contraction, word, bytes, before });
    place += char.length;
    before += bytes;
  }
  return made;
}

/** Whether a pre-token begins at a character. `held` are the letters left of a contraction at the one before. */
function beginsWord(i: number, codes: readonly number[], kinds: readonly number[], held: number): boolean {
  if (i === 0) return true;
  if (held > 1) return false;
  const kind = kinds[i];
  if (kind === CLASSES.space) {
    const next = kinds[i + 1];
    return kinds[i - 1] !== CLASSES.space || (next !== undefined && next !== CLASSES.space);
  }
  return !(codes[i - 1] === 32 || (kind === kinds[i - 1] && held === 0));
}

/** The length of a contraction that an apostrophe begins: 's, 't, 'm, 'd, 're, 've, 'll; 0 if it is none. */
function contractionAt(i: number, codes: readonly number[]): number {
  const [a, b] = [codes[i + 1], codes[i + 2]].map((code) =>
    code === undefined ? '' : String.fromCodePoint(code),
  );
  if (a && 'stmd'.includes(a)) return 2;
  return ['re', 've', 'll'].includes(`${a}${b}`) ? 3 : 0;
}

function bytesOf(characters: readonly CharacterRow[], vocabulary: Vocabulary, rows: number): ByteRow[] {
  const made: ByteRow[] = [];
  characters.forEach(({ code, bytes, word }, char) => {
    for (let at = 0; code !== '' && at < bytes && made.length < rows; at++) {
      const high = Math.floor(code / 64 ** (bytes - 1 - at));
      const byte = at === 0 ? high + (LEAD[bytes] as number) : 128 + (high % 64);
      made.push({ char, byte, id: vocabulary.byteIds[byte] as number, word, first: '', last: '' });
    }
  });
  const words = made.map(({ word }) => word);
  const whole = made.map((row) => ({
    ...row,
    first: words.indexOf(row.word),
    last: words.lastIndexOf(row.word),
  }));
  const empty: ByteRow = { char: '', byte: '', id: '', word: '', first: '', last: '' };
  return [...whole, ...Array.from({ length: rows - whole.length }, () => empty)];
}

/** What the first of so many bytes of a character has on top of its bits. */
export const LEAD = [0, 0, 192, 224, 240];
