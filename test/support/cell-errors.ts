import type { Page } from 'playwright-core';

/** Gives a pane outside Excel, where Office.js has none, the errors that formulas throw: their messages can be read. */
export const giveCellErrors = (page: Page): Promise<void> =>
  page.evaluate(() => {
    class CellError extends Error {
      constructor(
        readonly code: string,
        message: string,
      ) {
        super(message);
      }
    }
    const ErrorCode = { invalidValue: '#VALUE!', notAvailable: '#N/A' };
    Object.assign(CustomFunctions, { Error: CellError, ErrorCode });
  });
