/** The prompt that a workbook opens with. */
export const FIRST_PROMPT = 'Once there was a';
