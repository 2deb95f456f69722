/** The spreadsheet of the workbench, with everything that belongs to it. */
import { tour } from '../src/workbook/tour';
import { automate } from './automation';
import { showCharts } from './charts/overlay';
import { element } from './element';
import type { Beginning } from './file/begin';
import { listenForKeys, startDesk } from './file/start';
import { workbenchHost } from './host/host';
import type { FunctionInfo } from './invoke/metadata';
import { followLinks } from './marks/follow';
import { showNotes } from './marks/notes';
import { say } from './say';
import { startSession } from './session';
import { watchSelection } from './status';
import { watchTyping } from './typing';
import type { WorkbenchWindow } from './window';
import type { Wire } from './wire';
import { openKept, openWorkbook } from './workbook';

/**
 * Opens the spreadsheet with its workbook, and connects it with the pane.
 * @param pane resolves when the pane's functions can be called
 */
export async function startSpreadsheet(
  wire: Wire,
  pane: Promise<Window>,
  functions: readonly FunctionInfo[],
  beginning: Beginning,
): Promise<void> {
  const [status, grid] = [element('status'), element('grid')];
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const session = startSession(grid, functions, dark.matches, wire.bridge);
  dark.addEventListener('change', () => session.univerAPI.toggleDarkMode(dark.matches));

  if (beginning.kept) openKept(session, beginning.kept, beginning.name);
  else openWorkbook(session, beginning.name, beginning.fresh === 'tour' ? [tour] : []);
  const host = workbenchHost(session);
  wire.connect(host);
  const desk = startDesk(session, beginning, functions);
  desk.watch();
  const ready = Promise.all([session.steady, pane]).then(() => undefined);
  (window as WorkbenchWindow).gpt2Workbench = automate(session, host, ready, () => desk.save());
  element('loading').remove();

  say(status, 'Loading the functions…', 'progress');
  const paneWindow = await pane;
  wire.bridge.open();
  listenForKeys(paneWindow, desk);
  say(status, '', 'progress');
  watchSelection(session, status);
  followLinks(session, grid, (problem) => say(status, problem, 'error'));
  watchTyping(session, functions, status);
  await session.steady; // until it is drawn for the first time, Univer takes away what others put over it
  showNotes(session, grid);
  showCharts(session, grid);
}
