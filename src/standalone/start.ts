import type { Config } from '../gpt2/config';
import { addressOf, columnName } from '../workbook/address';
import type { Sheet } from '../workbook/sheet';
import { Draft, type Place, part, refer } from './draft';
import type { Room } from './encoding';
import { tabs } from './frame';
import type { OutputPlaces } from './output';
import { strings } from './strings';
import type { TokenPlaces } from './tokens-sheet';
import type { Trial } from './trial';

/** How many of the likeliest next tokens are listed. */
const LISTED = 10;
/** Blocks in the bar of a probability of 1. */
const BAR_LENGTH = 24;
/** Letters of a note that fit on one line. */
const LINE = 135;
/** Rows of the page. */
const PROMPT = 5;
const LISTS = 9;

const words = strings.start;

/** The cell with the prompt, or the cells with token ids: the rest of the workbook starts there. */
export const inputPlace = (hasText: boolean, room: number): Place => ({
  sheet: strings.names.start,
  top: PROMPT,
  left: 2,
  rows: 1,
  columns: hasText ? 1 : room,
});

/** One line of the map. */
export interface Stop {
  readonly sheet: string;
  readonly about: string;
}

/** What the first sheet tells of. */
export interface StartInput {
  readonly name: string;
  readonly config: Config;
  readonly parameters: number;
  readonly room: Room;
  readonly prompt: string | readonly number[];
  readonly trial: Trial;
  /** Texts of the whole vocabulary. */
  readonly texts: readonly string[];
  readonly tokens: TokenPlaces;
  readonly output: OutputPlaces;
  readonly stages: readonly Stop[];
  readonly learned: readonly Stop[];
}

/** The first sheet: where one types, and sees what comes next, and goes everywhere from. */
export function startSheet(given: StartInput): Sheet {
  const { name, prompt, config } = given;
  const hasText = typeof prompt === 'string';
  const draft = new Draft(strings.names.start);
  [24, 150, 130, 80, 30, 150, 92, 72, 60, 210].forEach((width, column) => {
    draft.width(column, width);
  });
  for (const [row, height] of [
    [1, 10],
    [2, 42],
    [3, 24],
    [4, 10],
    [PROMPT, 40],
    [6, 24],
    [7, 24],
    [LISTS, 30],
  ] as const)
    draft.height(row, height);
  draft.put(2, 1, words.title(name), 'title');
  draft.put(3, 1, words.lead, 'lead');
  draft.put(PROMPT, 1, hasText ? words.prompt : words.ids, 'label');
  if (hasText) draft.put(PROMPT, 2, prompt, 'input', { mergedTo: `G${PROMPT}` });
  else putIds(draft, prompt, given.room.tokens);
  draft.put(6, 2, hasText ? words.typeHere : words.typeIds(config.vocab_size), 'hint');
  draft.put(7, 2, `=${refer(given.tokens.problem, draft.name)}`, 'warning', { result: '' });

  const [tokensAt, listAt] = [1, 5];
  putList(draft, listAt, given);
  putTokens(draft, tokensAt, given);
  if (hasText) putNext(draft, `${columnName(listAt)}${LISTS + 3}`, given);

  let row = LISTS + 3 + Math.max(LISTED, 10) + 2;
  row = putMap(draft, row, words.onTheWay, words.onTheWayLead, given.stages);
  row = putMap(draft, row, words.weights, words.weightsLead(given.parameters), given.learned);
  draft.height(row, 30);
  draft.put(row, 1, words.limits, 'heading');
  const { n_layer, n_head, n_embd, vocab_size, n_positions } = config;
  const { tokens, bytes, steps } = given.room;
  const notes = [
    words.parameters(n_layer, n_head, n_embd, vocab_size, n_positions),
    ...(hasText
      ? [words.roomForText(tokens, bytes, steps - 1), words.characters, words.typing]
      : [words.roomForIds(tokens)]),
    words.digits,
  ];
  notes.forEach((note, at) => {
    draft.height(row + 1 + at, note.length > LINE ? 38 : 22);
    draft.put(row + 1 + at, 1, note, 'paragraph', { mergedTo: `J${row + 1 + at}` });
  });
  return draft.sheet({ rows: 7, columns: 0 }, tabs.start, addressOf(PROMPT - 1, 2));
}

function putIds(draft: Draft, ids: readonly number[], room: number): void {
  for (let t = 0; t < room; t++) draft.put(PROMPT, 2 + t, ids[t] ?? '', 'choice');
}

/** What the likeliest token is, large, beside the prompt. */
function putNext(draft: Draft, likeliest: string, { trial, texts, tokens }: StartInput): void {
  const first = likeliestOf(trial)[0];
  const used = refer(tokens.count, draft.name);
  draft.put(PROMPT, 7, '→', 'arrow');
  // A 0, which this look hides: an empty text would stand there as a pair of quotation marks.
  draft.put(PROMPT, 8, `=IF(${used}=0,0,${likeliest})`, 'spareAnswer', {
    mergedTo: `J${PROMPT}`,
    result: first === undefined ? 0 : (texts[first] ?? 0),
  });
  draft.put(6, 8, words.next, 'hint');
}

