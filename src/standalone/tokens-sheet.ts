import type { Config } from '../gpt2/config';
import { encodeUtf8 } from '../gpt2/utf8';
import type { Vocabulary } from '../gpt2/vocabulary';
import type { Sheet } from '../workbook/sheet';
import { Draft, type Place, part, refer } from './draft';
import { NONE, type Room } from './encoding';
import { BODY, putFrame, tabs } from './frame';
import { strings } from './strings';
import { putEncoding, shownText, type Tables } from './tokens';

/** What the other sheets need of the tokens. */
export interface TokenPlaces {
  /** Texts, ids and 1 or 0 for each row of the room; a row without a token has 0 for its text. */
  readonly texts: Place;
  readonly ids: Place;
  readonly used: Place;
  /** How many tokens there are, and a sentence about what is wrong, empty when nothing is. */
  readonly count: Place;
  readonly problem: Place;
}

/** Where the counts stand, beside the tokens. */
const LABELS = 5;
const COUNTS = 9;

/** What the sheet is made from. `input` is the cell with the prompt, or the row of cells with token ids. */
export interface TokenInput {
  readonly config: Config;
  readonly input: Place;
  readonly room: Room;
  readonly text: string;
  readonly ids: readonly number[];
  readonly vocabulary?: Vocabulary;
  readonly tables?: Tables;
}

const words = strings.tokens;

/** The sheet that turns the prompt into token ids. */
export function tokensSheet(given: TokenInput): { readonly sheet: Sheet; readonly places: TokenPlaces } {
  const { vocabulary, tables, room, ids } = given;
  const draft = new Draft(strings.names.tokens);
  putFrame(draft, words.title, tables ? words.lead : words.idsLead, {
    back: strings.names.start,
    on: strings.names.embedding,
  });
  draft.put(BODY, 1, words.result, 'heading');
  draft.put(BODY + 1, 1, words.resultLead, 'text');
  const header = BODY + 3;
  const first = header + 1;
  const { captions } = strings;
  draft.put(header, 0, captions.place, 'captionOfPositions');
  draft.put(header, 1, captions.token, 'caption');
  draft.put(header, 2, captions.id, 'captionOfNumbers');
  draft.put(header, 3, captions.used, 'captionOfNumbers');
  const column = (at: number) => draft.at(first, at, room.tokens);
  const places = {
    texts: column(1),
    ids: column(2),
    used: column(3),
    count: draft.at(header + 4, COUNTS),
    problem: draft.at(header + 6, LABELS),
  };
  const idAt =
    tables && vocabulary
      ? putText(draft, places, header, { ...given, vocabulary, tables })
      : putIds(draft, places, header, given);

  const count = refer(places.count, draft.name);
  for (let t = 0; t < room.tokens; t++) {
    const [row, id] = [first + t, ids[t] ?? ''];
    const shown = typeof id === 'number' ? shownText(vocabulary?.tokens[id]?.text ?? String(id)) : '';
    draft.put(row, 0, t, 'position');
    const look = tables ? `INDEX(${refer(tables.texts, draft.name)},C${row}+1)` : `C${row}&""`;
    draft.put(row, 1, `=IF(C${row}="",0,${look})`, 'spareToken', { result: shown || 0 });
    draft.put(row, 2, `=IF(A${row}<${count},${idAt(`A${row}`)},"")`, 'count', { result: id });
    draft.put(row, 3, `=IF(A${row}<${count},1,0)`, 'count', { result: id === '' ? 0 : 1 });
  }
  return { sheet: draft.sheet({ rows: 1, columns: 2 }, tabs.stage), places };
}

/** The id of a token by its place, as a formula. */
type IdAt = (place: string) => string;

