import { Changes } from '../../src/host/changes';
import { debounced } from '../../src/host/debounce';
import type { SheetHost } from '../../src/host/host';
import { sentences } from '../../src/host/sentences';
import { rangeAt, workbookIn } from '../grid/ranges';
import { addressIn, isEmpty, readRange } from '../grid/reading';
import type { Session } from '../session';
import { allFormulas } from './formulas';
import { freezeFormula } from './freeze';
import { insertBook } from './insert';
import { labelRange } from './label';
import { readSelection, selectedCell } from './selection';
import { setting } from './settings';
import { shadeRange } from './shading';
import { showCell } from './show';
import { writeBlock } from './write';

/** The workbench as the pane sees it. */
export function workbenchHost(session: Session): SheetHost {
  const { univer, univerAPI } = session;
  const changes = new Changes();
  const { getSetting, setSetting } = setting(univerAPI);

  return {
    name: 'Workbench',

    insertFormula: async (formula) => {
      const cell = selectedCell(univerAPI);
      const address = addressIn(cell);
      if (!isEmpty(univer, cell)) throw new Error(sentences.notEmpty(address));
      cell.setFormula(formula);
      return address;
    },

    selectedAddress: async () => addressIn(selectedCell(univerAPI)),
    recalculate: async () => session.recalculate(),
    selection: async () => readSelection(univer, univerAPI),

    onSelectionChange: (listener) => {
      const { call, cancel } = debounced(listener);
      const selected = univerAPI.addEvent(univerAPI.Event.SelectionChanged, call);
      const ended = session.onCalculated(call);
      return () => {
        cancel();
        selected.dispose();
        ended();
      };
    },

    select: async (address) => {
      const cells = rangeAt(univer, univerAPI, address);
      const workbook = workbookIn(univerAPI);
      workbook.setActiveSheet(cells.getSheetId());
      cells.activate();
      showCell(workbook.getActiveSheet(), cells.getRow(), cells.getColumn());
    },

    read: async (address) =>
      readRange(univer, rangeAt(univer, univerAPI, address), () => undefined).map((row) =>
        row.map(({ value }) => value),
      ),

    formulas: async () => allFormulas(univerAPI),
    write: async (block, sheet) => writeBlock(session, changes, block, sheet),
    insert: (book, options) => insertBook(session, changes, book, options),
    shade: async (address, shading) => shadeRange(session, changes, address, shading),
    labelRows: async (address, labels) => labelRange(session, changes, address, labels),
    freeze: async (address) => freezeFormula(session, changes, address),
    lastChange: () => changes.last,
    undoLast: (regardless) => changes.undoLast(regardless),
    getSetting,
    setSetting,
  };
}
