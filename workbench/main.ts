/** The workbench: a browser spreadsheet that hosts the add-in, for everyone without Excel. */
import { tour } from '../src/workbook/tour';
import { automate } from './automation';
import { showCharts } from './charts/overlay';
import { loadFunctions } from './invoke/metadata';
import { followLinks } from './marks/follow';
import { showNotes } from './marks/notes';
import { loadPane, makeToggle } from './pane';
import { startSession } from './session';
import { say, watchSelection } from './status';
import { watchTyping } from './typing';
import type { WorkbenchWindow } from './window';
import { openWorkbook } from './workbook';

const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

async function start(): Promise<void> {
  const status = element('status');
  makeToggle(element<HTMLButtonElement>('pane-toggle'), element('pane'));

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const functions = await loadFunctions('functions.json');
  const session = startSession(element('grid'), functions, dark.matches);
  dark.addEventListener('change', () => session.univerAPI.toggleDarkMode(dark.matches));

  let openPane: (() => void) | undefined;
  const pane = new Promise<void>((resolve) => {
    openPane = resolve;
  }).then(() => loadPane(element<HTMLIFrameElement>('pane-frame'), functions));
  (window as WorkbenchWindow).gpt2Workbench = automate(
    session,
    Promise.all([session.steady, pane]).then(() => undefined),
  );
  openWorkbook(session, [tour]);
  element('loading').remove();

  say(status, 'Loading the functions…', 'progress');
  openPane?.();
  await pane;
  session.bridge.open();
  say(status, '', 'progress');
  watchSelection(session, status);
  showNotes(session, element('grid'));
  showCharts(session, element('grid'));
  followLinks(session, element('grid'), (problem) => say(status, problem, 'error'));
  watchTyping(session, functions, status);
}

start().catch((error: unknown) => {
  const sentence = error instanceof Error ? error.message : String(error);
  say(element('status'), `The workbench could not start. ${sentence}`, 'error');
  document.getElementById('loading')?.remove();
});
