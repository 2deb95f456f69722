/**
 * What an error says, or another sentence where it says nothing. Errors of the workbench come from another page, so
 * they are no `Error` of this one.
 */
export function sentenceOf(error: unknown, otherwise: string): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' && message ? message : otherwise;
}
