import type { FRange } from '@univerjs/presets/preset-sheets-core';
import { strings as files } from './file/strings';
import { KEPT, type Kept } from './file/xlsx/book';
import { follow, wordsOf } from './marks/follow';
import { type Marked, markedNow } from './marks/marked';
import { say } from './say';
import type { Session } from './session';
import { strings } from './strings';

/**
 * Keeps the line under the grid in step: what the selected cell's error means, its note and where its link leads, or
 * what is going on.
 */
export function watchSelection(session: Session, line: HTMLElement): void {
  const { univerAPI, messageOf, onCalculated, busy } = session;
  const update = () => {
    const cell = univerAPI.getActiveWorkbook()?.getActiveCell();
    const message = cell && messageOf(cell.getSheetId(), cell.getRow(), cell.getColumn());
    const marked = markedNow(univerAPI);
    if (message) say(line, `${cell.getA1Notation()}: ${cell.getDisplayValue()} ${message}`, 'error');
    else if (marked) tell(session, line, marked);
    else say(line, cell ? aboutKept(cell) : '', 'progress');
  };
  univerAPI.addEvent(univerAPI.Event.SelectionChanged, update);
  onCalculated(() => {
    if (!busy()) update();
  });
}

/** Shows a cell's note, and its link as a button. */
function tell(session: Session, line: HTMLElement, { address, note, link }: Marked): void {
  const parts: (string | Node)[] = note ? [strings.note(address, note), ' '] : [];
  if (link) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = wordsOf(link);
    button.addEventListener('click', () => follow(session, link, (problem) => say(line, problem, 'error')));
    const keys = document.createElement('kbd');
    keys.textContent = strings.linkKeys;
    parts.push(button, ' ', keys);
  }
  const before = line.textContent;
  const fresh = document.createDocumentFragment();
  fresh.append(...parts);
  if (before === fresh.textContent) return;
  line.replaceChildren(fresh);
  line.dataset.kind = 'progress';
}

/** Of a cell with a formula from a file that cannot be calculated here: what the formula is. */
function aboutKept(cell: FRange): string {
  const kept = cell.getCellData()?.custom?.[KEPT] as Kept | undefined;
  if (!kept || kept.value !== cell.getValue()) return '';
  return files.keptFormula(cell.getA1Notation(), kept.formula);
}
