import type { Vocabulary } from '../gpt2/vocabulary';
import { columnName } from '../workbook/address';
import { type Draft, type Place, refer } from './draft';
import { type ByteRow, type CharacterRow, encodeInSteps, LEAD, NONE, ROWS, type Room } from './encoding';
import { strings } from './strings';

/** Where other sheets find what was encoded. */
export interface EncodingPlaces {
  /** Token ids in the room's rows. */
  readonly finalIds: Place;
  /** Tokens up to each row. */
  readonly counts: Place;
  /** How many there are, bytes and tokens; and a check of each kind that is TRUE when something is wrong. */
  readonly lastRow: number;
  readonly bytesColumn: Place;
  readonly codes: Place;
  /** The condition under which characters are left over. */
  readonly tooLong: string;
  readonly lastBest: Place;
}

/** What the encoding looks up on other sheets. */
export interface Tables {
  readonly texts: Place;
  readonly sizes: Place;
  readonly byteIds: Place;
  readonly mergeCodes: Place;
  readonly mergeResults: Place;
  readonly runFirsts: Place;
  readonly runKinds: Place;
  readonly keyboard: Place;
}

/** Columns of the table. */
const AT = { char: 1, code: 2, kind: 3, place: 4, starts: 5, contraction: 6, word: 7, bytes: 8, before: 9 };
const BYTE = { ofChar: 11, byte: 12, id: 13, word: 14, first: 15, last: 16 };
const STEPS = 18;
/** Columns of a step, and a narrow one after them. */
const STEP_WIDTH = 5;

const words = strings.tokens;

/**
 * The encoding as a table: a row for each character and for each byte, four columns for each step.
 *
 * @param prompt the cell with the text
 * @param length the cell with its length
 * @param total the cell with the number of bytes
 */
export function putEncoding(
  draft: Draft,
  top: number,
  given: {
    text: string;
    vocabulary: Vocabulary;
    room: Room;
    tables: Tables;
    prompt: Place;
    length: Place;
    total: Place;
  },
): EncodingPlaces {
  const { room, vocabulary, tables } = given;
  const first = top + 5;
  const encoding = encodeInSteps(given.text, vocabulary, room);
  const own = (place: Place) => refer(place, draft.name);
  const column = (at: number) => draft.at(first, at, room.bytes);
  const table = Object.fromEntries(
    Object.entries(tables).map(([name, place]) => [name, own(place)]),
  ) as Record<keyof Tables, string>;
  const [prompt, length, total] = [own(given.prompt), own(given.length), own(given.total)];

  putHeadings(draft, top, room);
  encoding.characters.forEach((row, i) => {
    putCharacter(draft, first + i, i === 0, row, { prompt, length, ...table });
  });
  const bytes = { total, column: (at: number) => own(column(at)), ...table };
  encoding.bytes.forEach((row, i) => {
    putByte(draft, first + i, row, bytes);
  });
  for (let step = 0; step <= room.steps; step++) {
    const at = STEPS + step * STEP_WIDTH;
    const ids = encoding.steps[step]?.ids ?? encoding.final;
    for (let i = 0; i < room.bytes; i++) {
      const row = first + i;
      const cell = (place: number) => `$${columnName(place)}${row}`;
      const id = cell(at + 1);
      draft.put(row, at, `=IF(${id}="",0,INDEX(${table.texts},${id}+1))`, 'spareToken', {
        result: textOf(ids[i], vocabulary) || 0,
      });
      draft.put(row, at + 1, `=${step === 0 ? `$N${row}` : joined(at - STEP_WIDTH, row)}`, 'count', {
        result: ids[i] as number | '',
      });
      if (step === room.steps) {
        const before = i === 0 ? '0' : `${columnName(at + 2)}${row - 1}`;
        draft.put(row, at + 2, `=${before}+IF(${id}="",0,1)`, 'count', {
          result: encoding.counted[i] as number,
        });
        continue;
      }
      const next = `$A${row}+INDEX(${table.sizes},${id}+1)`;
      const code = `${id}*${vocabulary.tokens.length}+INDEX(${own(column(at + 1))},${next}+1)`;
      const { offers, best } = encoding.steps[step] as (typeof encoding.steps)[number];
      draft.put(
        row,
        at + 2,
        `=IF(${id}="","",IF(${next}>$Q${row},${NONE},IFERROR((MATCH(${code},${table.mergeCodes},0)-1)*${ROWS}+$A${row},${NONE})))`,
        'offer',
        { result: offers[i] as number | '' },
      );
      const offered = own(column(at + 2));
      draft.put(
        row,
        at + 3,
        `=IF(${id}="","",MIN(INDEX(${offered},$P${row}+1):INDEX(${offered},$Q${row}+1)))`,
        'offer',
        { result: best[i] as number | '' },
      );
    }
  }

  /** The id at a row after a step whose columns begin at `at`: the winner's becomes the result, its partner's goes. */
  function joined(at: number, row: number): string {
    const [id, best] = [`$${columnName(at + 1)}${row}`, `$${columnName(at + 3)}${row}`];
    const winner = `MOD(${best},${ROWS})`;
    const partner = `${winner}+INDEX(${table.sizes},INDEX(${own(column(at + 1))},${winner}+1)+1)`;
    return (
      `IF(${id}="","",IF(${best}>=${NONE},${id},IF(${winner}=$A${row},` +
      `INDEX(${table.mergeResults},INT(${best}/${ROWS})+1),IF(${partner}=$A${row},"",${id}))))`
    );
  }

  const end = STEPS + room.steps * STEP_WIDTH;
  const lastRow = first + room.bytes - 1;
  const [place, char] = [`$${columnName(AT.place)}$${lastRow}`, `$${columnName(AT.char)}$${lastRow}`];
  return {
    finalIds: column(end + 1),
    counts: column(end + 2),
    lastRow,
    bytesColumn: column(AT.bytes),
    codes: column(AT.code),
    tooLong: `OR(${place}+LEN(${char})<=${length},${total}>${room.bytes})`,
    lastBest: column(STEPS + (room.steps - 1) * STEP_WIDTH + 3),
  };
}