function putCounts(
  draft: Draft,
  header: number,
  counts: readonly (readonly [label: string, formula: string, result: number])[],
): void {
  draft.put(header, LABELS, words.counts.heading, 'label');
  counts.forEach(([label, formula, result], at) => {
    draft.put(header + 1 + at, LABELS, label, 'text');
    draft.put(header + 1 + at, COUNTS, `=${formula}`, 'count', { result });
  });
}

/** The encoding of a text, below the tokens. */
function putText(
  draft: Draft,
  places: TokenPlaces,
  header: number,
  given: TokenInput & { vocabulary: Vocabulary; tables: Tables },
): IdAt {
  const { input, room, text, ids, vocabulary, tables, config } = given;
  const own = (place: Place) => refer(place, draft.name);
  const [length, total, found] = [1, 2, 3].map((row) => draft.at(header + row, COUNTS)) as [
    Place,
    Place,
    Place,
  ];
  const encoded = putEncoding(draft, places.texts.top + room.tokens + 3, {
    text,
    vocabulary,
    room,
    tables,
    prompt: input,
    length,
    total,
  });
  const { problems } = words;
  const end = vocabulary.endOfText;
  const empty = end === undefined || end >= config.vocab_size ? '0' : '1';
  const bytes = encodeUtf8(text).length;
  putCounts(draft, header, [
    [words.counts.characters, `LEN(${own(input)})`, text.length],
    [words.counts.bytes, `SUM(${own(encoded.bytesColumn)})`, bytes],
    [
      words.counts.found,
      `IF(${own(length)}=0,${empty},${own(part(encoded.counts, encoded.counts.rows - 1, 0))})`,
      ids.length,
    ],
    [words.counts.used, `IF(${own(places.problem)}="",${own(found)},0)`, ids.length],
  ]);
  const [before, after] = problems.tokens(room.tokens);
  draft.put(
    header + 6,
    LABELS,
    `=IF(${encoded.tooLong},"${problems.long(room.bytes)}",IF(MIN(${own(encoded.codes)})<0,"${problems.unreadable}",` +
      `IF(MIN(${own(encoded.lastBest)},${NONE})<${NONE},"${problems.merges(room.steps - 1)}",` +
      `IF(${own(found)}>${room.tokens},"${before}"&${own(found)}&"${after}",IF(${own(found)}=0,"${problems.noIds}","")))))`,
    'warning',
    { result: '' },
  );
  return (place) =>
    `IF(${own(length)}=0,${end ?? 0},INDEX(${own(encoded.finalIds)},MATCH(${place}+1,${own(encoded.counts)},0)))`;
}

/** Token ids as they were typed, checked. */
function putIds(draft: Draft, places: TokenPlaces, header: number, given: TokenInput): IdAt {
  const { config, input, ids } = given;
  const own = (place: Place) => refer(place, draft.name);
  const cells = own(input);
  const found = draft.at(header + 3, COUNTS);
  const V = config.vocab_size;
  putCounts(draft, header, []);
  draft.put(header + 3, LABELS, words.counts.found, 'text');
  draft.put(header + 3, COUNTS, `=COUNTA(${cells})`, 'count', { result: ids.length });
  draft.put(header + 4, LABELS, words.counts.used, 'text');
  draft.put(header + 4, COUNTS, `=IF(${own(places.problem)}="",${own(found)},0)`, 'count', {
    result: ids.length,
  });
  const start = own(part(input, 0, 0, 1, 1));
  const { problems } = words;
  draft.put(
    header + 6,
    LABELS,
    `=IF(${own(found)}=0,"${problems.noIds}",IF(COUNT(${cells})<${own(found)},"${problems.badId(V)}",` +
      `IF(SUMPRODUCT((${cells}<0)+(${cells}>${V - 1})+(${cells}<>INT(${cells})))>0,"${problems.badId(V)}",` +
      `IF(COUNT(${start}:INDEX(${cells},1,${own(found)}))<${own(found)},"${problems.gap}",""))))`,
    'warning',
    { result: '' },
  );
  return (place) => `INDEX(${cells},1,${place}+1)`;
}
