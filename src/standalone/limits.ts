import type { Config } from '../gpt2/config';
import { ModelError } from '../gpt2/errors';
import { parameterShapes } from '../gpt2/parameters';
import { strings } from './strings';

/** Numbers that a workbook of 15 MB takes, each about ten bytes once it is compressed. */
export const MOST_NUMBERS = 1_400_000;
/** Bytes of a file with so many numbers, about. */
export const bytesOf = (numbers: number): number => 400_000 + 7 * numbers;
/** Columns of a sheet in every spreadsheet. */
export const MOST_COLUMNS = 16_384;
/** Tokens that a prompt may have, unless something else is asked for. */
export const USUAL_ROOM = 32;
/** Bytes of text, and merges in a word, for each token of the room. */
const BYTES_A_TOKEN = 5;
const MERGES = 32;

/** The room that a workbook has: for text and its tokens. `steps` is one more than the merges that a word may take. */
export const roomFor = (tokens: number) => ({ tokens, bytes: BYTES_A_TOKEN * tokens, steps: MERGES + 1 });

/** The room that a model gets if nobody says otherwise. */
export const usualRoom = ({ n_positions }: Config): number => Math.min(USUAL_ROOM, n_positions);

/** How many numbers a model has to put into cells: its parameters, and its activations for so many tokens. */
export function numbersOf(
  config: Config,
  tied: boolean,
  room: number,
): { weights: number; activations: number } {
  const { n_layer, n_embd: d, n_inner, n_head, vocab_size } = config;
  let weights = 0;
  for (const shape of parameterShapes(config, tied).values())
    weights += shape.reduce((product, n) => product * n, 1);
  const perToken = d * (12 + n_head) + 2 * n_inner + 2 * n_head * room;
  return { weights, activations: room * (n_layer * perToken + 3 * d + vocab_size) };
}

/**
 * Whether a workbook of a model can be made.
 * @throws ModelError with a sentence that names the sizes and the limits
 */
export function checkFits(name: string, config: Config, tied: boolean, room: number): void {
  const { refusals } = strings;
  if (!Number.isInteger(room) || room < 1 || room > config.n_positions)
    throw new ModelError(refusals.room(room, config.n_positions));
  const { weights, activations } = numbersOf(config, tied, room);
  if (weights + activations > MOST_NUMBERS) {
    throw new ModelError(
      refusals.large(name, weights + activations, MOST_NUMBERS, mostRoom(config, tied, room)),
    );
  }
  const columns =
    2 + Math.max(config.n_inner, 3 * config.n_embd, config.n_head * Math.max(config.n_embd, room));
  if (columns > MOST_COLUMNS) throw new ModelError(refusals.columns(name, columns, MOST_COLUMNS));
}

/** The largest room below `room` for which a model fits; 0 if there is none. */
function mostRoom(config: Config, tied: boolean, room: number): number {
  let most = room;
  const total = () => {
    const { weights, activations } = numbersOf(config, tied, most);
    return weights + activations;
  };
  while (most > 0 && total() > MOST_NUMBERS) most--;
  return most;
}