function putHeadings(draft: Draft, top: number, room: Room): void {
  const captions = top + 4;
  draft.height(top + 1, 56);
  for (const [at, to, heading, lead] of [
    [AT.char, AT.before, words.charactersHeading, words.charactersLead],
    [BYTE.ofChar, BYTE.last, words.bytesHeading, words.bytesLead],
    [STEPS, STEPS + 2 * STEP_WIDTH - 2, words.mergesHeading, words.mergesLead],
  ] as const) {
    draft.put(top, at, heading, 'heading');
    draft.put(top + 1, at, lead, 'paragraph', { mergedTo: `${columnName(to)}${top + 1}` });
  }
  const caption = (column: number, [name, note]: readonly [string, string], text = false) =>
    draft.put(captions, column, name, text ? 'caption' : 'captionOfNumbers', { note });
  draft.put(captions, 0, strings.captions.place, 'captionOfPositions');
  const { columns } = words;
  caption(AT.char, columns.char, true);
  for (const name of ['code', 'kind', 'place', 'starts', 'contraction', 'word', 'bytes', 'before'] as const)
    caption(AT[name], columns[name]);
  caption(BYTE.ofChar, columns.ofChar);
  caption(BYTE.byte, columns.byte);
  caption(BYTE.id, columns.byteId);
  caption(BYTE.word, columns.ofWord);
  caption(BYTE.first, columns.first);
  caption(BYTE.last, columns.last);
  for (const gap of [AT.before + 1, BYTE.last + 1]) draft.width(gap, 20);
  for (let step = 0; step <= room.steps; step++) {
    const at = STEPS + step * STEP_WIDTH;
    draft.put(captions - 1, at, step === room.steps ? words.finally : words.step(step), 'label');
    caption(at, columns.token, true);
    caption(at + 1, columns.id);
    if (step === room.steps) caption(at + 2, columns.count);
    else {
      caption(at + 2, columns.offer);
      caption(at + 3, columns.best);
      draft.width(at + 2, 74, at + 3);
      draft.width(at + 4, 20);
    }
    draft.width(at, 84);
    draft.width(at + 1, 48);
  }
  for (let i = 0; i < room.bytes; i++) draft.put(captions + 1 + i, 0, i, 'position');
}

type Named = Record<keyof Tables, string>;

