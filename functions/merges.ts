import { messages } from '../src/sheet/messages';
import { textOf } from '../src/sheet/prompt';
import { checkRows } from '../src/sheet/rows';
import { answer } from './answer';

/**
 * Shows byte-pair encoding as it happens: a row for each merge of two neighbours, pre-token by pre-token. Pre-tokens of a single byte have no rows; a text without any merge gives #N/A.
 * @customfunction MERGES
 * @param text The text, in one cell. A number counts as its digits.
 * @returns A row for each merge × 6 columns: pre-token, step in it from 1, rank (line of merges.txt, from 0), left, right, result.
 * @example =GPT2.MERGES("Mike is quick. He moves")
 * @cancelable
 */
export function merges(
  text: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<unknown[][]> {
  return answer('MERGES', invocation, async ({ client }) => {
    const whole = textOf('text', text);
    const rows = (await client.merges(whole)).flatMap(({ preToken, merges }) =>
      merges.map(({ rank, left, right, result }, i) => [preToken, i + 1, rank, left, right, result]),
    );
    if (rows.length === 0) throw messages.noMerges('text', whole);
    return checkRows(rows, 'give a shorter text');
  });
}
