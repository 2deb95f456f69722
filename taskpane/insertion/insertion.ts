import type { InsertOptions, SheetHost } from '../../src/host/host';
import { isInTheWay } from '../../src/host/in-the-way';
import type { Book } from '../../src/workbook/sheet';
import { announce } from '../announcer';
import { button, element, icon } from '../dom';
import { once } from '../once';
import { ProgressLine } from '../progress-line';
import { Quarters } from '../quarters';
import { sentenceOf } from '../sentence';
import { strings } from './strings';

/** An answer to a question: what its button says, its name for tests, what it does. */
type Answer = readonly [label: string, id: string, choose: () => void];

/** What is to be inserted. */
export interface Order {
  /** @throws Error with a sentence for the user when there can be no such sheets */
  readonly book: () => Book | Promise<Book>;
  /** Gets the keyboard back when its answer's button is gone. */
  readonly asker: HTMLElement;
  /** Called when the sheets are there. */
  readonly inserted?: () => void;
}

/**
 * Puts sheets into the workbook, and shows how that goes below the buttons that ask for it: a bar with a way to stop, the
 * question what becomes of sheets with the same names, what came of it, and Undo.
 */
export class Insertion {
  readonly box = element('div', { class: 'insertion' });
  readonly #said = element('div', {});
  readonly #progress = new ProgressLine({ label: strings.progress, stop: strings.cancel }, () =>
    this.#abort?.abort(),
  );
  readonly #quarters = new Quarters((percent) => announce(strings.announcePercent(percent)));
  #abort: AbortController | undefined;
  /** The sheets that were inserted last, as the host names the change. */
  #address: string | undefined;

  /** @param onBusy is told when something begins to be inserted, and when that is over */
  constructor(
    private readonly host: SheetHost,
    private readonly onBusy: (busy: boolean) => void,
  ) {
    this.box.append(this.#progress.box, this.#said);
  }

  /** Inserts them, unless others are being inserted. */
  insert(order: Order): void {
    void this.#begin({ order });
  }

  readonly #begin = once(async ({ order, taken }: { order: Order } & Pick<InsertOptions, 'taken'>) => {
    const abort = new AbortController();
    this.#abort = abort;
    this.#said.replaceChildren();
    this.#quarters.begin();
    this.#progress.start(strings.progress);
    this.#intoView();
    announce(strings.progress);
    this.onBusy(true);
    let hadFocus = false;
    try {
      const sheets = await this.host.insert?.(await order.book(), {
        ...(taken && { taken }),
        signal: abort.signal,
        onProgress: (fraction, sheet) => this.#show(fraction, sheet),
      });
      hadFocus = this.#progress.stop();
      order.inserted?.();
      this.#address = this.host.lastChange?.()?.address;
      this.#say('check', strings.done(sheets ?? []), this.#undoButton(order));
    } catch (error) {
      hadFocus = this.#progress.stop();
      this.#failed(error, order);
    } finally {
      this.onBusy(false);
      if (hadFocus && !this.#said.contains(document.activeElement)) order.asker.focus();
    }
  });

  #show(fraction: number, sheet: string): void {
    const percent = Math.round(100 * fraction);
    this.#progress.show(fraction, strings.inserting(sheet, percent));
    this.#quarters.at(percent);
  }

  #failed(error: unknown, order: Order): void {
    if ((error as Partial<Error> | undefined)?.name === 'AbortError') this.#say('check', strings.cancelled);
    else if (isInTheWay(error)) {
      this.#ask(strings.taken(error.sheets), [
        [strings.replace, 'replace', () => void this.#begin({ order, taken: 'replace' })],
        [strings.beside, 'beside', () => void this.#begin({ order, taken: 'rename' })],
        [strings.cancel, 'leave', () => this.#leave(order)],
      ]);
    } else this.#say('error', sentenceOf(error, strings.wentWrong));
  }

  #leave({ asker }: Order): void {
    this.#say('check', strings.left);
    asker.focus();
  }

  #undoButton(order: Order): HTMLElement {
    const undo = () => void this.#takeBack({ order, regardless: false });
    return button(strings.undo, { size: 'small', 'data-action': 'undo', title: strings.undoAbout }, undo);
  }

  readonly #takeBack = once(async ({ order, regardless }: { order: Order; regardless: boolean }) => {
    try {
      const last = this.host.lastChange?.();
      if (last?.kind !== 'insert' || last.address !== this.#address) {
        this.#say('error', strings.notLast, this.#undoButton(order));
        return;
      }
      const undone = await this.host.undoLast?.(regardless);
      if (undone && undone.changed.length > 0 && !regardless) {
        this.#ask(strings.changed(undone.changed), [
          [strings.undoRegardless, 'undo-regardless', () => void this.#takeBack({ order, regardless: true })],
          [strings.keep, 'keep', () => this.#leave(order)],
        ]);
        return;
      }
      this.#say('check', strings.undone);
      order.asker.focus();
    } catch (error) {
      this.#say('error', sentenceOf(error, strings.wentWrong), this.#undoButton(order));
    }
  });

  /** A question; the last answer, which changes nothing, gets the keyboard. */
  #ask(sentence: string, answers: readonly Answer[]): void {
    const buttons = answers.map(([label, id, choose]) =>
      button(label, { size: 'small', 'data-action': id }, choose),
    );
    this.#say('error', sentence, ...buttons);
    buttons.at(-1)?.focus();
  }

  #say(kind: 'check' | 'error', sentence: string, ...buttons: HTMLElement[]): void {
    const choice = element('div', { class: 'choice', role: 'group', 'aria-label': sentence }, ...buttons);
    this.#said.replaceChildren(
      element('p', { class: `feedback feedback-${kind}` }, icon(kind), element('span', {}, sentence)),
      ...(buttons.length > 0 ? [choice] : []),
    );
    announce(sentence);
    this.#intoView();
  }

  /** What asked for it may be far down a list. */
  #intoView(): void {
    this.box.scrollIntoView({ block: 'nearest' });
  }
}
