import { isWhole, type Opened } from '../../src/rpc/protocol';
import type { Row } from '../../src/verify/api';
import type { Checkpoint } from '../../src/verify/checkpoints';
import { clientSubject } from '../../src/verify/subjects';
import { verify } from '../../src/verify/verify';
import { announce } from '../announcer';
import { button, element, keepIdle } from '../dom';
import { ProgressLine } from '../progress-line';
import { sentenceOf } from '../sentence';
import type { Session } from '../session';
import { CheckpointChoice } from './choice';
import { outcomeCard } from './outcome-card';
import { reportOf } from './report';
import { Results } from './results';
import { strings } from './strings';
import { type Ended, told } from './told';

/** A verification under way. */
interface Run {
  readonly opened: Opened;
  readonly checkpoint: Checkpoint;
  readonly rows: Row[];
  total: number;
  readonly abort: AbortController;
}

/** Recomputes what is published of a checkpoint with the open model; what came of it is forgotten with the model. */
export function verifyView(session: Session): HTMLElement {
  const choice = new CheckpointChoice();
  const results = new Results();
  const outcome = element('div');
  const start = button(strings.start, { class: 'verify-start' }, () => begin());
  const progress = new ProgressLine({ label: strings.progressLabel, stop: strings.cancel }, () =>
    end('stopped'),
  );
  const note = element('p', { class: 'note' }, strings.waiting);
  let opened: Opened | undefined;
  let run: Run | undefined;

  const clear = () => {
    results.clear();
    outcome.replaceChildren();
  };

  const begin = () => {
    if (run || !opened) return;
    clear();
    const { checkpoint } = choice;
    if (!checkpoint) {
      choice.list.focus();
      announce(strings.chooseFirst);
      outcome.replaceChildren(element('p', { class: 'note' }, strings.chooseFirst));
      return;
    }
    run = { opened, checkpoint, rows: [], total: 0, abort: new AbortController() };
    progress.start(strings.preparing);
    announce(strings.announceStart(checkpoint.name));
    showState();
    void carryOut(run);
  };

  const carryOut = async (mine: Run) => {
    const { signal } = mine.abort;
    try {
      const subject = await clientSubject(session.client);
      const onProgress = (done: number, total: number, what: string) => {
        if (run !== mine) return;
        mine.total = total;
        progress.show(done / total, strings.progress(done, total, what));
      };
      for await (const row of verify(subject, mine.checkpoint, { signal, onProgress })) {
        if (run !== mine) return; // the row may be another model's
        mine.rows.push(row);
        results.add(row);
      }
      if (run === mine) end();
    } catch (error) {
      if (run === mine) end({ message: sentenceOf(error, strings.broken) });
    }
  };

  /** Ends what is under way, at once: what the worker is still at is not waited for. */
  const end = (early?: Ended['early']) => {
    if (!run) return;
    const { opened, checkpoint, rows, total, abort } = run;
    run = undefined;
    abort.abort();
    const ended: Ended = { name: checkpoint.name, rows, total, early };
    const card = outcomeCard(told(ended), {
      showFirstFailure: () => results.showFirstFailure(),
      report: () => reportOf(opened, ended, { browser: navigator.userAgent, at: new Date() }),
    });
    outcome.replaceChildren(card);
    const hadFocus = progress.stop();
    showState();
    if (hadFocus) start.focus();
  };

  const showState = () => {
    note.hidden = opened !== undefined;
    choice.list.disabled = run !== undefined;
    keepIdle(start, run !== undefined || !opened);
  };

  const follow = () => {
    const { status } = session;
    // Half a model proves nothing: while parts of it, or its hash, are on their way there is nothing to verify.
    const now = status.phase === 'ready' && isWhole(status.opened) ? status.opened : undefined;
    if (now !== opened) {
      opened = now;
      run?.abort.abort();
      run = undefined;
      progress.stop();
      clear();
      if (now) choice.guess(now.model);
    }
    showState();
  };
  session.addEventListener('change', follow);
  follow();

  return element(
    'div',
    { class: 'verify-parts' },
    note,
    choice.label,
    element('div', { class: 'verify-choose' }, choice.list, start),
    choice.note,
    progress.box,
    outcome,
    results.box,
  );
}
