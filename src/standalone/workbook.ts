import { ModelError } from '../gpt2/errors';
import type { Sheet } from '../workbook/sheet';
import { type ActivationPlaces, blockSheet, type Given } from './block';
import type { Place } from './draft';
import { embeddingSheet } from './embedding';
import { FIRST_PROMPTS } from './first-prompt';
import { checkFits, numbersOf, roomFor, usualRoom } from './limits';
import { outputSheet } from './output';
import { parameterSheets } from './parameters';
import type { Choices, Source } from './source';
import { inputPlace, type Stop, startSheet } from './start';
import { strings } from './strings';
import { tableSheets } from './tables';
import { shownText } from './tokens';
import { tokensSheet } from './tokens-sheet';
import { Trial } from './trial';

/** A model as sheets, and where in them its activations are. */
export interface Standalone {
  readonly sheets: readonly Sheet[];
  /** The cell of the prompt, or the cells of the token ids. */
  readonly input: Place;
  /** Every activation by name, in blocks with its number behind a dot; heads side by side, logits upright. */
  readonly activations: ReadonlyMap<string, Place>;
  /** Token ids, a row each, and how many there are. */
  readonly ids: Place;
  readonly count: Place;
  readonly problem: Place;
  readonly room: number;
}

/**
 * A workbook that is a GPT-2: its weights in cells, every stage in native formulas, from the prompt to the next token. It
 * uses only functions that Excel 2010, Excel on the web and LibreOffice have and calculate alike.
 *
 * @throws ModelError with a sentence that names sizes and limits, when the model or the first prompt is too large
 */
export function standalone(source: Source, choices: Partial<Choices> = {}): Standalone {
  const { name, model, vocabulary } = source;
  const { config, weights } = model;
  const tokensOfRoom = choices.room ?? usualRoom(config);
  checkFits(name, config, weights.tied, tokensOfRoom);
  const room = roomFor(tokensOfRoom);
  const prompt = choices.prompt ?? (vocabulary ? firstPrompt(source, room.tokens) : [0]);
  const ids = typeof prompt === 'string' ? encoded(source, prompt) : prompt;
  if (ids.length > room.tokens)
    throw new ModelError(strings.refusals.prompt(tooMany(ids.length, room.tokens)));

  const bad = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= config.vocab_size);
  if (bad !== undefined) throw new ModelError(strings.refusals.badId(bad, config.vocab_size));

  const texts = vocabulary
    ? vocabulary.tokens.map(({ text }) => shownText(text))
    : Array.from({ length: config.vocab_size }, (_, id) => String(id));
  const tables = vocabulary && tableSheets(vocabulary);
  const parameters = parameterSheets(model, vocabulary && texts);
  const trial = new Trial(model, ids, room.tokens);
  const input = inputPlace(typeof prompt === 'string', room.tokens);
  const tokens = tokensSheet({
    config,
    input,
    room,
    ids,
    text: typeof prompt === 'string' ? prompt : '',
    ...(tables && vocabulary && { vocabulary, tables: tables.tables }),
  });
  const places: ActivationPlaces = new Map();
  const given: Given = {
    config,
    parameters: parameters.places,
    tokens: { place: tokens.places.texts, texts: ids.map((id) => texts[id] ?? '') },
    used: tokens.places.used,
    trial,
    places,
  };
  const { names } = strings;
  const embedding = embeddingSheet(given, tokens.places.ids);
  const blocks = Array.from({ length: config.n_layer }, (_, layer) => {
    const pre = (layer === 0 ? ['embed', 'pos_embed'] : [`resid_post.${layer - 1}`]).map(
      (source): [string, Place] => [source.replace(/\..*/, ''), places.get(source) as Place],
    );
    return blockSheet(given, layer, pre, layer + 1 < config.n_layer ? names.block(layer + 1) : names.output);
  });
  const { sheet: output, output: outputs } = outputSheet(given, tokens.places.count, texts);
  const start = startSheet({
    name,
    config,
    parameters: numbersOf(config, weights.tied, 1).weights,
    room,
    prompt,
    trial,
    texts,
    tokens: tokens.places,
    output: outputs,
    stages: stagesOf(config.n_layer, Boolean(tables)),
    learned: learnedOf(config.n_layer, weights.tied),
  });
  return {
    sheets: [
      start,
      tokens.sheet,
      embedding,
      ...blocks,
      output,
      ...(tables?.sheets ?? []),
      ...parameters.sheets,
    ],
    input,
    activations: places,
    ids: tokens.places.ids,
    count: tokens.places.count,
    problem: tokens.places.problem,
    room: room.tokens,
  };
}

/** Token ids of a text; of the empty one `<|endoftext|>`, as everywhere. */
function encoded({ encode, vocabulary }: Source, text: string): readonly number[] {
  const end = vocabulary?.endOfText;
  return text === '' && end !== undefined ? [end] : (encode?.(text) ?? []);
}

/** The first of the usual prompts that there is room for; else none. */
const firstPrompt = ({ encode }: Source, room: number): string =>
  FIRST_PROMPTS.find((text) => (encode?.(text).length ?? 0) <= room) ?? '';

const tooMany = (count: number, room: number) => strings.tokens.problems.tokens(room).join(String(count));

function stagesOf(layers: number, hasText: boolean): Stop[] {
  const { names, start } = strings;
  return [
    { sheet: names.tokens, about: hasText ? start.about.tokens : start.about.ids },
    { sheet: names.embedding, about: start.about.embedding },
    ...Array.from({ length: layers }, (_, layer) => ({
      sheet: names.block(layer),
      about: start.about.block,
    })),
    { sheet: names.output, about: start.about.output },
    ...(hasText
      ? [
          { sheet: names.vocabulary, about: start.about.vocabulary },
          { sheet: names.merges, about: start.about.merges },
          { sheet: names.characters, about: start.about.characters },
        ]
      : []),
  ];
}

function learnedOf(layers: number, tied: boolean): Stop[] {
  const { names, start } = strings;
  return [
    { sheet: 'wte', about: start.about.wte },
    { sheet: 'wpe', about: start.about.wpe },
    ...Array.from({ length: layers }, (_, layer) => ({
      sheet: names.weights(layer),
      about: start.about.weights(layer),
    })),
    { sheet: 'ln_f', about: start.about.ln_f },
    ...(tied ? [] : [{ sheet: 'lm_head', about: start.about.lm_head }]),
  ];
}
