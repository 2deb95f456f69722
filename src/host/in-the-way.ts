import { sentences } from './sentences';

/** Sheets were to be inserted whose names others have. */
export class SheetsInTheWay extends Error {
  override readonly name = 'SheetsInTheWay';

  /** @param sheets their names */
  constructor(readonly sheets: readonly string[]) {
    super(sentences.sheetsInTheWay(sheets));
  }
}
