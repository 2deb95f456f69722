/**
 * The workbench: a browser spreadsheet that hosts the add-in, for everyone without Excel. This much of it is small: the
 * page is painted, and the pane is on its way, before the spreadsheet's megabytes are looked at.
 */
import { element } from './element';
import { EarlyEngine } from './engine';
import { begin } from './file/begin';
import { settingsIn } from './host/remembered';
import { loadFunctions } from './invoke/metadata';
import { painted } from './painted';
import { loadPane, makeToggle } from './pane';
import { say } from './say';
import { strings } from './strings';
import { layWire, type Wire } from './wire';

async function start(wire: Wire, engine: EarlyEngine): Promise<void> {
  makeToggle(element<HTMLButtonElement>('pane-toggle'), element('pane'));
  await painted();
  const functions = loadFunctions('functions.json');
  const pane = loadPane(element<HTMLIFrameElement>('pane-frame'), functions);
  pane.catch(() => undefined); // the spreadsheet tells of it
  const found = begin();
  void found.then(({ kept }) => wire.remember(settingsIn(kept?.data)));
  // A worker cannot begin while the page runs the spreadsheet's scripts, and nor could its model.
  await engine.begun();
  const [{ startSpreadsheet }, list, beginning] = await Promise.all([
    import(/* webpackChunkName: "spreadsheet" */ './spreadsheet').catch(() => {
      throw new Error(strings.start.notLoaded);
    }),
    functions,
    found,
  ]);
  await startSpreadsheet(wire, pane, list, beginning);
}

const engine = new EarlyEngine();
engine.prepare();
const wire = layWire(engine);
start(wire, engine).catch((error: unknown) => {
  wire.fail(error);
  const sentence = error instanceof Error ? error.message : String(error);
  say(element('status'), strings.start.failed(sentence), 'error');
  document.getElementById('loading')?.remove();
});
