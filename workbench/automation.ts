import type { SheetHost } from '../src/host/host';
import { rangeAt, workbookIn } from './grid/ranges';
import { addressIn, lookOf, readRange, readValues } from './grid/reading';
import type { Session } from './session';
import type { Workbench } from './window';

const POLL_MS = 16;

/** The page's interface for tests, automation and the pane. */
export function automate(
  session: Session,
  host: SheetHost,
  ready: Promise<void>,
  saved: () => Promise<void>,
): Workbench {
  const { univer, univerAPI } = session;

  const range = (address: string) => rangeAt(univer, univerAPI, address);

  const read = (address: string) => readRange(univer, range(address), session.messageOf);

  const settled = async (): Promise<void> => {
    while (session.busy()) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  };

  return {
    ready: ready.then(settled),
    settled,
    saved,
    setCell: (address, content) => {
      const cell = range(address);
      if (content === null) cell.clearContent();
      else if (typeof content === 'string' && content.startsWith('=')) cell.setFormula(content);
      else cell.setValue(content);
    },
    getCell: (address) => read(address)[0]?.[0] ?? { value: null, text: '' },
    getRange: read,
    getValues: (address) => readValues(univer, range(address)),
    lookOf: (address) => lookOf(univerAPI, range(address)),
    get selection() {
      const selected = workbookIn(univerAPI).getActiveRange();
      return selected ? addressIn(selected) : '';
    },
    select: (address) => void host.select?.(address),
    host,
  };
}
