import type { Config } from '../src/gpt2/config';
import type { ParameterInfo } from '../src/rpc/protocol';
import { choice, isBlank, wholeNumber } from '../src/sheet/arguments';
import { checkSize, toCells } from '../src/sheet/cells';
import { messages } from '../src/sheet/messages';
import { fits, likeliest } from '../src/sheet/names';
import { textOf } from '../src/sheet/prompt';
import { answer } from './answer';

const PART = 'ask for a part of it with row, col, rows and cols';

/**
 * Shows a parameter of the model, or a part of it. WEIGHT(name) is all of it, WEIGHT(name, row) one row, WEIGHT(name, row, col) one number.
 * @customfunction WEIGHT
 * @param name The parameter's name in the checkpoint, as PARAMS lists it.
 * @param [row] The first row, counted from 0; left out, 0. A vector is one row.
 * @param [col] The first column, counted from 0; left out, 0.
 * @param [rows] How many rows; left out, 1 if row is given, and all if not.
 * @param [cols] How many columns; left out, 1 if col is given, and all if not.
 * @returns rows × cols numbers.
 * @example =GPT2.WEIGHT("wpe.weight", 0, 0, 4, 8)
 * @cancelable
 */
export function weight(
  name: unknown,
  row: unknown,
  col: unknown,
  rows: unknown,
  cols: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('WEIGHT', invocation, async ({ client }) => {
    const found = parameterNamed(textOf('name', name), await client.parameters());
    const size = sizeOf(found);
    const down = range('row', row, 'rows', rows, size.rows);
    const across = range('col', col, 'cols', cols, size.columns);
    checkSize(down.count, across.count, PART);
    const slice = { row: down.first, rows: down.count, col: across.first, cols: across.count };
    return toCells(await client.weight(found.name, slice), PART);
  });
}

/**
 * Lists the parameters of the model: every matrix and vector that training found.
 * @customfunction PARAMS
 * @param [pattern] Only names that fit: * stands for any characters, ? for one; left out, all.
 * @returns A row for each parameter × 4 columns: name, rows, columns, count of numbers. A vector has one row.
 * @example =GPT2.PARAMS("h.0.*")
 * @cancelable
 */
export function params(
  pattern: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<unknown[][]> {
  return answer('PARAMS', invocation, async ({ client }) => {
    const wanted = textOf('pattern', pattern).trim() || '*';
    const found = (await client.parameters()).filter(({ name }) => fits(name, wanted));
    if (found.length === 0) throw messages.noMatch('pattern', wanted);
    return found.map((parameter) => {
      const { rows, columns } = sizeOf(parameter);
      return [parameter.name, rows, columns, rows * columns];
    });
  });
}

// biome-ignore format: the generator of functions.json reads the values as JSON.
/**
 * The keys of a configuration, in the order of the table that CONFIG shows.
 * @customenum {string}
 */
enum Key {
  /** How many blocks the model has. */
  n_layer = "n_layer",
  /** How many attention heads a block has. */
  n_head = "n_head",
  /** How wide the residual stream is: d_model. */
  n_embd = "n_embd",
  /** How wide the MLP's hidden layer is: d_mlp. */
  n_inner = "n_inner",
  /** How many tokens a prompt may have. */
  n_positions = "n_positions",
  /** How many tokens the vocabulary has. */
  vocab_size = "vocab_size",
  /** What a LayerNorm adds to the variance. */
  layer_norm_epsilon = "layer_norm_epsilon",
}
const KEYS = Object.values(Key) satisfies readonly (keyof Config)[];

/**
 * Shows the configuration of the model: how many blocks and heads it has, how wide it is, how long a prompt may be.
 * @customfunction CONFIG
 * @param [key] Only this one, for example "n_layer"; left out, all.
 * @returns A row for each key × 2 columns: key, value; or one value.
 * @example =GPT2.CONFIG()
 * @cancelable
 */
export function config(key: Key, invocation: CustomFunctions.CancelableInvocation): Promise<unknown[][]> {
  return answer('CONFIG', invocation, async (ask) =>
    isBlank(key) ? KEYS.map((one) => [one, ask.config[one]]) : [[ask.config[choice('key', key, KEYS)]]],
  );
}

/** Rows and columns of a parameter; a vector is one row. */
const sizeOf = ({ shape }: ParameterInfo): { rows: number; columns: number } => ({
  rows: shape.length > 1 ? (shape[0] as number) : 1,
  columns: shape.at(-1) as number,
});

/** The parameter of a name; a tied head is the token embedding. */
function parameterNamed(given: string, all: readonly ParameterInfo[]): ParameterInfo {
  const name = given.trim().replace(/^transformer\./, '');
  const named = (wanted: string) => all.find((one) => one.name === wanted);
  const found = named(name) ?? (name === 'lm_head.weight' ? named('wte.weight') : undefined);
  if (found) return found;
  const names = all.map((one) => one.name);
  throw messages.unknownName('name', given, likeliest(name, names, 3));
}

/** Where a part of `size` rows or columns begins, and how many there are in it. */
function range(
  firstName: string,
  first: unknown,
  countName: string,
  count: unknown,
  size: number,
): { first: number; count: number } {
  const from = wholeNumber(firstName, first, { least: 0, most: size - 1, otherwise: 0 });
  const most = size - from;
  return {
    first: from,
    count: wholeNumber(countName, count, { least: 1, most, otherwise: isBlank(first) ? most : 1 }),
  };
}