function putCharacter(
  draft: Draft,
  row: number,
  isFirst: boolean,
  value: CharacterRow,
  { prompt, length, keyboard, runFirsts, runKinds }: Named & { prompt: string; length: string },
): void {
  const [, char, code, kind, place, starts, held, word, bytes, before] = 'ABCDEFGHIJ';
  const one = `MID(${prompt},${place}${row},1)`;
  const [now, up, next, after] = [row, row - 1, row + 1, row + 2];
  const c = `${code}${now}`;
  const put = (column: number, formula: string, look: 'spareToken' | 'count', result: string | number) =>
    draft.put(row, column, `=${formula}`, look, { result });

  put(
    AT.char,
    `IF(${c}="",0,MID(${prompt},${place}${now},IF(${c}>65535,LEN(UNICHAR(${c})),1)))`,
    'spareToken',
    value.char || 0,
  );
  put(
    AT.code,
    `IF(${place}${now}>${length},"",IFERROR(FIND(${one},${keyboard})+31,IF(${one}=CHAR(10),10,` +
      `IFERROR(UNICODE(MID(${prompt},${place}${now},2)),-1))))`,
    'count',
    value.code,
  );
  put(AT.kind, `IF(${c}="","",LOOKUP(MAX(${c},0),${runFirsts},${runKinds}))`, 'count', value.kind);
  put(
    AT.place,
    isFirst ? '1' : `${place}${up}+IF(${code}${up}="",0,LEN(${char}${up}))`,
    'count',
    value.place,
  );
  const [k, last] = [`${kind}${now}`, `${kind}${up}`];
  put(
    AT.starts,
    isFirst
      ? `IF(${c}="",0,1)`
      : `IF(${c}="",0,IF(${held}${up}>1,0,IF(${k}=3,IF(OR(${last}<>3,AND(${kind}${next}<>3,${kind}${next}<>"")),1,0),` +
          `IF(OR(${code}${up}=32,AND(${k}=${last},${held}${up}=0)),0,1))))`,
    'count',
    value.starts,
  );
  const [a, b] = [`${code}${next}`, `${code}${after}`];
  const ending =
    `IF(AND(${starts}${now}=1,${c}=39),IF(OR(${a}=115,${a}=116,${a}=109,${a}=100),2,` +
    `IF(OR(AND(${a}=114,${b}=101),AND(${a}=118,${b}=101),AND(${a}=108,${b}=108)),3,0)),0)`;
  put(
    AT.contraction,
    isFirst ? ending : `IF(${held}${up}>1,${held}${up}-1,${ending})`,
    'count',
    value.contraction,
  );
  put(AT.word, `IF(${c}="","",${isFirst ? '' : `${word}${up}+`}${starts}${now})`, 'count', value.word);
  put(AT.bytes, `IF(${c}="",0,IF(${c}<128,1,IF(${c}<2048,2,IF(${c}<65536,3,4))))`, 'count', value.bytes);
  put(AT.before, isFirst ? '0' : `${before}${up}+${bytes}${up}`, 'count', value.before);
}

function putByte(
  draft: Draft,
  row: number,
  value: ByteRow,
  { total, column, byteIds }: Named & { total: string; column: (at: number) => string },
): void {
  const of = (at: number) => `INDEX(${column(at)},$L${row}+1)`;
  const put = (at: number, formula: string, result: string | number) =>
    draft.put(row, at, `=${formula}`, 'count', { result });
  const code = `MAX(0,${of(AT.code)})`;
  const [, , two, three, four] = LEAD;
  put(BYTE.ofChar, `IF($A${row}<${total},MATCH($A${row},${column(AT.before)},1)-1,"")`, value.char);
  put(
    BYTE.byte,
    `IF($L${row}="","",IF($A${row}=${of(AT.before)},` +
      `INT(${code}/64^(${of(AT.bytes)}-1))+CHOOSE(${of(AT.bytes)},0,${two},${three},${four}),` +
      `128+MOD(INT(${code}/64^(${of(AT.bytes)}-1-$A${row}+${of(AT.before)})),64)))`,
    value.byte,
  );
  put(BYTE.id, `IF($M${row}="","",INDEX(${byteIds},$M${row}+1))`, value.id);
  put(BYTE.word, `IF($L${row}="","",${of(AT.word)})`, value.word);
  put(BYTE.first, `IF($O${row}="","",MATCH($O${row},${column(BYTE.word)},0)-1)`, value.first);
  put(BYTE.last, `IF($O${row}="","",$P${row}+COUNTIF(${column(BYTE.word)},$O${row})-1)`, value.last);
}

const textOf = (id: number | '' | undefined, vocabulary: Vocabulary): string =>
  typeof id === 'number' ? shownText(vocabulary.tokens[id]?.text ?? '') : '';

/** A token's text with what nobody would see written out: `\n`, `\t`, `\x07`. */
export function shownText(text: string): string {
  const names: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return [...text]
    .map((char) => {
      const code = char.codePointAt(0) as number;
      if (code >= 32 && code !== 127 && code !== 0xfffe && code !== 0xffff) return char;
      return names[char] ?? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
