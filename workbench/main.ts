/**
 * The workbench: a browser spreadsheet that hosts the add-in, for everyone without Excel. This much of it is small: the
 * page is painted, and the pane is on its way, before the spreadsheet's megabytes are looked at.
 */
import { element } from './element';
import { begin } from './file/begin';
import { loadFunctions } from './invoke/metadata';
import { painted } from './painted';
import { loadPane, makeToggle } from './pane';
import { say } from './say';
import { strings } from './strings';
import { layWire, type Wire } from './wire';

async function start(wire: Wire): Promise<void> {
  makeToggle(element<HTMLButtonElement>('pane-toggle'), element('pane'));
  await painted();
  const functions = loadFunctions('functions.json');
  const pane = loadPane(element<HTMLIFrameElement>('pane-frame'), functions);
  pane.catch(() => undefined); // the spreadsheet tells of it
  const [{ startSpreadsheet }, list, beginning] = await Promise.all([
    import(/* webpackChunkName: "spreadsheet" */ './spreadsheet').catch(() => {
      throw new Error(strings.start.notLoaded);
    }),
    functions,
    begin(),
  ]);
  await startSpreadsheet(wire, pane, list, beginning);
}

const wire = layWire();
start(wire).catch((error: unknown) => {
  wire.fail(error);
  const sentence = error instanceof Error ? error.message : String(error);
  say(element('status'), strings.start.failed(sentence), 'error');
  document.getElementById('loading')?.remove();
});
