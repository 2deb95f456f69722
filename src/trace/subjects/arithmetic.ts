import type { Matrix } from '../../algebra/matrix';
import { number } from '../../sheet/arguments';
import { numbersOf, rowOf } from '../../sheet/matrix';
import { messages } from '../../sheet/messages';
import type { Area, Operand, Title } from '../explanation';
import type { Calculation } from '../kinds/calculation';
import { cosine } from '../kinds/cosine';
import { dot } from '../kinds/dot';
import { geluOf } from '../kinds/gelu';
import { lookup } from '../kinds/lookup';
import { masked } from '../kinds/masked';
import { norm } from '../kinds/norm';
import { softmax } from '../kinds/softmax';
import { shownOperand } from '../operands';
import { strings } from '../strings';
import { type Asked, inside, type Resolve, type Subject } from './subject';

/** An argument's numbers, with its text. */
interface Given extends Matrix {
  readonly text: string;
}

async function numbersAt(asked: Asked, argument: number, parameter: string): Promise<Given> {
  return { ...numbersOf(parameter, await asked.values(argument)), text: asked.args[argument] ?? '' };
}

/** Some cells of an argument. */
function cells({ text, columns, data }: Given, symbol: string, label: string, area: Area): Operand {
  const values = Array.from(
    { length: area.rows * area.columns },
    (_, i) =>
      data[(area.row + Math.floor(i / area.columns)) * columns + area.column + (i % area.columns)] as number,
  );
  return shownOperand(symbol, label, values, text, area);
}

const rowOfCells = (given: Given, symbol: string, row: number): Operand =>
  cells(given, symbol, strings.operands.cellRow(given.text, row), {
    row,
    column: 0,
    rows: 1,
    columns: given.columns,
  });

const oneCell = (given: Given, symbol: string, row: number, column: number): Operand =>
  cells(given, symbol, strings.operands.cell(given.text, row, column), { row, column, rows: 1, columns: 1 });

/** The number of a row-or-column argument that belongs to a column; undefined where the argument was left out. */
async function perColumn(
  asked: Asked,
  argument: number,
  parameter: string,
  n: number,
): Promise<Operand | undefined> {
  const value = await asked.values(argument);
  if (Number.isNaN(rowOf(parameter, value, n, Number.NaN)[0])) return undefined;
  const given = await numbersAt(asked, argument, parameter);
  const at = given.data.length === 1 ? 0 : asked.column;
  const [row, column] = given.columns === 1 ? [at, 0] : [0, at];
  return oneCell(given, parameter, row, column);
}

const position = (i: number): string => strings.axes.place(i, undefined);

function subject(
  { row, column }: Asked,
  formula: keyof typeof strings.about,
  calculation: Calculation,
): Subject {
  const title: Subject['title'] = {
    row: { kind: 'row', index: row, label: strings.axes.row(row) },
    column: { kind: 'column', index: column, label: strings.axes.column(column) },
    form: 'arithmetic' satisfies Title['form'],
  };
  return { title, about: strings.about[formula], calculation, to: [] };
}

const matmul: Resolve = async (asked) => {
  const [a, b] = await Promise.all([numbersAt(asked, 0, 'a'), numbersAt(asked, 1, 'b')]);
  if (b.rows !== a.columns) {
    const allowed = `a range with ${a.columns} rows, as many as a (${a.rows}×${a.columns}) has columns`;
    throw messages.wrongShape('b', b.rows, b.columns, allowed);
  }
  inside(asked, a.rows, b.columns);
  const { row, column } = asked;
  const area = { row: 0, column, rows: b.rows, columns: 1 };
  const right = cells(b, 'b', strings.operands.cellColumn(b.text, column), area);
  const bias = await perColumn(asked, 2, 'bias', b.columns);
  const left = rowOfCells(a, 'a', row);
  return subject(
    asked,
    'MATMUL',
    dot({ symbol: 'y', left, right, bias, heading: strings.tables.place, labels: position }),
  );
};

const softmaxOf: Resolve = async (asked) => {
  const given = await numbersAt(asked, 0, 'cells');
  inside(asked, given.rows, given.columns);
  const t = number(
    'temperature',
    await asked.single(1),
    'a number above 0 and at most 100',
    (n) => n > 0 && n <= 100,
    1,
  );
  const row = rowOfCells(given, 'x', asked.row);
  return subject(
    asked,
    'SOFTMAX',
    softmax({
      symbol: 'p',
      row,
      at: asked.column,
      ...(t !== 1 && { temperature: t }),
      heading: strings.tables.place,
      labels: position,
    }),
  );
};

const gelu: Resolve = async (asked) => {
  const given = await numbersAt(asked, 0, 'cells');
  inside(asked, given.rows, given.columns);
  return subject(asked, 'GELU', geluOf('y', oneCell(given, 'x', asked.row, asked.column)));
};

const normalize: Resolve = async (asked) => {
  const given = await numbersAt(asked, 0, 'cells');
  inside(asked, given.rows, given.columns);
  const [gain, bias] = await Promise.all([
    perColumn(asked, 1, 'gain', given.columns),
    perColumn(asked, 2, 'bias', given.columns),
  ]);
  const epsilon = number(
    'eps',
    await asked.single(3),
    'a number above 0 and at most 1',
    (n) => n > 0 && n <= 1,
    1e-5,
  );
  const row = rowOfCells(given, 'x', asked.row);
  return subject(
    asked,
    'NORMALIZE',
    norm({ symbol: 'y', row, at: asked.column, gain, bias, epsilon, labels: position }),
  );
};

const mask: Resolve = async (asked) => {
  const given = await numbersAt(asked, 0, 'scores');
  if (given.rows !== given.columns) {
    const allowed = 'as many columns as rows: a square of scores';
    throw messages.wrongShape('scores', given.rows, given.columns, allowed);
  }
  inside(asked, given.rows, given.columns);
  const { row, column } = asked;
  const own = oneCell(given, 'score', row, column);
  return subject(
    asked,
    'MASK',
    column > row
      ? masked('score', row, column)
      : lookup('score', own.label, own, [strings.notes.notMasked(row, column)]),
  );
};

const cosineOf: Resolve = async (asked) => {
  const [a, b] = await Promise.all([numbersAt(asked, 0, 'a'), numbersAt(asked, 1, 'b')]);
  const count = (given: Given) => (given.columns === 1 ? 1 : given.rows);
  inside(asked, count(a), count(b));
  const vector = (given: Given, symbol: string, row: number) =>
    given.columns === 1
      ? cells(given, symbol, strings.operands.cellColumn(given.text, 0), {
          row: 0,
          column: 0,
          rows: given.rows,
          columns: 1,
        })
      : rowOfCells(given, symbol, row);
  return subject(asked, 'COSINE', cosine(vector(a, 'a', asked.row), vector(b, 'b', asked.column)));
};

/** The formulas that calculate with cells and need no model. */
export const arithmetic: Readonly<Record<string, Resolve>> = {
  MATMUL: matmul,
  SOFTMAX: softmaxOf,
  GELU: gelu,
  NORMALIZE: normalize,
  MASK: mask,
  COSINE: cosineOf,
};
