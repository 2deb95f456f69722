import type { Model } from '../../../src/gpt2/reference';
import { forward } from '../../../src/gpt2/reference';
import type { Tokenizer } from '../../../src/gpt2/tokenizer';
import { randomIds } from '../../support/random';
import { arithmeticCases } from './arithmetic';
import type { Case, Given, GivenPrompt } from './case';
import { outputCases } from './output';
import { parameterCases } from './parameters';
import { stageCases } from './stages';
import { textCases } from './texts';
import { vectorCases } from './vectors';

const TEXTS = ['Mike is quick. He moves', ''];
const SOME = 6;

/**
 * Calls of every formula with what they should give: over texts where the model has a vocabulary, over one token, a
 * few, and as many as fit.
 */
export function everyCase(model: Model, tokenizer?: Tokenizer): Case[] {
  const given = givenOf(model, tokenizer);
  return [
    ...textCases(given),
    ...stageCases(given),
    ...outputCases(given),
    ...vectorCases(given),
    ...parameterCases(given),
    ...arithmeticCases(),
  ];
}

function givenOf(model: Model, tokenizer?: Tokenizer): Given {
  const prompt = (ids: readonly number[], text?: string): GivenPrompt => ({
    text,
    ids,
    acts: forward(model, ids, 'float64'),
  });
  const texts = TEXTS.map((text) =>
    tokenizer ? prompt(text === '' ? [tokenizer.endOfText] : tokenizer.encode(text), text) : undefined,
  ).filter((known) => known !== undefined);
  const numbers = [SOME, 1, model.config.n_positions].map((n) => prompt(randomIds(model.config, n, n)));
  const [first, ...others] = [...texts, ...numbers.slice(texts.length)] as [GivenPrompt, ...GivenPrompt[]];
  return { model, tokenizer, prompts: [first, ...others] };
}
