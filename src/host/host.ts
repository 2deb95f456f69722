/** What the pane asks of the spreadsheet around it. Excel and the workbench each answer in their own way. */
export interface SheetHost {
  /** The spreadsheet's name as people know it: `Excel`, `Workbench`; empty when there is none. */
  readonly name: string;

  /**
   * Puts a formula into the selected cell and lets it calculate.
   *
   * @param formula With its leading `=`.
   * @returns The address where it went, such as `Tour!B4`; empty when there is no sheet and it went to the clipboard.
   * @throws Error, with a sentence for the user, when the cell is not empty: nothing is ever overwritten.
   */
  insertFormula(formula: string): Promise<string>;

  /** The address of the selected cell, such as `Tour!B4`. */
  selectedAddress?(): Promise<string>;

  /** Calculates every formula of the add-in again, for instance after another model was chosen. */
  recalculate?(): Promise<void>;
}
