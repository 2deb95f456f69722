import { placeOf } from '../overlay/places';
import type { Session } from '../session';
import { type Marked, markedAt } from './marked';

/** So long the pointer rests on a cell before its note shows, in milliseconds. */
const REST = 250;
/** Between a note and its cell, and the edge of the window. */
const GAP = 6;

/**
 * Shows the note of the cell under the pointer beside it. It stays while the pointer is on it, and Esc closes it. Whoever
 * has no pointer reads it in the line under the grid when the cell is selected.
 */
export function showNotes({ univer, univerAPI }: Session, grid: HTMLElement): void {
  const box = document.createElement('div');
  box.className = 'cell-note';
  box.hidden = true;
  // The line under the grid says the same.
  box.ariaHidden = 'true';
  grid.append(box);

  let shown: string | undefined;
  let coming: ReturnType<typeof setTimeout> | undefined;
  const hide = () => {
    clearTimeout(coming);
    box.hidden = true;
    shown = undefined;
  };
  const show = (marked: Marked, note: string) => {
    const sheet = univerAPI.getActiveWorkbook()?.getActiveSheet();
    if (sheet?.getSheetId() !== marked.sheet) return;
    const merged = sheet.getSheet().getMergedCell(marked.row, marked.column);
    const area = {
      top: marked.row,
      left: marked.column,
      bottom: merged?.endRow ?? marked.row,
      right: merged?.endColumn ?? marked.column,
    };
    const place = placeOf(univer, sheet, area);
    if (!place) return;
    box.textContent = note;
    box.hidden = false;
    const around = grid.getBoundingClientRect();
    const canvas = place.canvas.getBoundingClientRect();
    const [x, y] = [canvas.left - around.left + place.box.left, canvas.top - around.top + place.box.top];
    const right = x + place.box.width + GAP;
    const fits = right + box.offsetWidth <= around.width - GAP;
    const below = y + place.box.height + GAP;
    const left = fits ? right : Math.max(GAP, Math.min(x, around.width - box.offsetWidth - GAP));
    const lowest = around.height - box.offsetHeight - GAP;
    const top = fits ? Math.min(y, lowest) : below <= lowest ? below : y - box.offsetHeight - GAP;
    box.style.left = `${left}px`;
    box.style.top = `${Math.max(GAP, top)}px`;
  };

  univerAPI.addEvent(univerAPI.Event.CellPointerMove, ({ row, column }) => {
    const marked = markedAt(univerAPI, row, column);
    if (!marked?.note) {
      if (shown) hide();
      else clearTimeout(coming);
      return;
    }
    if (marked.address === shown) return;
    hide();
    shown = marked.address;
    const { note } = marked;
    coming = setTimeout(() => show(marked, note), REST);
  });
  univerAPI.addEvent(univerAPI.Event.Scroll, hide);
  univerAPI.addEvent(univerAPI.Event.ActiveSheetChanged, hide);
  grid.addEventListener('pointerdown', hide);
  grid.addEventListener('pointerleave', hide);
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
}
