import type { Session } from './session';

/** Keeps the line under the grid in step: what the selected cell's error means, or what is going on. */
export function watchSelection(
  { univerAPI, messageOf, onCalculated, busy }: Session,
  line: HTMLElement,
): void {
  const update = () => {
    const cell = univerAPI.getActiveWorkbook()?.getActiveCell();
    const message = cell && messageOf(cell.getSheetId(), cell.getRow(), cell.getColumn());
    say(line, message ? `${cell.getA1Notation()}: ${cell.getDisplayValue()} ${message}` : '', 'error');
  };
  univerAPI.addEvent(univerAPI.Event.SelectionChanged, update);
  onCalculated(() => {
    if (!busy()) update();
  });
}

/** Shows a sentence, and has screen readers read it out. An empty one hides the line. */
export function say(line: HTMLElement, sentence: string, kind: 'error' | 'progress'): void {
  if (line.textContent === sentence) return;
  line.textContent = sentence;
  line.dataset.kind = kind;
}
