import type { Vocabulary } from '../gpt2/vocabulary';
import type { Sheet } from '../workbook/sheet';
import { CLASSES, characterRuns } from './characters';
import { Draft, type Place } from './draft';
import { BODY, putFrame, tabs } from './frame';
import { putText } from './parameters';
import { strings } from './strings';
import type { Tables } from './tokens';
import { shownText } from './tokens';

/** Characters from a space to a tilde, in the order of their code points. */
const KEYBOARD = String.fromCharCode(...Array.from({ length: 95 }, (_, at) => 32 + at));

/** The sheets on which the encoding looks things up. */
export function tableSheets(vocabulary: Vocabulary): {
  readonly sheets: readonly Sheet[];
  readonly tables: Tables;
} {
  const tokens = vocabularySheet(vocabulary);
  const merges = mergesSheet(vocabulary, tokens.texts);
  const characters = charactersSheet();
  const frozen = { rows: 1, columns: 2 };
  return {
    sheets: [tokens.draft, merges.draft, characters.draft].map((draft) =>
      draft.sheet(frozen, tabs.table, 'A1', 84),
    ),
    tables: {
      texts: tokens.texts,
      sizes: tokens.sizes,
      byteIds: tokens.byteIds,
      mergeCodes: merges.codes,
      mergeResults: merges.results,
      runFirsts: characters.firsts,
      runKinds: characters.kinds,
      keyboard: characters.keyboard,
    },
  };
}

function vocabularySheet({ tokens, byteIds }: Vocabulary) {
  const words = strings.vocabulary;
  const { captions } = strings;
  const draft = new Draft(strings.names.vocabulary);
  putFrame(draft, words.title, words.lead, { on: strings.names.merges });
  const first = BODY + 3;
  draft.put(first - 1, 0, captions.id, 'captionOfPositions');
  draft.put(first - 1, 1, captions.token, 'caption');
  draft.put(first - 1, 2, captions.bytes, 'captionOfNumbers');
  tokens.forEach(({ text, bytes }, id) => {
    draft.put(first + id, 0, id, 'position');
    putText(draft, first + id, 1, shownText(text), 'token');
    draft.put(first + id, 2, bytes, 'count');
  });
  const [byte, id] = [4, 5];
  draft.put(BODY, byte, words.bytes, 'heading');
  draft.put(BODY + 1, byte, words.bytesLead, 'hint');
  draft.put(first - 1, byte, words.byte, 'captionOfNumbers');
  draft.put(first - 1, id, captions.id, 'captionOfNumbers');
  byteIds.forEach((of, value) => {
    draft.put(first + value, byte, value, 'count');
    draft.put(first + value, id, of, 'count');
  });
  return {
    draft,
    texts: draft.at(first, 1, tokens.length),
    sizes: draft.at(first, 2, tokens.length),
    byteIds: draft.at(first, id, byteIds.length),
  };
}

function mergesSheet({ merges, tokens }: Vocabulary, texts: Place) {
  const words = strings.merges;
  const draft = new Draft(strings.names.merges);
  putFrame(draft, words.title, words.lead(tokens.length), {
    back: texts.sheet,
    on: strings.names.characters,
  });
  words.columns.forEach((caption, at) => {
    const look = at === 0 ? 'captionOfPositions' : at < 4 ? 'caption' : 'captionOfNumbers';
    draft.put(BODY, at, caption, look);
  });
  const V = tokens.length;
  merges.forEach(({ left, right, result }, rank) => {
    const row = BODY + 1 + rank;
    draft.put(row, 0, rank, 'position');
    [left, right, result].forEach((id, at) => {
      putText(draft, row, 1 + at, shownText(tokens[id]?.text ?? ''), 'token');
      draft.put(row, 4 + at, id, 'count');
    });
    draft.put(row, 7, `=E${row}*${V}+F${row}`, 'count', { result: left * V + right });
  });
  // At least one row, so that there is something to look in.
  const rows = Math.max(1, merges.length);
  return { draft, codes: draft.at(BODY + 1, 7, rows), results: draft.at(BODY + 1, 6, rows) };
}

function charactersSheet() {
  const words = strings.characters;
  const draft = new Draft(strings.names.characters);
  const runs = characterRuns();
  putFrame(draft, words.title, words.lead, { back: strings.names.merges });
  draft.width(0, 70);
  draft.put(BODY, 1, words.keyboard, 'hint');
  const keyboard = draft.put(BODY + 1, 1, KEYBOARD, 'token');
  const first = BODY + 4;
  words.columns.forEach((caption, at) => {
    draft.put(first - 1, at, caption, (['captionOfNumbers', 'captionOfPositions'] as const)[at] ?? 'caption');
  });
  runs.forEach(({ first: code, kind }, at) => {
    draft.put(first + at, 0, code, 'count');
    draft.put(first + at, 1, kind, 'position');
    draft.put(first + at, 2, words.kinds[kind], 'text');
    if (kind !== CLASSES.space && kind !== CLASSES.other)
      draft.put(first + at, 3, String.fromCodePoint(code), 'text');
  });
  return {
    draft,
    keyboard,
    firsts: draft.at(first, 0, runs.length),
    kinds: draft.at(first, 1, runs.length),
  };
}
