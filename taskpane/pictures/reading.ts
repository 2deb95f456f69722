import type { EngineClient } from '../../src/rpc/client';
import type { Source, Typed } from './formula';
import type { Reading } from './picture';
import { words } from './strings';
import { visible } from './tokens';

/**
 * Has the open model read a prompt.
 * @throws Error with a sentence when it does not fit the model
 */
export async function readPrompt(
  client: EngineClient,
  { text, address }: Typed,
  signal: AbortSignal,
): Promise<Reading> {
  const { model } = await client.opened();
  const { config, hasTokenizer } = model;
  const source: Source = hasTokenizer
    ? { text, address }
    : { ids: typedIds(text, config.vocab_size), address };
  const ids = await client.ids(source);
  signal.throwIfAborted();
  if (ids.length > config.n_positions) throw new Error(words.tooLong(ids.length, config.n_positions));
  const tokens = hasTokenizer ? (await client.show(ids)).map(visible) : ids.map(String);
  signal.throwIfAborted();
  return { source, config, ids, tokens };
}

/** Token ids as people type them: whole numbers between blanks or commas. */
function typedIds(text: string, size: number): number[] {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const ids = parts.map(Number);
  if (ids.length > 0 && ids.every((id) => Number.isInteger(id) && id >= 0 && id < size)) return ids;
  throw new Error(words.idsWanted(size - 1));
}
