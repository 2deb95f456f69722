import { chooseHost } from '../../src/host/choose';
import { isWhole, type Opened } from '../../src/rpc/protocol';
import { bytesOf, checkFits, numbersOf, usualRoom } from '../../src/standalone/limits';
import { announce } from '../announcer';
import { button, element, keepIdle } from '../dom';
import { ProgressLine } from '../progress-line';
import { sentenceOf } from '../sentence';
import type { Session } from '../session';
import { isTied, makeWorkbook } from './make';
import { readyLine } from './ready-line';
import { strings } from './strings';

/** Makes a workbook of the open model that needs no add-in: says what it will hold, how far it has come, and saves it. */
export function exportView(session: Session): HTMLElement {
  const note = element('p', { class: 'note', id: 'export-note' });
  const start = button(strings.start, { 'aria-describedby': 'export-note' }, () => void begin());
  const progress = new ProgressLine({ label: strings.progressLabel, stop: strings.cancel }, () =>
    abort?.abort(),
  );
  const outcome = element('div', { class: 'export-outcome' });
  let opened: Opened | undefined;
  let fits = false;
  let abort: AbortController | undefined;
  let release = () => {};

  const clear = () => {
    release();
    release = () => {};
    outcome.replaceChildren();
  };

  const begin = async () => {
    if (abort || !opened || !fits) return;
    clear();
    const mine = new AbortController();
    const { name } = opened.model;
    abort = mine;
    progress.start(strings.progressLabel);
    announce(strings.announceStart);
    showState();
    let shown: HTMLElement;
    try {
      const bytes = await makeWorkbook(session.client, (...told) => progress.show(...told), mine.signal);
      const ready = readyLine(`${fileName(name)}.xlsx`, bytes, await chooseHost());
      shown = ready.line;
      release = ready.release;
      announce(ready.text);
    } catch (error) {
      const text = mine.signal.aborted ? strings.stopped : sentenceOf(error, strings.broken);
      shown = element('p', { class: 'note' }, text);
      announce(text);
    }
    if (abort !== mine) return release(); // another model was opened
    abort = undefined;
    const hadFocus = progress.stop();
    outcome.replaceChildren(shown);
    showState();
    if (hadFocus) start.focus();
  };

  const showState = () => {
    keepIdle(start, abort !== undefined || !fits);
  };

  const describe = ({ model: { name, config, parameters } }: Opened) => {
    const room = usualRoom(config);
    const tied = isTied(config, parameters);
    try {
      checkFits(name, config, tied, room);
      const { weights, activations } = numbersOf(config, tied, room);
      fits = true;
      note.textContent = strings.contents(weights, activations, room, bytesOf(weights + activations));
    } catch (error) {
      fits = false;
      note.textContent = sentenceOf(error, strings.broken);
    }
  };

  const follow = () => {
    const { status } = session;
    const now = status.phase === 'ready' && isWhole(status.opened) ? status.opened : undefined;
    if (now === opened && note.textContent) return;
    opened = now;
    abort?.abort();
    abort = undefined;
    progress.stop();
    clear();
    fits = false;
    if (now) describe(now);
    else note.textContent = strings.waiting;
    showState();
  };
  session.addEventListener('change', follow);
  follow();

  return element(
    'section',
    { class: 'export', 'aria-labelledby': 'export-heading' },
    element('h2', { id: 'export-heading' }, strings.heading),
    element('p', { class: 'note' }, strings.lead),
    note,
    start,
    progress.box,
    outcome,
  );
}

/** A model's name as a file may have it. */
const fileName = (name: string) =>
  name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') || 'gpt2';
