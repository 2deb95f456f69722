import { ModelError } from '../gpt2/errors';
import { dataStart, LENGTH_BYTES, parseHeader, type TensorInfo } from '../gpt2/safetensors';
import { plainName } from '../gpt2/weights';
import type { FileRecord } from './api';
import type { Parts, Range } from './parts';
import type { StoreFile } from './store/store';

/** What is fetched first of a file, for its header: GPT-2's is 14 kB long, that of the largest some 80 kB. */
export const HEAD_BYTES = 1 << 17;

/** A region as small as this does not earn a request of its own where it can come with its neighbour. */
const SMALL_BYTES = 1 << 16;

/** Behind any block. */
const FINAL = 1_000_000;

/**
 * When a pass needs a tensor: 0 the embeddings, 1, 2, … the blocks, then the final norm, the head, and what GPT-2 does not
 * have. A block's causal mask counts as a part of it: it lies among its weights, and to leave it out takes two requests more.
 */
export function stageOf(name: string): number {
  const plain = plainName(name);
  if (/^w[tp]e\./.test(plain)) return 0;
  const layer = /^h\.(\d{1,5})\./.exec(plain)?.[1];
  if (layer !== undefined) return 1 + Number(layer);
  if (plain.startsWith('ln_f.')) return FINAL;
  return plain.startsWith('lm_head.') ? FINAL + 1 : FINAL + 2;
}

/** Sorts the tensors of one file by need; those that are needed together stay as they are stored. */
export const byNeed = ([a, one]: readonly [string, TensorInfo], [b, other]: readonly [string, TensorInfo]) =>
  stageOf(a) - stageOf(b) || one.data_offsets[0] - other.data_offsets[0];

/** Whether the parts of a file are fetched as they are needed; where its length is unknown, they cannot be. */
export const comesByNeed = ({ path, size }: FileRecord): boolean =>
  path.endsWith('.safetensors') && size !== undefined;

/** What to fetch next of a safetensors file; undefined where nothing is missing. */
export function nextByNeed(file: StoreFile, parts: Parts, size: number): Range | undefined {
  for (const { begin, end } of wanted(file, parts, size)) {
    const [gap] = parts.missing(begin, end);
    if (gap) return gap;
  }
  return undefined;
}

/** The regions of a file in the order of need, as far as its header tells by now. */
function wanted(file: StoreFile, parts: Parts, size: number): Range[] {
  const all = { begin: 0, end: size };
  if (!parts.has(0, LENGTH_BYTES)) return [{ begin: 0, end: Math.min(HEAD_BYTES, size) }, all];
  try {
    const start = dataStart(take(file, 0, LENGTH_BYTES));
    const header = { begin: 0, end: Math.min(start, size) };
    if (start > size || !parts.has(0, start)) return [header, all];
    const tensors = parseHeader(take(file, LENGTH_BYTES, start), size - start);
    return [...regionsOf(tensors, start), all];
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return [all]; // the hash will tell, or whoever reads it
  }
}

/**
 * The regions of a safetensors file in the order of need. Neighbours that are needed one after the other make one region.
 * @param start where the tensors begin
 */
export function regionsOf(tensors: ReadonlyMap<string, TensorInfo>, start: number): Range[] {
  const regions: Range[] = [];
  for (const [, { data_offsets }] of [...tensors].sort(byNeed)) {
    const [begin, end] = data_offsets.map((offset) => start + offset) as [number, number];
    if (begin >= end) continue;
    const last = regions.at(-1);
    if (last?.end === begin) regions[regions.length - 1] = { begin: last.begin, end };
    else regions.push({ begin, end });
  }
  return withoutSmall(regions);
}

/** Lets small regions come with a neighbour that is needed before them. */
function withoutSmall(regions: readonly Range[]): Range[] {
  const kept: Range[] = [];
  for (const region of regions) {
    const { begin, end } = region;
    const at = kept.findIndex((before) => before.end === begin || before.begin === end);
    const before = kept[at];
    if (!before || end - begin > SMALL_BYTES) kept.push(region);
    else kept[at] = { begin: Math.min(before.begin, begin), end: Math.max(before.end, end) };
  }
  return kept;
}

function take(file: StoreFile, begin: number, end: number): Uint8Array {
  const bytes = new Uint8Array(end - begin);
  return bytes.subarray(0, file.read(bytes, begin));
}

/** The files of a checkpoint in the order of need, each when the first of its tensors is needed. @param map parameter → file */
export function shardsByNeed(map: Readonly<Record<string, string>>): string[] {
  const first = new Map<string, number>();
  for (const [name, file] of Object.entries(map)) {
    first.set(file, Math.min(stageOf(name), first.get(file) ?? Number.POSITIVE_INFINITY));
  }
  const order = (file: string) => first.get(file) as number;
  return [...first.keys()].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
}
