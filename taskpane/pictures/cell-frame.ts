import { element } from '../dom';
import type { Edge } from './edge';
import type { Place } from './picture';

/** Room for the cursor around the last cell, in pixels. */
export const MARGIN = 4;

interface Parts {
  /** A class of its own. */
  readonly css: string;
  /** What stands along the top and along the side. */
  readonly corner: readonly [top: string, side: string];
  readonly top: Edge;
  readonly side: Edge;
  readonly field: readonly Element[];
  readonly sizes: Readonly<{ side: number; top: number }>;
}

/** A field of cells with a cursor, and labels along its top and its side that stay in view while it scrolls. */
export class CellFrame {
  readonly body: HTMLElement;
  readonly #top: Edge;
  readonly #side: Edge;
  readonly #field: HTMLElement;
  readonly #cursor = element('div', { class: 'map-cursor', hidden: true });

  constructor({ css, corner, top, side, field, sizes }: Parts) {
    this.#top = top;
    this.#side = side;
    this.#field = element('div', { class: 'map' }, ...field, this.#cursor);
    const { cell, gap } = top.bands;
    this.body = element(
      'div',
      {
        class: `framed ${css}`,
        'aria-hidden': 'true',
        style: `--cell:${cell}px;--gap:${gap}px;--side:${sizes.side}px;--top:${sizes.top}px;--margin:${MARGIN}px`,
      },
      element('div', { class: 'framed-corner' }, ...corner.map((text) => element('span', {}, text))),
      top.element,
      side.element,
      this.#field,
    );
  }

  /** Puts the cursor there, or nowhere. */
  mark(place: Place | undefined): Element | undefined {
    this.#cursor.hidden = !place;
    this.#side.mark(place?.row);
    this.#top.mark(place?.column);
    if (!place) return undefined;
    this.#cursor.style.translate = `${this.#top.from(place.column)}px ${this.#side.from(place.row)}px`;
    return this.#cursor;
  }

  at(event: PointerEvent | MouseEvent): Place | undefined {
    const box = this.#field.getBoundingClientRect();
    const row = this.#side.at(event.clientY - box.top);
    const column = this.#top.at(event.clientX - box.left);
    return row === undefined || column === undefined ? undefined : { row, column };
  }
}
