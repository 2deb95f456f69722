/** Every sentence with which a host says that something cannot be done. A translation replaces this file alone. */
export const sentences = {
  notEmpty: (address: string) => `${address} is not empty. Select an empty cell and insert again.`,
  clipboardClosed: (formula: string) => `The clipboard is out of reach. Copy this by hand: ${formula}`,
  noSelection: 'No cell is selected. Select one in the sheet.',
  noSheet: (name: string) => `There is no sheet named ${name}.`,
  noCells: (address: string) =>
    `${address} is neither a name nor the address of a cell or a range, such as B4 or Tour!B4:C9.`,
  noSpill: (address: string) => `No formula in ${address} fills other cells.`,
  tooMany: (address: string, most: number) =>
    `${address} has too many cells: at most ${most.toLocaleString('en')} can be read at once.`,
  nothingToWrite: 'There is nothing to write: the block has no cells.',
  noRoom: (rows: number, columns: number, first: string, second: string) =>
    `There is no room for ${rows} × ${columns} cells beside the selection: neither ${first} nor ${second} is empty. ` +
    'Select a cell with room around it, or write to a new sheet.',
  noNumbers: (address: string) => `${address} holds no numbers. Select cells with numbers to shade them.`,
  noFormula: (address: string) => `${address} holds no formula. Select a cell that a formula fills.`,
  notYet: (address: string, error: string) =>
    `${address} shows ${error}. Wait for its values, or mend the formula, before they replace it.`,
  noColumnLeft: (address: string) =>
    `There is no column to the left of ${address}. Insert one, and label the rows again.`,
  labelsInTheWay: (address: string) =>
    `${address} is not empty, and nothing is overwritten. Insert a column to the left of the range, and label the rows again.`,
  tooManyLabels: (labels: number, address: string, rows: number) =>
    `There are ${labels} labels, but ${address} has ${rows} ${rows === 1 ? 'row' : 'rows'}.`,
  sheetsInTheWay: (sheets: readonly string[]) =>
    `The workbook already has ${sheets.length === 1 ? 'a sheet' : 'sheets'} named ${sheets.join(', ')}. Nothing was inserted.`,
  stopped: 'Stopped. Nothing was inserted.',
  leftBehind: (sheets: readonly string[]) =>
    `Inserting failed, and what had been added could not be taken away again: ${sheets.join(', ')}. Delete it by hand.`,
  replacedSheet: (name: string) => `${name} (replaced)`,
  nothingToUndo: 'There is nothing to undo.',
  beingEdited: 'A cell is being edited. Press Enter or Esc in the sheet, then try again.',
  protectedSheet: 'This sheet is protected. Select a cell that may be changed, then try again.',
  tooOld: (what: string, version: string) =>
    `This Excel cannot ${what}: that needs ExcelApi ${version}. Update Office, or use Excel on the web.`,
} as const;
