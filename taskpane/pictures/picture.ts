import type { Config } from '../../src/gpt2/config';
import type { EngineClient } from '../../src/rpc/client';
import type { Source } from './formula';

/** The pictures there are, in the order in which they are offered. */
export const PICTURE_IDS = ['heatmap', 'arcs', 'heads', 'next', 'norms'] as const;

export type PictureId = (typeof PICTURE_IDS)[number];

/** What the user has chosen; pictures share it, so that a head opened in one is the head of the others. */
export interface Choices {
  picture: PictureId;
  layer: number;
  /** A head, or the mean of all heads of the layer. */
  head: number | 'mean';
  /** How many of the likeliest next tokens. */
  count: number;
  temperature: number;
  figures: 'probability' | 'log';
  /** The token whose norms stand out; `last` stays the last when the prompt grows. */
  token: number | 'last';
  logScale: boolean;
}

/** A prompt as the model reads it. */
export interface Reading {
  readonly source: Source;
  readonly config: Config;
  readonly ids: readonly number[];
  /** Each token as `visible` writes it [T]. */
  readonly tokens: readonly string[];
}

/** What a picture computes from. */
export interface Ask {
  readonly client: EngineClient;
  readonly reading: Reading;
  readonly choices: Readonly<Choices>;
  readonly signal: AbortSignal;
  /** Hears how far a long computation is, from 0 to 1. */
  readonly progress: (fraction: number) => void;
}

/** One of the values that a picture shows: rows count from above, columns from the left. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The same values as a table, for those who cannot see the picture. */
export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of each row is its heading. */
  readonly rows: readonly (readonly string[])[];
}

/** A formula that shows the values of the picture in cells. */
export interface Insertion {
  readonly label: string;
  /** @throws Error with a sentence when the prompt fits into no formula */
  formula(): string;
}

/** A way from a place to another picture of it. */
export interface Way {
  readonly label: string;
  readonly choices: Partial<Choices>;
}

/** A picture as it stands on the page. */
export interface Drawing {
  /** Its accessible name. */
  readonly label: string;
  /** A sentence or two on what one sees. */
  readonly caption: string;
  readonly body: HTMLElement;
  readonly legend?: HTMLElement;
  /** The shape of its values: how many rows, and how many columns each has. */
  readonly rows: number;
  columns(row: number): number;
  /** Where the cursor begins. */
  readonly start: Place;
  describe(place: Place): string;
  /** Draws the cursor there, or nowhere. @returns the element that shows it, to be scrolled into view */
  mark(place: Place | undefined): Element | undefined;
  /** The value under the pointer. */
  at(event: PointerEvent | MouseEvent): Place | undefined;
  /** What a click or Enter does. */
  activate?(place: Place): void;
  insertion?(place: Place): Insertion;
  way?(place: Place): Way;
  table(): Table;
}

/** What pictures may ask of the view around them. */
export interface Stagehand {
  /** Puts a formula into the selected cell. */
  insert(insertion: Insertion): void;
}

/** Draws computed values for a width in pixels; cheap, and called again for every width and every theme. */
export type Draw = (choices: Readonly<Choices>, width: number, hand: Stagehand) => Drawing;

/** A kind of picture. */
export interface Picture {
  /** Computes what is to be drawn. */
  load(ask: Ask): Promise<Draw>;
  /** Its own choosers. @param changed told what is different, and whether anything must be computed again */
  controls(reading: Reading, choices: Readonly<Choices>, changed: Changed): HTMLElement[];
}

export type Changed = (choices: Partial<Choices>, again: 'load' | 'draw') => void;
