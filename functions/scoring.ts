import { shortest } from '../src/decimals';
import { probabilities } from '../src/gpt2/sampling';
import type { TokenScore } from '../src/gpt2/scoring';
import { messages } from '../src/sheet/messages';
import { optionsOf } from '../src/sheet/options';
import { checkIds, promptOf, textOf } from '../src/sheet/prompt';
import { type Ask, answer } from './answer';

/**
 * Shows how well the model sees each token of a text coming. The text counts as preceded by <|endoftext|>, so that its first token has a value too; one token less than the context fits.
 * @customfunction LOGPROBS
 * @param text The text, in one cell. A number counts as its digits.
 * @returns T rows × 4 columns: token, natural logarithm of its probability, surprisal in bits, rank (1 is the likeliest).
 * @example =GPT2.LOGPROBS("Mike is quick. He moves")
 * @cancelable
 */
export function logprobs(
  text: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<unknown[][]> {
  return answer('LOGPROBS', invocation, async (ask) => {
    const { ids, scores } = await scoresOf(ask, text);
    const names = await ask.client.show(ids);
    return scores.map(({ logprob, rank }, i) => [
      names[i] as string,
      shortest(logprob),
      shortest(-logprob / Math.LN2),
      rank,
    ]);
  });
}

/**
 * Gives the perplexity of a text: e to the mean of its tokens' negative log-probabilities, those of LOGPROBS. 1 is a text that the model knows by heart.
 * @customfunction PERPLEXITY
 * @param text The text, in one cell. A number counts as its digits. It counts as preceded by <|endoftext|>.
 * @returns One number from 1: among how many equally likely tokens the model seems to hesitate.
 * @example =GPT2.PERPLEXITY("Mike is quick. He moves")
 * @cancelable
 */
export function perplexity(
  text: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number> {
  return answer('PERPLEXITY', invocation, async (ask) => {
    const { scores } = await scoresOf(ask, text);
    return shortest(Math.exp(-total(scores) / scores.length));
  });
}

/**
 * Compares continuations of a prompt by their probability, in the order given; "best" stands in the last column of the likeliest. Every option's tokens follow the prompt's as they are.
 * @customfunction CHOOSE
 * @param prompt The prompt (one cell of text) or its token ids (one column). Blank stands for <|endoftext|> alone.
 * @param options The continuations: a range with a text in every cell, each with the space before it if it begins a word.
 * @returns A row for each option × 5 columns: option, total log-probability (natural), the same per token, softmax of the totals, "best" or nothing.
 * @example =GPT2.CHOOSE("Mike is quick. He moves", {" quickly"; " slowly"; " loudly"})
 * @cancelable
 */
export function choose(
  prompt: unknown[][],
  options: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<unknown[][]> {
  return answer('CHOOSE', invocation, async (ask) => {
    const texts = optionsOf('options', options);
    const before = await ask.client.ids(promptOf('prompt', prompt));
    checkIds('prompt', before, ask.config.vocab_size);
    const scores = await Promise.all(texts.map((option) => scoreOption(ask, before, option)));
    const totals = scores.map(total);
    const shares = probabilities(totals);
    const best = totals.indexOf(Math.max(...totals));
    return texts.map((option, i) => {
      const sum = totals[i] as number;
      const each = sum / (scores[i] as readonly TokenScore[]).length;
      return [option, shortest(sum), shortest(each), shortest(shares[i] as number), i === best ? 'best' : ''];
    });
  });
}

/** Scores of an option's tokens, after the ids of the prompt. */
async function scoreOption({ client, config, signal }: Ask, prompt: readonly number[], option: string) {
  const ids = await client.ids({ text: option });
  const room = config.n_positions - prompt.length;
  if (ids.length > room) {
    const why = `after the prompt's ${prompt.length}, ${Math.max(0, room)} of this model's ${config.n_positions} are left`;
    throw messages.tooManyTokens('options', option, ids.length, why);
  }
  return client.score({ ids: [...prompt, ...ids], first: prompt.length }, signal);
}

/** Token ids of a text [T], and a score for each, after <|endoftext|>. */
async function scoresOf({ client, config, signal }: Ask, text: unknown) {
  const whole = textOf('text', text);
  if (whole === '') throw messages.notAllowed('text', whole, 'a text of at least one token');
  const [start, ids] = await Promise.all([client.ids({ text: '' }), client.ids({ text: whole })]);
  const room = config.n_positions - start.length;
  if (ids.length > room) {
    throw messages.tooManyTokens('text', whole, ids.length, `up to ${room} fit, after <|endoftext|>`);
  }
  const scores = await client.score({ ids: [...start, ...ids], first: start.length }, signal);
  return { ids, scores };
}

const total = (scores: readonly TokenScore[]): number =>
  scores.reduce((sum, { logprob }) => sum + logprob, 0);
