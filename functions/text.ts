import { idsOf, textOf } from '../src/sheet/prompt';
import { answer } from './answer';

/**
 * Splits a text into GPT-2's tokens: one a row, with the space before a word kept. Bytes that are only a part of a character show as \xE2.
 * @customfunction TOKENS
 * @param text The text, in one cell. A number counts as its digits; a blank cell as the empty prompt, <|endoftext|> alone.
 * @returns T rows × 1 column of token texts.
 * @example =GPT2.TOKENS("Mike is quick. He moves")
 * @cancelable
 */
export function tokens(
  text: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<string[][]> {
  return answer('TOKENS', invocation, async ({ client }) => {
    const ids = await client.ids({ text: textOf('text', text) });
    return (await client.show(ids)).map((token) => [token]);
  });
}

/**
 * Splits a text into GPT-2's tokens and gives their ids: their row numbers in the token embedding, counted from 0.
 * @customfunction IDS
 * @param text The text, in one cell. A number counts as its digits; a blank cell as the empty prompt, <|endoftext|> alone.
 * @returns T rows × 1 column of token ids.
 * @example =GPT2.IDS("Mike is quick. He moves")
 * @cancelable
 */
export function ids(
  text: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('IDS', invocation, async ({ client }) => {
    const found = await client.ids({ text: textOf('text', text) });
    return found.map((id) => [id]);
  });
}

/**
 * Puts token ids together into the text that they spell: the way back from IDS.
 * @customfunction TEXT
 * @param ids Token ids, in one column or one row.
 * @returns The text, in one cell.
 * @example =GPT2.TEXT(GPT2.IDS("Mike is quick."))
 * @cancelable
 */
export function text(ids: unknown[][], invocation: CustomFunctions.CancelableInvocation): Promise<string> {
  return answer('TEXT', invocation, ({ client }) => client.decode(idsOf('ids', ids)));
}
