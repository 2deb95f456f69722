import { announce } from '../announcer';
import { button, element } from '../dom';
import { insert } from '../insert';
import { moved, within } from './cursor';
import type { Choices, Drawing, Insertion, Place } from './picture';
import { words } from './strings';
import { TableBox } from './table';

interface Exits {
  /** Takes the focus when Escape is pressed. */
  readonly leave: () => void;
  /** Shows another picture. */
  readonly open: (choices: Partial<Choices>) => void;
}

/**
 * Where a picture stands: with a cursor for pointer and keys, the value under it in a line beneath, a caption, a
 * formula to insert, and the same as a table.
 */
export class Stage {
  readonly box: HTMLElement;
  /** What the keys walk through, and what scrolls where the picture is larger than its place. */
  readonly #view = element('div', {
    class: 'picture-view',
    tabindex: 0,
    role: 'application',
    'aria-roledescription': words.role,
    'aria-describedby': 'picture-keys',
  });
  readonly #keys = element('p', { class: 'unseen', id: 'picture-keys' });
  readonly #value = element('p', { class: 'picture-value' });
  readonly #legend = element('div', { class: 'picture-legend' });
  readonly #caption = element('figcaption', { class: 'picture-caption' });
  readonly #insert = button('', { size: 'small', class: 'picture-insert' }, () => this.#insertHere());
  readonly #way = button('', { size: 'small', class: 'picture-way' }, () => this.#go());
  readonly #actions = element('div', { class: 'picture-actions' }, this.#insert, this.#way);
  readonly #table = new TableBox();
  readonly #exits: Exits;
  #drawing: Drawing | undefined;
  /** Where the cursor was last; the picture shows it while it is focused or pointed at. */
  #place: Place | undefined;

  constructor(exits: Exits) {
    this.#exits = exits;
    this.box = element(
      'figure',
      { class: 'picture' },
      this.#view,
      this.#keys,
      this.#value,
      this.#legend,
      this.#caption,
      this.#actions,
      this.#table.box,
    );
    const view = this.#view;
    view.addEventListener('keydown', (event) => this.#key(event));
    // Who comes with the pointer points at a value; whoever comes by other ways is put at one.
    let pressed = false;
    view.addEventListener('pointerdown', () => {
      pressed = true;
    });
    view.addEventListener('focus', () => {
      if (!pressed) this.#point(this.#place ?? this.#drawing?.start, 'keys');
      pressed = false;
    });
    // The line with the value stays: were it to shrink, the button that is being clicked would move away.
    view.addEventListener('blur', () => this.#drawing?.mark(undefined));
    view.addEventListener('pointermove', (event) => this.#point(this.#drawing?.at(event), 'pointer'));
    view.addEventListener('pointerleave', () => this.#point(this.#focused ? this.#place : undefined));
    view.addEventListener('click', (event) => {
      pressed = false;
      const place = this.#drawing?.at(event);
      if (!place) return;
      this.#point(place, 'pointer');
      this.#drawing?.activate?.(place);
    });
  }

  /** Shows a drawing in place of the one before. @param afresh it is another picture, whose cursor begins anew */
  show(drawing: Drawing, afresh: boolean): void {
    const scrolled = afresh ? [0, 0] : [this.#view.scrollLeft, this.#view.scrollTop];
    this.#drawing = drawing;
    this.#place = afresh || !this.#place ? undefined : within(drawing, this.#place);
    this.#view.setAttribute('aria-label', drawing.label);
    this.#view.replaceChildren(drawing.body);
    this.#view.scrollTo(scrolled[0] as number, scrolled[1] as number);
    this.#legend.replaceChildren(...(drawing.legend ? [drawing.legend] : []));
    this.#caption.textContent = drawing.caption;
    this.#table.show(() => drawing.table());
    this.#point(this.#focused ? (this.#place ?? drawing.start) : undefined);
  }

  /** Says what is shown now: the value at the cursor to whoever is in the picture, its name to others. */
  tell(): void {
    if (this.#focused) announce(this.#value.textContent ?? '');
    else announce(this.#drawing?.label ?? '');
  }

  /** What keys do besides moving. */
  set enter(what: string | undefined) {
    this.#keys.textContent = what ? words.keysEnter(what) : words.keys;
  }

  set busy(busy: boolean) {
    this.box.setAttribute('aria-busy', String(busy));
  }

  /** Puts the focus and the cursor into the picture. */
  focus(): void {
    this.#view.focus();
  }

  /** Inserts a formula, and says below the button where it went. */
  insert(insertion: Insertion): void {
    try {
      void insert(insertion.formula(), this.#actions);
    } catch (error) {
      announce((error as Error).message);
      this.#value.textContent = (error as Error).message;
    }
  }

  get #focused(): boolean {
    return document.activeElement === this.#view;
  }

  #key(event: KeyboardEvent): void {
    const drawing = this.#drawing;
    if (!drawing) return;
    const place = this.#place ?? drawing.start;
    const next = moved(drawing, place, event.key, event.ctrlKey || event.metaKey);
    if (next) this.#point(next, 'keys');
    else if (event.key === 'Enter' || event.key === ' ') drawing.activate?.(place);
    else if (event.key === 'Escape') {
      this.#point(undefined);
      this.#exits.leave();
    } else return;
    event.preventDefault();
  }

  /** Moves the cursor; what keys reach is scrolled into view and said aloud. */
  #point(place: Place | undefined, by?: 'keys' | 'pointer'): void {
    const drawing = this.#drawing;
    if (!drawing) return;
    if (place) this.#place = place;
    const cursor = drawing.mark(place);
    const text = place ? drawing.describe(place) : words.hint;
    this.#value.textContent = text;
    this.#value.classList.toggle('picture-hint', !place);
    const here = this.#place ?? drawing.start;
    label(this.#insert, drawing.insertion?.(here));
    label(this.#way, drawing.way?.(here));
    if (by !== 'keys') return;
    cursor?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    announce(text);
  }

  #insertHere(): void {
    const drawing = this.#drawing;
    const insertion = drawing?.insertion?.(this.#place ?? drawing.start);
    if (insertion) this.insert(insertion);
  }

  #go(): void {
    const drawing = this.#drawing;
    const way = drawing?.way?.(this.#place ?? drawing.start);
    if (way) this.#exits.open(way.choices);
  }
}

/** Names a button after what it leads to; without that there is no button. */
function label(button: HTMLElement, to: { readonly label: string } | undefined): void {
  button.hidden = !to;
  if (to) button.textContent = to.label;
}
