import { shortest } from '../src/decimals';
import { sample } from '../src/gpt2/sampling';
import type { Tensor } from '../src/gpt2/tensor';
import { cellsOf, isBlank, wholeNumber } from '../src/sheet/arguments';
import { toCells } from '../src/sheet/cells';
import { likeliest, softmax } from '../src/sheet/logits';
import { messages } from '../src/sheet/messages';
import { samplingOf } from '../src/sheet/sampling';
import { type Ask, answer } from './answer';

const FEWER = 'name the tokens you want in the third argument';

/**
 * Shows the logits: a score for every token of the vocabulary, of how well it would follow. Softmax turns them into PROBS.
 * @customfunction LOGITS
 * @param input A prompt (one cell of text), token ids (one column), or cells: the rows of FINAL.
 * @param [position] The place whose next token is scored, from 0; negative counts from the end; left out, the last.
 * @param [tokens] Only these tokens, in this order: token texts (with their leading space) or ids.
 * @returns V rows × 1 column, in the order of the ids; or a row for each token asked for.
 * @example =GPT2.LOGITS("Mike is quick. He moves", -1, " quickly")
 * @cancelable
 */
export function logits(
  input: unknown[][],
  position: unknown,
  tokens: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('LOGITS', invocation, async (ask) => {
    const [row, ids] = await Promise.all([logitsAt(ask, input, position), tokenIds(ask, tokens)]);
    return pick(row, ids);
  });
}

/**
 * Shows the probability of every token of the vocabulary to come next: the softmax of LOGITS. All together they add up to 1.
 * @customfunction PROBS
 * @param input A prompt (one cell of text), token ids (one column), or cells: the rows of FINAL.
 * @param [position] The place whose next token is meant, from 0; negative counts from the end; left out, the last.
 * @param [tokens] Only these tokens, in this order: token texts (with their leading space) or ids.
 * @returns V rows × 1 column, in the order of the ids; or a row for each token asked for.
 * @example =GPT2.PROBS("Mike is quick. He moves", -1, " quickly")
 * @cancelable
 */
export function probs(
  input: unknown[][],
  position: unknown,
  tokens: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('PROBS', invocation, async (ask) => {
    const [row, ids] = await Promise.all([logitsAt(ask, input, position), tokenIds(ask, tokens)]);
    return pick(Float32Array.from(row, softmax(row)), ids);
  });
}

/**
 * Lists the likeliest next tokens, best first.
 * @customfunction TOP
 * @param input A prompt (one cell of text), token ids (one column), or cells: the rows of FINAL.
 * @param [k] How many; left out, 10.
 * @param [position] The place whose next token is meant, from 0; negative counts from the end; left out, the last.
 * @returns k rows × 4 columns: token, probability, logit, id.
 * @example =GPT2.TOP("Mike is quick. He moves", 5)
 * @cancelable
 */
export function top(
  input: unknown[][],
  k: unknown,
  position: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<unknown[][]> {
  return answer('TOP', invocation, async (ask) => {
    const count = wholeNumber('k', k, { least: 1, most: ask.config.vocab_size, otherwise: 10 });
    const row = await logitsAt(ask, input, position);
    const ids = likeliest(row, count);
    const p = softmax(row);
    const names = await ask.client.show(ids);
    return ids.map((id, i) => [
      names[i] as string,
      shortest(p(row[id] as number)),
      shortest(row[id] as number),
      id,
    ]);
  });
}

/**
 * Gives the next token. Without a temperature it is the likeliest one; with one it is drawn, and the same seed draws the same token.
 * @customfunction NEXT
 * @param input A prompt (one cell of text), token ids (one column), or cells: the rows of FINAL.
 * @param [temperature] 0 for the likeliest (the default); 1 draws from the model's own probabilities; more is bolder.
 * @param [top_k] Draw among the k likeliest only; left out or 0, among all.
 * @param [top_p] Draw among the fewest likeliest that together reach this probability; left out or 1, among all.
 * @param [seed] A whole number that decides the draw; left out, 0.
 * @returns The token's text, with the space before it if it has one.
 * @example =GPT2.NEXT("Mike is quick. He moves")
 * @cancelable
 */
export function next(
  input: unknown[][],
  temperature: unknown,
  top_k: unknown,
  top_p: unknown,
  seed: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<string> {
  return answer('NEXT', invocation, async (ask) => {
    const sampling = samplingOf({ temperature, top_k, top_p, seed }, ask.config.vocab_size);
    const row = await logitsAt(ask, input, undefined);
    const id = sampling.temperature === 0 ? (likeliest(row, 1)[0] as number) : sample(row, sampling);
    return (await ask.client.show([id]))[0] as string;
  });
}

/** The logits [V] for what follows one position of a prompt, or of FINAL's cells. */
async function logitsAt(ask: Ask, input: unknown[][], position: unknown): Promise<Float32Array> {
  const longest = ask.config.n_positions;
  const at = wholeNumber('position', position, { least: -longest, most: longest - 1, otherwise: -1 });
  return (await ask.stage(input, { name: 'ln_final' }, { name: 'logits', position: at })).data;
}

/** The ids of tokens named by text or by id, or undefined when none are named. */
async function tokenIds(ask: Ask, tokens: unknown): Promise<number[] | undefined> {
  if (isBlank(tokens)) return undefined;
  const named = cellsOf('tokens', tokens).flat();
  if (named.every(isBlank)) return undefined;
  const { vocab_size } = ask.config;
  return Promise.all(
    named.map(async (token) => {
      if (typeof token !== 'string' || token === '') {
        return wholeNumber('tokens', token, { least: 0, most: vocab_size - 1 });
      }
      const ids = await ask.client.ids({ text: token });
      if (ids.length !== 1) throw messages.notOneToken('tokens', token, ids);
      return ids[0] as number;
    }),
  );
}

/** A row of numbers [V] as one column of cells: all of it, or the tokens asked for. */
function pick(row: Float32Array, ids: number[] | undefined): number[][] {
  const data = ids ? Float32Array.from(ids, (id) => row[id] as number) : row;
  const column: Tensor = { dims: [data.length, 1], data };
  return toCells(column, FEWER);
}
