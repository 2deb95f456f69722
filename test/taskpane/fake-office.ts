/**
 * Runs in the page in place of Office.js: an Excel with one sheet whose active cell the test sees and sets, as far as
 * the pane asks for it. `registered` holds the formulas that functions.js hands over.
 */
export function fakeOffice(isDarkTheme: boolean): void {
  const cell = {
    address: 'Sheet1!B3',
    formulas: [['']],
    values: [['']],
    load: () => undefined,
  };
  const registered: Record<string, unknown> = {};
  class CellError extends Error {
    constructor(
      readonly code: string,
      message: string,
    ) {
      super(message);
    }
  }
  Object.assign(globalThis, {
    cell,
    registered,
    Office: {
      onReady: async () => ({ host: 'Excel', platform: 'PC' }),
      HostType: { Excel: 'Excel' },
      context: { officeTheme: { isDarkTheme }, requirements: { isSetSupported: () => true } },
    },
    Excel: {
      run: (work: (context: unknown) => unknown) =>
        work({
          workbook: { getActiveCell: () => cell, application: { calculate: () => undefined } },
          sync: async () => undefined,
        }),
    },
    CustomFunctions: {
      associate: (id: string, formula: unknown) => {
        registered[id] = formula;
      },
      Error: CellError,
      ErrorCode: { invalidValue: '#VALUE!', notAvailable: '#N/A' },
    },
  });
}

/** What the fake leaves on the page's window. */
export interface FakeExcelWindow {
  readonly cell: { formulas: string[][]; values: string[][] };
  readonly registered: Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>;
}
