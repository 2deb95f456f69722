import type { Config } from './config';
import { ModelError } from './errors';
import { parameterShapes } from './parameters';
import { openSafetensors, readTensor } from './safetensors';

/** All parameters of a model, float32, by their checkpoint names without the `transformer.` prefix. */
export interface Weights {
  get(name: string): Float32Array;
  /** Rows of a matrix, not to be written to: for whoever need not have all of it to give some. */
  readonly rows?: ReadsRows;
  readonly names: readonly string[];
  /** Whether the output head is the token embedding, as in every published GPT-2. */
  readonly tied: boolean;
}

/** Gives rows [from, to) of a matrix, one behind the other. */
export type ReadsRows = (name: string, from: number, to: number) => Float32Array;

/** Rows [from, to) of a matrix of `width` columns, not to be written to. */
export const rowsOf = (
  weights: Pick<Weights, 'get' | 'rows'>,
  name: string,
  [from, to]: readonly [number, number],
  width: number,
): Float32Array => weights.rows?.(name, from, to) ?? weights.get(name).subarray(from * width, to * width);

/** A model's parameters out of named arrays, checked against the shapes that its config asks for. */
export function weightsOf(config: Config, arrays: ReadonlyMap<string, Float32Array>): Weights {
  const tied = !arrays.has('lm_head.weight');
  const shapes = parameterShapes(config, tied);
  for (const [name, shape] of shapes) {
    const length = shape.reduce((product, n) => product * n, 1);
    const found = arrays.get(name);
    if (!found) throw missing(name);
    if (found.length !== length) {
      throw new ModelError(
        `Parameter "${name}" has ${found.length} numbers; its shape ${shape.join('×')} needs ${length}.`,
      );
    }
  }
  return {
    tied,
    names: [...shapes.keys()],
    get(name) {
      const array = arrays.get(tied && name === 'lm_head.weight' ? 'wte.weight' : name);
      if (!array || !(shapes.has(name) || name === 'lm_head.weight')) {
        throw new ModelError(`There is no parameter "${name}" in this model.`);
      }
      return array;
    },
  };
}

/** A checkpoint that is read a parameter at a time, from a disk or while it arrives. */
export interface WeightSource {
  /** Names without the `transformer.` prefix, in the order in which a pass needs them; buffers may be among them. */
  readonly names: readonly string[];
  /** The shape of one of them; of a file that is on its way, when its header has arrived. */
  shape(name: string): Promise<readonly number[]>;
  /** Settles when its numbers are there to be read. */
  here(name: string): Promise<void>;
  /**
   * Reads it, however often; waits while it is on its way.
   * @param room where to put the numbers, if they are wanted for a moment alone; they may also come in an array of their own
   * @throws ModelError when there is none or it holds no numbers
   */
  read(name: string, room?: Room): Promise<Float32Array>;
  /** Reads rows [from, to) of a matrix, in the same way. */
  readRows(name: string, from: number, to: number, room?: Room): Promise<Float32Array>;
}

/** Gives memory of so many bytes, which may hold anything, and begins where a Float32Array may begin. */
export type Room = (bytes: number) => Uint8Array;

/** The name of a parameter in a checkpoint whose names may begin with `transformer.`. */
export const plainName = (stored: string): string => stored.replace(/^transformer\./, '');

/**
 * Reads all parameters, in the order of `source.names`.
 * @param onRead hears of each, with its numbers
 * @throws ModelError naming the parameter that is missing, before any is read, or of the wrong shape
 */
export async function collectWeights(
  config: Config,
  source: WeightSource,
  onRead?: (name: string, values: Float32Array) => void,
): Promise<Weights> {
  const there = new Set(source.names);
  const shapes = parameterShapes(config, !there.has('lm_head.weight'));
  for (const name of shapes.keys()) if (!there.has(name)) throw missing(name);
  const arrays = new Map<string, Float32Array>();
  for (const name of source.names) {
    const shape = shapes.get(name);
    if (!shape) continue; // a buffer
    const values = await readParameter(source, name, shape);
    arrays.set(name, values);
    onRead?.(name, values);
  }
  return weightsOf(config, arrays);
}

/**
 * Reads one parameter.
 * @param shape what the config asks for
 * @throws ModelError when it is missing or of another shape
 */
export async function readParameter(
  source: WeightSource,
  name: string,
  shape: readonly number[] | undefined,
): Promise<Float32Array> {
  await checkParameter(source, name, shape);
  return source.read(name);
}

/**
 * Holds one parameter to its shape, without reading it.
 * @throws ModelError when it is missing or of another shape
 */
export async function checkParameter(
  source: WeightSource,
  name: string,
  shape: readonly number[] | undefined,
): Promise<void> {
  if (!shape || !source.names.includes(name)) throw missing(name);
  checkShape(name, await source.shape(name), shape);
}

/**
 * Reads the parameters of a checkpoint. A `transformer.` prefix and causal-mask buffers (`attn.bias`,
 * `attn.masked_bias`) are tolerated; the head may be tied or not.
 * @throws ModelError naming the parameter that is missing or of the wrong shape
 */
export function readWeights(config: Config, bytes: Uint8Array): Weights {
  const file = openSafetensors(bytes);
  const stored = new Map([...file.tensors.keys()].map((name) => [plainName(name), name]));
  const arrays = new Map<string, Float32Array>();
  for (const [name, shape] of parameterShapes(config, !stored.has('lm_head.weight'))) {
    const key = stored.get(name);
    checkShape(name, key === undefined ? undefined : file.tensors.get(key)?.shape, shape);
    arrays.set(name, readTensor(file, key as string));
  }
  return weightsOf(config, arrays);
}

function checkShape(name: string, found: readonly number[] | undefined, shape: readonly number[]): void {
  if (!found) throw missing(name);
  if (found.join() !== shape.join()) {
    throw new ModelError(
      `Parameter "${name}" is ${found.join('×')}; this config asks for ${shape.join('×')}.`,
    );
  }
}

const missing = (name: string): ModelError =>
  new ModelError(`The checkpoint has no parameter "${name}", which this config asks for.`);
