import type { Tensor } from '../gpt2/tensor';
import type { Prompt } from '../gpt2/tokenizer';
import { type Cells, cellsOf, isBlank } from './arguments';
import { matrixOf } from './matrix';
import { messages } from './messages';

/**
 * Reads the `input` of a formula: one cell of text is a prompt, numbers in one column are token ids, and a blank
 * cell is the empty prompt. One number alone is a token id.
 */
export function promptOf(parameter: string, value: unknown): Prompt {
  const cells = cellsOf(parameter, value);
  const rows = cells.length;
  const columns = cells[0]?.length ?? 0;
  const alone = cells[0]?.[0];
  if (rows === 1 && columns === 1) {
    if (isBlank(alone)) return { text: '' };
    if (typeof alone === 'string') return { text: alone };
  }
  const hasText = cells.some((row) => row.some((cell) => typeof cell === 'string' && cell !== ''));
  const hasNumber = cells.some((row) => row.some((cell) => typeof cell === 'number'));
  if (hasText && !hasNumber) throw messages.severalTexts(parameter, rows, columns);
  eachCell(cells, (cell, row, column) => {
    if (typeof cell === 'boolean') {
      throw messages.notAllowed(
        parameter,
        cell,
        'a prompt (one cell of text) or token ids (one column of numbers)',
      );
    }
    if (typeof cell !== 'number') throw messages.textAmongNumbers(parameter, cell, row, column);
  });
  if (columns !== 1) throw messages.notIds(parameter, rows, columns);
  return { ids: cells.map(([cell], row) => idOf(parameter, cell, row + 1)) };
}

/**
 * Reads the `input` of a stage: a prompt, token ids, or cells, which are numbers in as many columns as the model is
 * wide → [T, width].
 */
export function inputOf(parameter: string, value: unknown, width: number): Prompt | { cells: Tensor } {
  const cells = cellsOf(parameter, value);
  const columns = cells[0]?.length ?? 0;
  if (columns < 2 || !cells.flat().some((cell) => typeof cell === 'number'))
    return promptOf(parameter, value);
  if (columns !== width) throw messages.wrongWidth(parameter, cells.length, columns, width);
  return { cells: matrixOf(parameter, value) };
}

/** Reads a `text` parameter: one cell; a number is taken as its digits. */
export function textOf(parameter: string, value: unknown): string {
  const cells = cellsOf(parameter, value);
  const alone = cells[0]?.[0];
  if (cells.length !== 1 || cells[0]?.length !== 1) {
    throw messages.notOneCell(parameter, cells.length, cells[0]?.length ?? 0);
  }
  if (isBlank(alone)) return '';
  if (typeof alone === 'string') return alone;
  if (typeof alone === 'number') return String(alone);
  throw messages.notAllowed(parameter, alone, 'a text');
}

/** Reads a `texts` parameter: a text in each cell, row by row; numbers are taken as their digits, blank cells passed over. */
export function textsOf(parameter: string, value: unknown): string[] {
  const texts: string[] = [];
  eachCell(cellsOf(parameter, value), (cell, row, column) => {
    if (typeof cell === 'string' || typeof cell === 'number') {
      if (cell !== '') texts.push(String(cell));
    } else if (!isBlank(cell)) throw messages.notAText(parameter, cell, row, column);
  });
  if (texts.length === 0) throw messages.noTexts(parameter);
  return texts;
}

/** Reads an `ids` parameter: token ids in one column, or in one row. */
export function idsOf(parameter: string, value: unknown): number[] {
  const cells = cellsOf(parameter, value);
  const rows = cells.length;
  const columns = cells[0]?.length ?? 0;
  if (rows !== 1 && columns !== 1) throw messages.notIds(parameter, rows, columns);
  return cells.flat().map((cell, i) => idOf(parameter, cell, i + 1));
}

/** @throws CellError naming the first token id that is not in a vocabulary of `size` tokens */
export function checkIds(parameter: string, ids: readonly number[], size: number): void {
  const wrong = ids.findIndex((id) => id >= size);
  if (wrong >= 0) throw messages.idOutOfRange(parameter, ids[wrong] as number, wrong + 1, size);
}

function idOf(parameter: string, cell: unknown, row: number): number {
  if (typeof cell !== 'number' || !Number.isInteger(cell) || cell < 0) {
    throw messages.notAnId(parameter, cell, row);
  }
  return cell;
}

function eachCell(cells: Cells, see: (cell: unknown, row: number, column: number) => void): void {
  cells.forEach((row, r) => {
    row.forEach((cell, c) => {
      see(cell, r + 1, c + 1);
    });
  });
}
