import type { FRange } from '@univerjs/presets/preset-sheets-core';
import { strings } from './file/strings';
import { KEPT, type Kept } from './file/xlsx/book';
import type { Session } from './session';

/** Keeps the line under the grid in step: what the selected cell's error means, or what is going on. */
export function watchSelection(
  { univerAPI, messageOf, onCalculated, busy }: Session,
  line: HTMLElement,
): void {
  const update = () => {
    const cell = univerAPI.getActiveWorkbook()?.getActiveCell();
    const message = cell && messageOf(cell.getSheetId(), cell.getRow(), cell.getColumn());
    if (message) say(line, `${cell.getA1Notation()}: ${cell.getDisplayValue()} ${message}`, 'error');
    else say(line, cell ? aboutKept(cell) : '', 'progress');
  };
  univerAPI.addEvent(univerAPI.Event.SelectionChanged, update);
  onCalculated(() => {
    if (!busy()) update();
  });
}

/** Of a cell with a formula from a file that cannot be calculated here: what the formula is. */
function aboutKept(cell: FRange): string {
  const kept = cell.getCellData()?.custom?.[KEPT] as Kept | undefined;
  if (!kept || kept.value !== cell.getValue()) return '';
  return strings.keptFormula(cell.getA1Notation(), kept.formula);
}

/** Shows a sentence, and has screen readers read it out. An empty one hides the line. */
export function say(line: HTMLElement, sentence: string, kind: 'error' | 'progress'): void {
  if (line.textContent === sentence) return;
  line.textContent = sentence;
  line.dataset.kind = kind;
}
