import { describe, expect, it } from 'vitest';
import { replaceNames } from '../../src/workbook/names';

const put = (name: string, sheet?: string) =>
  name === 'prompt' ? `<${sheet === undefined ? '' : `${sheet}|`}cell>` : undefined;

describe('names in formulas', () => {
  it.each([
    ['=GPT2.EMBED(prompt)', '=GPT2.EMBED(<cell>)'],
    ['=prompt&prompt', '=<cell>&<cell>'],
    ['=-prompt*2', '=-<cell>*2'],
    ['=Map!prompt', '=<Map|cell>'],
    ["='Map (2)'!prompt", '=<Map (2)|cell>'],
    ["='It''s'!prompt", "=<It's|cell>"],
  ])('gives way in %s', (formula, expected) => {
    expect(replaceNames(formula, put)).toBe(expected);
  });

  it.each([
    '="prompt"',
    '="say ""prompt"""&A1',
    '=prompt(1)',
    '=prompt!A1',
    "='prompt'!A1",
    "='a prompt b'!A1",
    '=prompts+my_prompt+prompt.x+prompt1',
    '=$prompt',
  ])('stays in %s', (formula) => {
    expect(replaceNames(formula, put)).toBe(formula);
  });
});
