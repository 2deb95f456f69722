import type { ICellData, Nullable } from '@univerjs/presets';
import { CellValueType } from '@univerjs/presets';
import { addressOf } from '../src/workbook/address';
import { ERROR_TYPE_SET, type ErrorType, type FRange } from '@univerjs/presets/preset-sheets-core';
import type { Session } from './session';
import type { CellReading, Workbench } from './window';

const POLL_MS = 16;

/** The page's interface for tests, automation and the pane. */
export function automate(session: Session, ready: Promise<void>): Workbench {
  const { univerAPI, bridge } = session;

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

  const read = (cells: FRange, data: Nullable<ICellData>, row: number, column: number): CellReading => {
    const value = valueOf(data);
    const cell = cells.offset(row, column, 1);
    const formula = cell.getFormula();
    const error = typeof value === 'string' && ERROR_TYPE_SET.has(value as ErrorType) ? value : undefined;
    const message = error && session.messageOf(cell.getSheetId(), cell.getRow(), cell.getColumn());
    return {
      value,
      text: cell.getDisplayValue(),
      ...(formula && { formula }),
      ...(error && { error }),
      ...(message && { message }),
    };
  };

  const getRange = (address: string): CellReading[][] => {
    const cells = range(address);
    return cells.getCellDatas().map((row, r) => row.map((data, c) => read(cells, data, r, c)));
  };

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
    getCell: (address) => getRange(address)[0]?.[0] ?? { value: null, text: '' },
    getRange,
    get selection() {
      const selected = workbook().getActiveRange();
      return selected ? addressIn(selected) : '';
    },
    select: (address) => {
      const cells = range(address);
      workbook().setActiveSheet(cells.getSheetId());
      cells.activate();
    },
    host: {
      name: 'Workbench',
      insertFormula: async (formula) => {
        const cell = active();
        const address = addressIn(cell);
        if (cell.getFormula() || valueOf(cell.getCellData()) !== null) {
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

function valueOf(data: Nullable<ICellData>): CellReading['value'] {
  const value = data?.v;
  if (value === null || value === undefined || value === '') return value === '' && data?.t ? '' : null;
  return data?.t === CellValueType.BOOLEAN ? Boolean(value) : value;
}

/** `Tour!B4`, or `Tour!B4:C5`. */
function addressIn(range: FRange): string {
  const { startRow, startColumn, endRow, endColumn } = range.getRange();
  const start = addressOf(startRow, startColumn);
  const end = addressOf(endRow, endColumn);
  return `${range.getSheetName()}!${start}${start === end ? '' : `:${end}`}`;
}
