import { messages } from './messages';

/** Excel on the web takes at most 5 MB an answer; what goes with the values needs some of it. */
const PAYLOAD_BYTES = 4_900_000;

/** Rows of texts and numbers as they are; `instead` says what to ask for when the host would not take so much. */
export function checkRows<T extends readonly (readonly (string | number)[])[]>(rows: T, instead: string): T {
  let bytes = 0;
  for (const row of rows) {
    for (const cell of row) bytes += bytesOf(cell) + 1;
    if (bytes > PAYLOAD_BYTES) {
      throw messages.tooLarge(rows.length, row.length, 'the 5 MB that Excel takes', instead);
    }
  }
  return rows;
}

const utf8 = new TextEncoder();

/** How many bytes a value takes, written as JSON. */
const bytesOf = (cell: string | number): number => utf8.encode(JSON.stringify(cell)).length;
