import type { Sheet, Workbook } from 'hucre';
import type { Contents } from './contents';
import { strings } from './strings';

/** Gathers what a file holds and the workbench does not, and says it in sentences. */
export class LeftOut {
  private readonly found: string[] = [];
  private readonly formulas = { count: 0, names: new Set<string>() };
  private rich = 0;
  private conditional = 0;

  get sentences(): readonly string[] {
    const { leftOut } = strings;
    const { count, names } = this.formulas;
    return [
      ...this.found,
      ...(this.conditional > 0 ? [leftOut.conditional(this.conditional)] : []),
      ...(this.rich > 0 ? [leftOut.rich(this.rich)] : []),
      ...(count > 0 ? [leftOut.formulas(count, [...names])] : []),
    ];
  }

  /** Everything but what is found cell by cell. */
  workbook({ sheets, externalLinks }: Workbook, { macros, charts, pictures, own }: Contents): void {
    const { leftOut } = strings;
    const all = (of: (sheet: Sheet) => number | undefined) =>
      sheets.reduce((sum, sheet) => sum + (of(sheet) ?? 0), 0);
    const say = (count: number, sentence: (count: number) => string) => {
      if (count > 0) this.found.push(sentence(count));
    };
    if (macros) this.found.push(leftOut.macros);
    say(
      all(({ pivotTables }) => pivotTables?.length),
      leftOut.pivots,
    );
    const ours = Object.values(own?.sheets ?? {}).reduce(
      (sum, sheet) => sum + (sheet.charts?.length ?? 0),
      0,
    );
    say(Math.max(0, charts - ours), leftOut.charts);
    say(pictures + all(({ textBoxes }) => textBoxes?.length), leftOut.pictures);
    say(
      all(({ tables }) => tables?.length),
      leftOut.tables,
    );
    say(
      all(({ dataValidations }) => dataValidations?.length),
      leftOut.validations,
    );
    say(
      all(({ autoFilter }) => (autoFilter ? 1 : 0)),
      leftOut.filters,
    );
    say(
      all(({ threadedComments }) => threadedComments?.length),
      leftOut.comments,
    );
    if (sheets.some(({ protection }) => protection)) this.found.push(leftOut.protection);
    say(externalLinks?.length ?? 0, leftOut.links);
  }

  addConditional(count: number): void {
    this.conditional += count;
  }

  addRich(): void {
    this.rich++;
  }

  addFormula(names: readonly string[]): void {
    this.formulas.count++;
    for (const name of names) this.formulas.names.add(name);
  }
}
