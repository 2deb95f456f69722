import type { Area, Link, Operand } from './explanation';
import { expressionOf } from './expression';
import { callText, isReference } from './formula';
import type { Reader } from './reader';
import { type Part, positionLabel, type Run } from './run';
import { strings } from './strings';

/** A link to part of what a formula, given without its `=`, shows. */
export function linkTo(label: string, expression: string, area: Area): Link {
  return {
    label,
    formula: `=${expression}`,
    area,
    ...(isReference(expression) && { reference: expression }),
  };
}

/** Part of what a formula shows, as a formula of its own that spills downwards. */
function inColumn(expression: string, { row, column, rows, columns }: Area): string {
  if (rows === 1 && columns === 1) return `INDEX(${expression},${row + 1},${column + 1})`;
  return columns === 1
    ? `INDEX(${expression},0,${column + 1})`
    : `TRANSPOSE(INDEX(${expression},${row + 1},0))`;
}

/** Numbers that a formula shows: one of them, a whole row or a whole column. */
export function shownOperand(
  symbol: string,
  label: string,
  values: readonly number[],
  expression: string,
  area: Area,
): Operand {
  return {
    symbol,
    label,
    values,
    inColumn: inColumn(expression, area),
    link: linkTo(label, expression, area),
  };
}

/** A row of an activation: what it says of one position. */
export async function rowOperand(run: Run, part: Part, position: number, symbol: string): Promise<Operand> {
  const [values = []] = await run.read({ ...part, position });
  const area = { row: position, column: 0, rows: 1, columns: values.length };
  return shownOperand(symbol, labelOf(run, part, position), values, expressionOf(run, part), area);
}

/** One number of an activation. */
export async function numberOperand(
  run: Run,
  part: Part,
  position: number,
  column: number,
  symbol: string,
): Promise<Operand> {
  const [values = []] = await run.read({ ...part, position });
  const label = strings.operands.entry(labelOf(run, part, position), column);
  const area = { row: position, column, rows: 1, columns: 1 };
  return shownOperand(symbol, label, [values[column] as number], expressionOf(run, part), area);
}

/** A column of an activation: one dimension of it at every position. */
export async function columnOperand(run: Run, part: Part, column: number, symbol: string): Promise<Operand> {
  const [values = []] = await run.read(part);
  const width = values.length / run.tokens;
  const picked = Array.from({ length: run.tokens }, (_, t) => values[t * width + column] as number);
  const label = strings.operands.entry(
    strings.operands.everywhere(strings.nouns[part.name], part.head),
    column,
  );
  const area = { row: 0, column, rows: run.tokens, columns: 1 };
  return shownOperand(symbol, label, picked, expressionOf(run, part), area);
}

/** Logits [V] of what follows one position. */
export async function logitsOperand(run: Run, position: number, symbol: string): Promise<Operand> {
  const [values = []] = await run.read({ name: 'logits', position });
  const expression = expressionOf(run, { name: 'logits' }, position);
  const label = labelOf(run, { name: 'logits' }, position);
  const area = { row: 0, column: 0, rows: values.length, columns: 1 };
  return { symbol, label, values, inColumn: expression, link: linkTo(label, expression, area) };
}

const labelOf = (run: Run, { name, head }: Part, position: number): string =>
  strings.operands.row(strings.nouns[name], positionLabel(run, position), head);

/** Where numbers lie in a parameter; a vector is one row. */
export interface Slot {
  readonly row?: number;
  readonly column?: number;
  readonly rows?: number;
  readonly columns?: number;
}

/** A number, a row or a column of a parameter. */
export async function weightOperand(
  reader: Reader,
  symbol: string,
  name: string,
  { row = 0, column = 0, rows = 1, columns = 1 }: Slot,
): Promise<Operand> {
  const { data } = await reader.weight(name, { row, col: column, rows, cols: columns });
  const extent = rows === 1 && columns === 1 ? [] : [rows, columns];
  const expression = callText('WEIGHT', `"${name}"`, row, column, ...extent);
  const label = strings.operands.weight(name, row, column, rows, columns);
  const area = { row: 0, column: 0, rows, columns };
  return {
    symbol,
    label,
    values: Array.from(data),
    inColumn: columns > 1 ? `TRANSPOSE(${expression})` : expression,
    link: linkTo(label, expression, area),
  };
}

/** The one number of an operand that has one. */
export const only = ({ values }: Operand): number => values[0] as number;
