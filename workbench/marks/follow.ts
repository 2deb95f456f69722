import { partsOf } from '../../src/workbook/address';
import { rangeAt, workbookIn } from '../grid/ranges';
import { showCell } from '../host/show';
import type { Session } from '../session';
import { strings } from '../strings';
import { markedAt, markedNow } from './marked';

/** What a link does, as words: `Go to Map!B2`. */
export const wordsOf = (link: string): string =>
  isAddress(link) ? strings.open(link) : strings.goTo(shownPlace(link));

/** Goes where a link leads: to cells of the workbook, or in a new tab to an address of the web. */
export function follow({ univer, univerAPI }: Session, link: string, tell: (problem: string) => void): void {
  if (isAddress(link)) {
    window.open(link, '_blank', 'noopener');
    return;
  }
  try {
    const cells = rangeAt(univer, univerAPI, link);
    const workbook = workbookIn(univerAPI);
    workbook.setActiveSheet(cells.getSheetId());
    cells.activate();
    showCell(workbook.getActiveSheet(), cells.getRow(), cells.getColumn());
  } catch {
    tell(strings.lost(shownPlace(link)));
  }
}

/** Follows links on a click, and on Ctrl+Enter (or Cmd+Enter) in a selected cell. */
export function followLinks(session: Session, grid: HTMLElement, tell: (problem: string) => void): void {
  const { univerAPI } = session;
  univerAPI.addEvent(univerAPI.Event.CellClicked, ({ row, column }) => {
    const link = markedAt(univerAPI, row, column)?.link;
    // After the click has selected the cell.
    if (link) setTimeout(() => follow(session, link, tell));
  });
  let editing = false;
  univerAPI.addEvent(univerAPI.Event.SheetEditStarted, () => {
    editing = true;
  });
  univerAPI.addEvent(univerAPI.Event.SheetEditEnded, () => {
    editing = false;
  });
  grid.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || editing) return;
      const link = markedNow(univerAPI)?.link;
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      follow(session, link, tell);
    },
    true,
  );
}

const isAddress = (link: string) => /^https:\/\//i.test(link);

/** Without the quotes that formulas need. */
function shownPlace(link: string): string {
  const { sheet, cells } = partsOf(link);
  return sheet ? `${sheet}, ${cells}` : cells;
}
