import { sentences } from './sentences';

/** Sheets were to be inserted whose names others have. */
export class SheetsInTheWay extends Error {
  override readonly name = 'SheetsInTheWay';

  /** @param sheets their names */
  constructor(readonly sheets: readonly string[]) {
    super(sentences.sheetsInTheWay(sheets));
  }
}

/** Whether an error is `SheetsInTheWay`, also when it comes from the page around this one, which has a class of its own. */
export const isInTheWay = (error: unknown): error is SheetsInTheWay =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'SheetsInTheWay';
