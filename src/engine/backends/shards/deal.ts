import type { Config } from '../../../gpt2/config';
import { blockParameters } from '../../../gpt2/parameters';

/** WebAssembly addresses its memory with 32 bits. */
const WASM_BYTES = 2 ** 32;

/**
 * Weights that one memory is given: half of it. The other half is for a block that is being packed, for what a long prompt
 * computes, and for the gaps that come of giving memory back; it is never taken by most prompts.
 */
export const SHARD_BYTES: number = WASM_BYTES / 2;

/** Weights that fit into one memory if need be: all but what ONNX Runtime, a packed copy and a prompt as long as the context take. */
export const MOST_BYTES: number = 0.8 * WASM_BYTES;

/** Consecutive blocks that one worker holds, and perhaps ln_f and the head behind the last. */
export interface Share {
  /** [from, to) of the blocks; empty where there is the head alone. */
  readonly blocks: readonly [from: number, to: number];
  readonly final: boolean;
  /** Bytes of its weights in float32. */
  readonly bytes: number;
}

const FLOAT32 = 4;
const product = (shape: readonly number[]) => shape.reduce((all, n) => all * n, 1);
const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);

/** Bytes in float32 of each block, and of ln_f with the head behind the last: what a back end copies into memory of its own. */
export function partBytes(config: Config): number[] {
  const block = FLOAT32 * sum(Object.values(blockParameters(config)).map(product));
  const final = FLOAT32 * config.n_embd * (2 + config.vocab_size);
  return [...Array.from({ length: config.n_layer }, () => block), final];
}

/** Bytes of all of them. */
export const weightBytes = (config: Config): number => sum(partBytes(config));

/**
 * Deals a model's parts out, in their order and in shares of about the same size: as few as hold no more than `largest` bytes
 * each, where the parts allow that.
 * @param least how many shares there are to be at least, as far as there are parts
 */
export function deal(config: Config, largest: number = SHARD_BYTES, least = 1): Share[] {
  const parts = partBytes(config);
  for (let count = Math.max(1, least); ; count++) {
    const shares = dealInto(Math.min(count, parts.length), parts);
    if (count >= parts.length || shares.every(({ bytes }) => bytes <= largest)) return shares;
  }
}

function dealInto(count: number, parts: readonly number[]): Share[] {
  const total = sum(parts);
  const layers = parts.length - 1;
  const ends = new Map<number, number>(); // which share ends behind which part
  let before = 0;
  parts.forEach((bytes, part) => {
    // A part belongs where its middle lies, if all parts lie in a row that is cut into equal pieces.
    const share = count === parts.length ? part : Math.floor((count * (before + bytes / 2)) / total);
    ends.set(share, part + 1);
    before += bytes;
  });
  let from = 0;
  return [...ends.values()].map((end) => {
    const blocks = [Math.min(from, layers), Math.min(end, layers)] as const;
    const bytes = sum(parts.slice(from, end));
    from = end;
    return { blocks, final: end > layers, bytes };
  });
}
