import { NAMESPACE } from '../namespace';
import type { Operand } from './explanation';
import type { Plan, PlanCell, Ref } from './plan';
import { strings } from './strings';

type Content = PlanCell['content'];

/** The captions of the columns are in this row; below them are the numbers. */
const CAPTIONS = 2;
/** Vectors run down from here, to the right of the single numbers. */
const FIRST_COLUMN = 3;

/** Puts a calculation into cells: single numbers with their labels at the left, long rows of numbers in columns beside them. */
export class Writing {
  readonly #cells: PlanCell[] = [];
  #row = CAPTIONS;
  #column = FIRST_COLUMN;
  #bottom = CAPTIONS;

  constructor(title: string) {
    this.#cells.push({ row: 0, column: 0, content: title, look: 'heading' });
  }

  /** A number under the ones before it. @returns its cell */
  number(label: string, content: Content): Ref {
    const row = this.#row++;
    this.#cells.push({ row, column: 0, content: label, look: 'hint' });
    this.#cells.push({ row, column: 1, content });
    return { row, column: 1 };
  }

  /** An operand that is one number. */
  operand({ label, inColumn }: Operand): Ref {
    return this.number(label, `=${inColumn}`);
  }

  /** Numbers in a column, beside the ones before. @returns their cells */
  column(label: string, content: Content, rows: number): Ref {
    const column = this.#column++;
    this.#cells.push({ row: CAPTIONS, column, content: label, look: 'captionOfNumbers' });
    const range = { row: CAPTIONS + 1, column, rows };
    this.#cells.push({ ...range, content });
    this.#bottom = Math.max(this.#bottom, CAPTIONS + rows);
    return range;
  }

  /** The numbers of an operand in a column. */
  vector({ label, inColumn, values }: Operand): Ref {
    return this.column(label, `=${inColumn}`, values.length);
  }

  /** Sets the result beside the formula's own cell. @param own shows that cell, without `=` */
  finish(result: Ref, own: string, isText: boolean): Plan {
    const theirs = this.number(strings.plan.own, `=${own}`);
    const check = { row: this.#row, column: 0, rows: 4, columns: 2 };
    if (isText) {
      const same = this.number(strings.plan.same, ['=EXACT(', result, ',', theirs, ')']);
      return this.#plan(result, same);
    }
    this.#cells.push({ ...check, content: [`=${NAMESPACE}.CHECK(`, result, ',', theirs, ')'] });
    this.#row += check.rows;
    return this.#plan(result, check);
  }

  #plan(result: Ref, check: Ref): Plan {
    return {
      cells: this.#cells,
      rows: Math.max(this.#row, this.#bottom + 1),
      columns: Math.max(2, this.#column),
      result,
      check,
    };
  }
}
