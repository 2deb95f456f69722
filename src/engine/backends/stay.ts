import type * as Ort from 'onnxruntime-web';
import type { Held } from './held';
import { HeldRows } from './memory/held-rows';
import type { Memory } from './memory/memory';
import type { Tensors } from './tensors';

/** The residual stream behind one block, left where it was computed. */
export interface Staying {
  /** Where the run is to write it, if that has to be said. */
  readonly placed?: Readonly<Record<string, Ort.Tensor>>;
  /** It, of what the run has given. */
  held(found: ReadonlyMap<string, Ort.Tensor>): Held;
  /** The run has failed. */
  drop(): void;
}

/** Lets the stream of so many positions stay; missing where it has to come out as an array. */
export type Stay = (tokens: number) => Staying | undefined;

/** On a graphics device. */
export const stayOnDevice =
  (tensors: Tensors): Stay =>
  () => ({
    held: (found) => tensors.hold([found.get('resid_post') as Ort.Tensor]),
    drop: () => {},
  });

/** In WebAssembly's memory, where there is room. @param d d_model @param owner whose it is */
export const stayInMemory =
  (tensors: Tensors, memory: Memory, d: number, owner: object): Stay =>
  (tokens) => {
    let rows: HeldRows;
    try {
      rows = new HeldRows(owner, memory, tensors, [tokens, d]);
    } catch {
      return undefined; // an array may find room elsewhere
    }
    const [resid_post] = rows.tensors;
    return { placed: { resid_post }, held: () => rows, drop: () => rows.release() };
  };
