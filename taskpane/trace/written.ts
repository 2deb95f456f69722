import type { Block, SheetHost } from '../../src/host/host';
import type { Explanation } from '../../src/trace/explanation';
import { layOut, type Plan } from '../../src/trace/plan';
import { addressOf, area, onSheet, partsOf } from '../../src/workbook/address';
import { announce } from '../announcer';
import { button, element, icon } from '../dom';
import { once } from '../once';
import { sentenceOf } from '../sentence';
import { strings } from './strings';
import type { Target } from './target';

/** A plan as the block that hosts write, wherever that comes to lie. */
export const blockOf =
  (plan: Plan): Block =>
  (at) => {
    const { top, left } = area(at('A1'));
    const there = layOut(plan, top, left);
    return layOut(plan, 0, 0).map((cell, i) => ({ ...cell, content: there[i]?.content ?? cell.content }));
  };

/** Calculations that were written out, where they are, and how to take them back. */
export class Written {
  readonly #host: SheetHost;
  #address: string | undefined;

  constructor(host: SheetHost) {
    this.#host = host;
  }

  /** Whether a cell is one of those that were written last: selecting it does not lead away from their explanation. */
  holds(address: string): boolean {
    if (this.#address === undefined) return false;
    const [own, other] = [partsOf(this.#address), partsOf(address)];
    if (own.sheet !== other.sheet) return false;
    const [whole, { top, left }] = [area(own.cells), area(other.cells)];
    return top >= whole.top && top <= whole.bottom && left >= whole.left && left <= whole.right;
  }

  /** A button that writes a calculation out, and what came of it. Nothing where the host cannot write. */
  offer(target: Target, explanation: Explanation): HTMLElement[] {
    const host = this.#host;
    if (!host.write) return [];
    const note = element('div', { class: 'trace-written' });
    const say = (kind: 'check' | 'error' | 'wait', sentence: string, ...more: HTMLElement[]) => {
      note.replaceChildren(
        element(
          'p',
          { class: `feedback feedback-${kind}` },
          ...(kind === 'wait' ? [] : [icon(kind)]),
          element('span', {}, sentence),
        ),
        ...(more.length > 0 ? [element('div', { class: 'trace-choice' }, ...more)] : []),
      );
      announce(sentence);
    };

    const undo = once(async (regardless: boolean) => {
      try {
        const undone = await host.undoLast?.(regardless);
        if (!undone) return;
        const { changed, address } = undone;
        if (changed.length > 0 && !regardless) {
          say(
            'error',
            strings.changed(changed.length, address),
            action('undo-regardless', strings.undoRegardless, () => undo(true)),
          );
          return;
        }
        this.#address = undefined;
        say('check', strings.undone(address));
        if (target.address) await host.select?.(target.address);
      } catch (error) {
        say('error', sentenceOf(error, strings.wentWrong));
      }
    });

    const write = once(async () => {
      say('wait', strings.writing);
      try {
        const { inCells, title } = explanation;
        const address = (await host.write?.(blockOf(inCells), strings.sheet(title.formula))) ?? '';
        this.#address = address;
        const { sheet = '', cells } = partsOf(address);
        const { top, left } = area(cells);
        const { row, column } = inCells.result;
        const back = target.address;
        say(
          'check',
          strings.written(address),
          ...(host.lastChange?.()?.address === address
            ? [action('undo', strings.undo, () => undo(false))]
            : []),
          ...(back ? [action('to-number', strings.toNumber(back), async () => host.select?.(back))] : []),
        );
        await host.select?.(onSheet(sheet, addressOf(top + row, left + column)));
      } catch (error) {
        say('error', sentenceOf(error, strings.wentWrong));
      }
    });

    return [
      element(
        'div',
        { class: 'trace-write' },
        button(
          strings.write,
          { size: 'small', 'data-action': 'write', 'aria-describedby': 'trace-write-about' },
          () => void write(undefined),
        ),
        element('p', { class: 'note', id: 'trace-write-about' }, strings.writeAbout),
      ),
      note,
    ];
  }
}

const action = (id: string, label: string, onClick: () => unknown): HTMLElement =>
  button(label, { size: 'small', 'data-action': id }, () => void onClick());
