/** What went wrong: the request itself, the machinery, an engine that is closed, or a model that is not all there yet. */
export type Trouble = 'input' | 'run' | 'closed' | 'missing';

/** A failure of the engine, in words for people. Its message names what failed and, for a run, on which back end. */
export class EngineError extends Error {
  override name: string = 'EngineError';

  constructor(
    readonly trouble: Trouble,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The text of anything that was thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);

/** What a cancelled request rejects with; its name is "AbortError", as the platform's own. */
export const abortError = (): Error =>
  new DOMException('The request was cancelled before it was answered.', 'AbortError');
