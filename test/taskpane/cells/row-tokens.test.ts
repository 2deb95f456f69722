import { describe, expect, it, vi } from 'vitest';
import type { CellValue } from '../../../src/host/host';
import { promptBehind } from '../../../taskpane/cells/row-tokens';

const behind = (formula: string, values: CellValue[][] = [['Mike']]) => {
  const read = vi.fn(async () => values);
  return {
    read,
    prompt: promptBehind({ anchor: "'My sheet'!C4", address: "'My sheet'!C4:D9", formula }, read),
  };
};

describe('the prompt behind a spill', () => {
  it.each([
    ['=GPT2.ATTN(B$2,0,1)', "'My sheet'!B$2"],
    ['=GPT2.ATTN(Tour!C5,0,1)', 'Tour!C5'],
    ['=GPT2.ATTN(prompt,0,1)', 'prompt'],
    ['=GPT2.EMBED(A1#)', "'My sheet'!A1#"],
  ])('of %s is read at %s', async (formula, address) => {
    const { read, prompt } = behind(formula);
    expect(await prompt).toEqual({ text: 'Mike' });
    expect(read).toHaveBeenCalledWith(address);
  });

  it('may be written in the formula', async () => {
    expect(await behind('=GPT2.BLOCK("say ""hi""",0)').prompt).toEqual({ text: 'say "hi"' });
    expect(await behind('=GPT2.FINAL(42)').prompt).toEqual({ ids: [42] });
  });

  it('may be token ids, or nothing', async () => {
    expect(await behind('=GPT2.QUERY(A1:A2,0,0)', [[7], [9]]).prompt).toEqual({ ids: [7, 9] });
    expect(await behind('=GPT2.QUERY(A1,0,0)', [[null]]).prompt).toEqual({ text: '' });
  });

  it.each([
    [
      '=GPT2.ATTN(A1,0,1)*2',
      undefined,
      "'My sheet'!C4:D9 is not filled by one of the add-in's formulas alone.",
    ],
    ['=GPT2.TOP(A1,6)', undefined, 'The rows of GPT2.TOP are not the tokens of its prompt'],
    ['=GPT2.LOGITS(A1)', undefined, 'The rows of GPT2.LOGITS are not the tokens of its prompt'],
    ['=GPT2.ATTN(A1&B1,0)', undefined, 'The prompt cannot be read from A1&B1, which is a calculation.'],
    ['=GPT2.ATTN(A1:B2,0)', [[1, 2]], 'A1:B2 is neither one cell of text nor a column of token ids'],
  ] as const)('is missing behind %s, and that is said', async (formula, values, sentence) => {
    await expect(
      behind(
        formula,
        values?.map((row) => [...row]),
      ).prompt,
    ).rejects.toThrow(sentence);
  });
});
