import { axisX, axisY, type Plot, plot, type Scale, type ScaleOptions } from '@observablehq/plot';
import { element } from '../dom';

/** Places in a line, each of a length and a gap from the next, in pixels. */
export interface Bands {
  readonly count: number;
  readonly cell: number;
  readonly gap: number;
}

/** From the middle of one place to the middle of the next. */
export const pitchOf = ({ cell, gap }: Bands): number => cell + gap;

export const lengthOf = (bands: Bands): number => bands.count * pitchOf(bands);

/** The scale of numbered places; half a gap lies before the first and behind the last. */
export const bandScale = (bands: Bands): ScaleOptions => ({
  type: 'band',
  domain: Array.from({ length: bands.count }, (_, i) => i),
  paddingInner: bands.gap / pitchOf(bands),
  paddingOuter: bands.gap / pitchOf(bands) / 2,
  axis: null,
});

/** Labels are drawn in this size, in pixels. */
const FONT = 12;
/** Between labels and what they name. */
const PADDING = 6;

interface Labels {
  /** Which edge they stand along. */
  readonly edge: 'top' | 'side';
  readonly names: readonly string[];
  readonly bands: Bands;
  /** How far they may reach from the edge, in pixels; what is longer is cut. */
  readonly room: number;
  /** Whether they stand upright along the top, which fits more of them. */
  readonly upright?: boolean;
}

/** The labels along an edge of a picture, drawn by themselves so that they may stay while the picture scrolls. */
export class Edge {
  readonly element: HTMLElement;
  readonly bands: Bands;
  readonly #scale: Scale;
  readonly #texts: readonly Element[];
  #marked: readonly Element[] = [];

  constructor(labels: Labels) {
    this.bands = labels.bands;
    const drawn = labels.edge === 'top' ? top(labels) : side(labels);
    this.#scale = drawn.scale(labels.edge === 'top' ? 'x' : 'y') as Scale;
    this.#texts = [...drawn.querySelectorAll('text')];
    this.element = element('div', { class: `labels labels-${labels.edge}` }, drawn);
  }

  /** Where a place begins, in pixels from the edge's own beginning. */
  from(place: number): number {
    return this.#scale.apply(place);
  }

  /** The middle of a place. */
  middle(place: number): number {
    return this.from(place) + (this.#scale.bandwidth ?? 0) / 2;
  }

  /** The place at so many pixels from the edge's beginning, its share of the gaps with it. */
  at(pixels: number): number | undefined {
    const place = Math.floor(pixels / pitchOf(this.bands));
    return place >= 0 && place < this.bands.count ? place : undefined;
  }

  /** Makes a label stand out, and another a little, in place of those that did. @returns the first of them */
  mark(place: number | undefined, end?: number): Element | undefined {
    for (const text of this.#marked) text.classList.remove('marked', 'marked-end');
    const [first, second] = [place, end].map((at) => (at === undefined ? undefined : this.#texts[at]));
    first?.classList.add('marked');
    if (second !== first) second?.classList.add('marked-end');
    this.#marked = [first, second].filter((text) => text !== undefined);
    return first;
  }
}

type Drawn = Element & Plot;

/** Plot takes letters to be wider than they mostly are, by about so much. */
const TAKEN_WIDER = 1.05;

/** How labels are cut; the room is measured in their size. */
const cut = (room: number) => ({
  lineWidth: (TAKEN_WIDER * (room - PADDING)) / FONT,
  textOverflow: 'ellipsis' as const,
  label: null,
  tickSize: 0,
  tickPadding: PADDING,
});

const side = ({ names, bands, room }: Labels): Drawn =>
  plot({
    className: 'plot',
    width: room,
    height: lengthOf(bands),
    margin: 0,
    marginLeft: room,
    y: bandScale(bands),
    marks: [axisY({ text: (place: number) => names[place], ...cut(room) })],
  });

const top = ({ names, bands, room, upright }: Labels): Drawn =>
  plot({
    className: 'plot',
    width: lengthOf(bands),
    height: room,
    margin: 0,
    marginTop: room,
    x: bandScale(bands),
    marks: [
      axisX({
        anchor: 'top',
        text: (place: number) => names[place],
        tickRotate: upright ? -90 : 0,
        ...cut(upright ? room : pitchOf(bands)),
      }),
    ],
  });
