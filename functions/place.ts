import { zeroRow } from '../src/algebra/cosine';
import { cellsOf, number } from '../src/sheet/arguments';
import { numbersOf } from '../src/sheet/matrix';
import { messages } from '../src/sheet/messages';
import type { Ask } from './answer';

/** Where a token, or a vector that somebody gives, lies among the token embeddings. */
export interface Place {
  /** [d_model] */
  readonly vector: Float64Array;
  /** The token's id; missing where a vector was given. */
  readonly id?: number;
}

/** Reads a token by its text or id, in one cell, or a vector: d_model numbers in one row or one column. */
export async function placeOf(ask: Ask, parameter: string, value: unknown): Promise<Place> {
  const cells = cellsOf(parameter, value);
  const { n_embd: d, vocab_size } = ask.config;
  const allowed =
    `a token in one cell (its text with the space before it, or its id from 0 to ${vocab_size - 1}), or ` +
    `${d} numbers (d_model) in one row or one column`;
  const rows = cells.length;
  const columns = cells[0]?.length ?? 0;
  if (rows === 1 && columns === 1) return placeOfToken(ask, parameter, cells[0]?.[0], allowed);
  if (rows * columns !== d || (rows > 1 && columns > 1)) {
    throw messages.wrongShape(parameter, rows, columns, allowed);
  }
  const { data } = numbersOf(parameter, value);
  if (zeroRow(data, d) === 0) throw messages.allZeros(parameter, 1);
  return { vector: data };
}

async function placeOfToken(
  { client, config }: Ask,
  parameter: string,
  token: unknown,
  allowed: string,
): Promise<Place> {
  const id = typeof token === 'string' && token !== '' ? await idOf(client, parameter, token) : token;
  const known = (n: number) => Number.isInteger(n) && n >= 0 && n < config.vocab_size;
  const row = number(parameter, id, allowed, known);
  const slice = { row, rows: 1, col: 0, cols: config.n_embd };
  return { id: row, vector: Float64Array.from((await client.weight('wte.weight', slice)).data) };
}

async function idOf(client: Ask['client'], parameter: string, token: string): Promise<number> {
  const ids = await client.ids({ text: token });
  if (ids.length !== 1) throw messages.notOneToken(parameter, token, ids);
  return ids[0] as number;
}