function putTokens(draft: Draft, at: number, { tokens, trial, texts, prompt }: StartInput): void {
  const hasText = typeof prompt === 'string';
  draft.put(LISTS, at, words.tokens, 'heading');
  if (hasText) draft.put(LISTS + 1, at, words.tokensLead, 'explanation');
  draft.put(LISTS + 2, at, strings.captions.token, 'caption');
  draft.put(LISTS + 2, at + 1, strings.captions.id, 'captionOfNumbers');
  const shown = Math.min(LISTED, tokens.ids.rows);
  for (let t = 0; t < shown; t++) {
    const row = LISTS + 3 + t;
    const id = trial.ids[t];
    const of = (place: Place) => refer(part(place, t, 0, 1, 1), draft.name);
    draft.put(row, at, `=${of(tokens.texts)}`, 'spareToken', {
      result: id === undefined ? 0 : (texts[id] ?? ''),
    });
    draft.put(row, at + 1, `=${of(tokens.ids)}`, 'id', { result: id ?? '' });
  }
  const more = LISTS + 3 + shown;
  const used = refer(tokens.count, draft.name);
  draft.put(
    more,
    at,
    `=IF(${used}>${shown},"… and "&(${used}-${shown})&" more on the sheet Tokens","")`,
    'hint',
    {
      result: '',
    },
  );
}

/** The likeliest next tokens, each with its probability, logit and id, and a bar. */
function putList(draft: Draft, at: number, { output, tokens, trial, texts, config }: StartInput): void {
  const listed = Math.min(LISTED, config.vocab_size);
  const { captions } = strings;
  draft.put(LISTS, at, words.likeliest, 'heading');
  draft.put(LISTS + 1, at, words.likeliestLead(listed), 'explanation');
  draft.put(LISTS + 2, at, captions.token, 'caption');
  draft.put(LISTS + 2, at + 1, captions.probability, 'captionOfNumbers');
  draft.put(LISTS + 2, at + 2, captions.logit, 'captionOfNumbers');
  draft.put(LISTS + 2, at + 3, captions.id, 'captionOfNumbers');
  const own = (place: Place) => refer(place, draft.name);
  const used = own(tokens.count);
  const ids = likeliestOf(trial);
  const logits = lastLogits(trial, config.vocab_size);
  const probabilities = softmax(logits);
  const first = LISTS + 3;
  const [probability, logit, id] = [1, 2, 3].map((column) => columnName(at + column)) as [
    string,
    string,
    string,
  ];
  for (let k = 0; k < listed; k++) {
    const row = first + k;
    const best = ids[k];
    const when = (formula: string, otherwise = '""') => `=IF(${used}=0,${otherwise},${formula})`;
    const result = (value: string | number | undefined) => ({ result: value ?? '' });
    // Of tokens with the same logit the one with the lower id comes first.
    const same = `SUMPRODUCT(--($${logit}$${first}:$${logit}${row}=${logit}${row}))`;
    draft.put(row, at, when(`INDEX(${own(output.texts)},${id}${row}+1)`, '0'), 'spareToken', {
      result: texts[best ?? -1] ?? 0,
    });
    draft.put(
      row,
      at + 1,
      when(`INDEX(${own(output.probabilities)},${id}${row}+1)`),
      'probability',
      result(best === undefined ? '' : probabilities[best]),
    );
    draft.put(
      row,
      at + 2,
      when(`LARGE(${own(output.logits)},${k + 1})`),
      'logit',
      result(best === undefined ? '' : logits[best]),
    );
    draft.put(
      row,
      at + 3,
      when(`SMALL(IF(${own(output.logits)}=${logit}${row},${own(output.ids)}),${same})`),
      'id',
      { fills: `${id}${row}`, ...result(best) },
    );
    draft.put(row, at + 4, when(`" "&REPT("█",ROUND(${BAR_LENGTH}*${probability}${row},0))`), 'bar', {
      result:
        best === undefined ? '' : ` ${'█'.repeat(Math.round(BAR_LENGTH * (probabilities[best] as number)))}`,
    });
  }
}

/** Links to sheets, each with a line. @returns the row of what follows */
function putMap(draft: Draft, row: number, heading: string, lead: string, stops: readonly Stop[]): number {
  draft.height(row, 30);
  draft.put(row, 1, heading, 'heading');
  draft.put(row + 1, 1, lead, 'explanation');
  stops.forEach(({ sheet, about }, at) => {
    draft.height(row + 2 + at, 22);
    draft.link(row + 2 + at, 1, sheet, { sheet, top: 1, left: 0, rows: 1, columns: 1 });
    draft.put(row + 2 + at, 2, about, 'text');
  });
  return row + stops.length + 3;
}

function lastLogits(trial: Trial, V: number): Float64Array {
  const T = trial.ids.length;
  const all = trial.logits();
  return Float64Array.from({ length: V }, (_, id) =>
    T === 0 ? 0 : (all[id * trial.room + T - 1] as number),
  );
}

/** Ids by their logits, best first; none without a prompt. */
function likeliestOf(trial: Trial): number[] {
  if (trial.ids.length === 0) return [];
  const logits = lastLogits(trial, trial.vocabulary);
  return Array.from(logits.keys()).sort((a, b) => (logits[b] as number) - (logits[a] as number) || a - b);
}

function softmax(logits: Float64Array): Float64Array {
  const most = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}
