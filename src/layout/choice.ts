import type { Config } from '../gpt2/config';
import { headWidth } from '../gpt2/config';
import { words } from './strings';

/** What of a model is laid out. Everything counts from 0. */
export interface Choice {
  /** The longest prompt, in tokens, for which the sheets have room. */
  readonly room: number;
  /** Blocks with a sheet each; those between them are one formula a run. Ascending, without doubles. */
  readonly layers: readonly number[];
  /** Heads that are laid out in each of these blocks. Ascending, without doubles. */
  readonly heads: readonly number[];
  /** How many columns of a table are labelled and can be overwritten; wider ones go on to the right. */
  readonly columns: number;
}

/** What a choice may be. */
export interface Limits {
  readonly rooms: Range;
  readonly layers: Range;
  /** Missing where one head's weights are too many numbers for one formula. */
  readonly heads?: Range;
  readonly columns: Range;
}

/** Whole numbers, both ends included. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** A WEIGHT may give so many numbers: Excel on the web takes 5 MB a result, and a number up to 24 characters. */
const MOST_WEIGHTS = 200_000;

/** More rows than this would make a sheet so long that nobody finds anything on it. */
const MOST_ROOM = 48;

/** The room of a fresh layout: as long as a sentence. */
const USUAL_ROOM = 16;

const range = (most: number): number[] => Array.from({ length: most }, (_, i) => i);

/** Whether every number of a model can be on sheets that somebody still reads. */
export const isLegible = ({ n_embd, n_layer, n_head, n_inner }: Config): boolean =>
  n_embd <= 160 && n_inner <= 640 && n_layer <= 6 && n_head <= 8;

/** Whether all of a block's MLP fits into the columns of a choice. */
export const holdsMlp = ({ n_inner }: Config, { columns }: Choice): boolean => columns >= n_inner;

/** Whether all heads of a block are laid out. */
export const holdsHeads = ({ n_head }: Config, { heads }: Choice): boolean => heads.length === n_head;

/** What may be chosen for a model. */
export function limitsOf(config: Config): Limits {
  const { n_embd: d, n_inner, n_layer, n_head, n_positions } = config;
  // A column of the MLP takes a column of c_fc, and a row of c_proj, with d numbers each.
  const columns = Math.min(Math.max(d, n_inner), Math.max(1, Math.floor(MOST_WEIGHTS / d)));
  return {
    rooms: { least: 1, most: Math.min(MOST_ROOM, n_positions) },
    layers: { least: 0, most: n_layer - 1 },
    ...(d * headWidth(config) <= MOST_WEIGHTS && { heads: { least: 0, most: n_head - 1 } }),
    columns: { least: 1, most: columns },
  };
}

/**
 * What is laid out if nobody chooses: everything of a model that stays legible, and a part of a wide one.
 *
 * @param tokens Of the prompt; there is room for them in any case.
 */
export function usualChoice(config: Config, tokens: number): Choice {
  const { rooms, heads, columns } = limitsOf(config);
  const room = Math.min(rooms.most, Math.max(USUAL_ROOM, tokens));
  if (isLegible(config)) {
    return { room, layers: range(config.n_layer), heads: range(config.n_head), columns: columns.most };
  }
  return {
    room,
    layers: [0],
    heads: heads ? range(Math.min(2, config.n_head)) : [],
    columns: Math.min(64, columns.most),
  };
}

/**
 * Reads a list of whole numbers as people write it: `0, 5-7`. Ascending, each once; `all` is all of them, nothing is none.
 *
 * @param name What the list is of, for the message.
 * @throws RangeError with a sentence that names what is wrong, and what is allowed
 */
export function listOf(name: string, text: string, { least, most }: Range): number[] {
  const trimmed = text.trim().replace(/\s*[-–]\s*/g, '-');
  if (/^all$/i.test(trimmed)) return range(most + 1).slice(least);
  if (trimmed === '') return [];
  const found = new Set<number>();
  for (const part of trimmed.split(/[,;\s]+/)) {
    if (part === '') continue;
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === undefined || from > to || from < least || to > most) {
      throw new RangeError(words.badList(name, part, least, most));
    }
    for (let each = from; each <= to; each++) found.add(each);
  }
  return [...found].sort((a, b) => a - b);
}

/** Reads one whole number. @throws RangeError with a sentence that names what is wrong, and what is allowed */
export function numberOf(name: string, text: string, { least, most }: Range): number {
  const value = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw new RangeError(words.badNumber(name, text.trim(), least, most));
  }
  return value;
}

/** A list as people write it: `0, 5-7`. */
export function listText(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const each of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === each - 1) last[1] = each;
    else runs.push([each, each]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

/** A block with a sheet of its own, or a run of blocks that are one formula. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly shown: boolean;
}

/** All blocks in order: those that are laid out one by one, those between them as runs. */
export function stepsOf({ n_layer }: Config, { layers }: Choice): Step[] {
  const steps: Step[] = [];
  for (const layer of range(n_layer)) {
    const shown = layers.includes(layer);
    const last = steps.at(-1);
    if (!shown && last && !last.shown) steps[steps.length - 1] = { ...last, to: layer };
    else steps.push({ from: layer, to: layer, shown });
  }
  return steps;
}
