import type { FRange } from '@univerjs/presets/preset-sheets-core';
import { addressIn, isEmpty, readRange, readValues } from './grid/reading';
import type { Session } from './session';
import type { Workbench } from './window';

const POLL_MS = 16;

/** The page's interface for tests, automation and the pane. */
export function automate(session: Session, ready: Promise<void>): Workbench {
  const { univer, univerAPI, bridge } = session;

  const workbook = () => {
    const open = univerAPI.getActiveWorkbook();
    if (!open) throw new Error('No workbook is open.');
    return open;
  };

  const range = (address: string): FRange => {
    const [, name, cells = address] = /^'?(.*?)'?!(.*)$/.exec(address) ?? [];
    const sheet = name ? workbook().getSheetByName(name) : workbook().getActiveSheet();
    if (!sheet) throw new Error(`There is no sheet named ${name}.`);
    return sheet.getRange(cells.replaceAll('$', ''));
  };

  const read = (address: string) => readRange(univer, range(address), session.messageOf);

  const settled = async (): Promise<void> => {
    while (session.busy()) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  };

  const active = (): FRange => {
    const cell = workbook().getActiveCell();
    if (!cell) throw new Error('No cell is selected.');
    return cell;
  };

  return {
    ready: ready.then(settled),
    settled,
    setCell: (address, content) => {
      const cell = range(address);
      if (content === null) cell.clearContent();
      else if (typeof content === 'string' && content.startsWith('=')) cell.setFormula(content);
      else cell.setValue(content);
    },
    getCell: (address) => read(address)[0]?.[0] ?? { value: null, text: '' },
    getRange: read,
    getValues: (address) => readValues(univer, range(address)),
    get selection() {
      const selected = workbook().getActiveRange();
      return selected ? addressIn(selected) : '';
    },
    select: (address) => {
      const cells = range(address);
      workbook().setActiveSheet(cells.getSheetId());
      cells.activate();
      workbook().getActiveSheet().scrollToCell(cells.getRow(), cells.getColumn());
    },
    host: {
      name: 'Workbench',
      insertFormula: async (formula) => {
        const cell = active();
        const address = addressIn(cell);
        if (!isEmpty(univer, cell)) {
          throw new Error(`${address} is not empty. Select an empty cell and insert again.`);
        }
        cell.setFormula(formula);
        return address;
      },
      selectedAddress: async () => addressIn(active()),
      recalculate: async () => session.recalculate(),
    },
    bridge,
  };
}
