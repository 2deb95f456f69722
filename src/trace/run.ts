import type { Start, Want } from '../engine/api';
import type { ActivationName } from '../gpt2/activations';
import type { Config } from '../gpt2/config';
import type { Tensor } from '../gpt2/tensor';
import type { ReadRequest } from '../rpc/protocol';
import { checkIds, inputOf, promptOf } from '../sheet/prompt';
import type { Axis } from './explanation';
import { callText } from './formula';
import type { Reader } from './reader';
import { strings } from './strings';

/** The forward pass that a formula shows a part of: of a prompt, or from cells in the middle of the model. */
export interface Run {
  readonly config: Config;
  /** The argument as it stands in the formula, for formulas that show other parts of the same pass. */
  readonly input: string;
  readonly form: 'prompt' | 'cells';
  /** What the cells stand for; missing for a prompt. */
  readonly start?: Pick<Start, 'name' | 'layer'>;
  /** How many tokens, T. */
  readonly tokens: number;
  /** Token ids [T]; missing for cells. */
  readonly ids?: readonly number[];
  /** A formula that shows the ids in a column, without its `=`. */
  readonly idsFormula?: string;
  /** The text of each token [T]; missing for cells and for models without a vocabulary. */
  readonly names?: readonly string[];
  readonly reader: Reader;
  /** Whole activations or parts of them, of one forward pass. */
  read(...wants: Want[]): Promise<number[][]>;
}

/** What a formula's stage takes as cells. */
export type Takes = Pick<Start, 'name' | 'layer'>;

/**
 * Reads the `input` of a stage's formula, as the formula itself does.
 * @param takes what cells stand for; missing where the formula takes none
 * @throws CellError where the formula would
 */
export async function openRun(
  reader: Reader,
  config: Config,
  input: string,
  value: unknown,
  takes: Takes | undefined,
  signal?: AbortSignal,
): Promise<Run> {
  const given = takes ? inputOf('input', value, config.n_embd) : promptOf('input', value);
  const from = (
    'cells' in given ? { start: { ...takes, values: given.cells } } : given
  ) as ReadRequest['from'];
  if ('ids' in given) checkIds('input', given.ids, config.vocab_size);
  const read = reading(reader, from, signal);
  if ('cells' in given) {
    const tokens = given.cells.dims[0] as number;
    // The engine gives out what comes after the start; the start is these cells.
    const own = (want: Want) => want.name === takes?.name && want.layer === takes.layer;
    const both: Run['read'] = async (...wants) => {
      const rest = wants.filter((want) => !own(want));
      const answers = rest.length > 0 ? await read(...rest) : [];
      return wants.map((want) => (own(want) ? rowOf(given.cells, want) : (answers.shift() as number[])));
    };
    return { config, reader, input, form: 'cells', start: takes, tokens, read: both };
  }
  return { ...(await promptRun(reader, config, input, given)), read };
}

/** A run of ids that are known already, shown by a formula's argument such as `{1;2;3}`. */
export async function idsRun(
  reader: Reader,
  config: Config,
  ids: readonly number[],
  signal?: AbortSignal,
): Promise<Run> {
  const read = reading(reader, { ids }, signal);
  return { ...(await promptRun(reader, config, `{${ids.join(';')}}`, { ids })), read };
}

const reading =
  (reader: Reader, from: ReadRequest['from'], signal?: AbortSignal): Run['read'] =>
  async (...wants) => {
    const { tensors } = await reader.read({ from, wants }, signal);
    return tensors.map(({ data }) => Array.from(data));
  };

/** One position of cells [T, d_model], or all of them. */
function rowOf({ dims, data }: Tensor, { position }: Want): number[] {
  const width = dims[1] as number;
  const part = position === undefined ? data : data.subarray(position * width, (position + 1) * width);
  return Array.from(part);
}

async function promptRun(
  reader: Reader,
  config: Config,
  input: string,
  prompt: { text: string } | { ids: readonly number[] },
): Promise<Omit<Run, 'read'>> {
  const ids = await reader.ids(prompt);
  return {
    config,
    reader,
    input,
    form: 'prompt',
    tokens: ids.length,
    ids,
    idsFormula: 'text' in prompt ? callText('IDS', input) : input,
    names: await namesOf(reader, ids),
  };
}

/** The texts of tokens; undefined where the model has no vocabulary to tell them. */
export async function namesOf(
  reader: Reader,
  ids: readonly number[],
): Promise<readonly string[] | undefined> {
  return (await reader.opened()).model.hasTokenizer ? reader.show(ids) : undefined;
}

/** A place in the prompt as an axis; `what` says what it does there. */
export function positionAxis(
  { names }: Pick<Run, 'names'>,
  position: number,
  what: string = strings.axes.position,
): Axis {
  const token = names?.[position];
  return {
    kind: 'position',
    index: position,
    ...(token !== undefined && { token }),
    label: strings.axes.at(what, position, token),
  };
}

/** Positions for the rows of tables. */
export const positionLabel = ({ names }: Pick<Run, 'names'>, position: number): string =>
  strings.axes.place(position, names?.[position]);

/** Part of an activation of this run. */
export interface Part {
  readonly name: ActivationName;
  readonly layer?: number;
  readonly head?: number;
}
