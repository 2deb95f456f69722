/** Prompts that a workbook may open with: the first that it has room for. */
export const FIRST_PROMPTS = ['Once there was a', 'Once', 'a'] as const;
