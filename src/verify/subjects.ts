import type { ReadRequest } from '../engine/api';
import type { Config } from '../gpt2/config';
import { parameterShapes } from '../gpt2/parameters';
import type { Model } from '../gpt2/reference';
import type { Tensor } from '../gpt2/tensor';
import type { Prompt, Tokenizer } from '../gpt2/tokenizer';
import type { Subject, Want } from './api';

/** The part of an `Engine` that a verification needs. */
export interface ReadsIds {
  read(request: ReadRequest): Promise<Tensor[]>;
}

/** A model and the engine that runs it, in one place. */
export function engineSubject(
  { config, weights }: Model,
  engine: ReadsIds,
  tokenizer?: Tokenizer,
  sha256 = '',
): Subject {
  const width = widths(config, weights.tied);
  return {
    config,
    parameters: weights.names.reduce((sum, name) => sum + weights.get(name).length, 0),
    sha256,
    tokenizer: tokenizer && {
      endOfText: tokenizer.endOfText,
      encode: async (text) => tokenizer.encode(text),
      decode: async (ids) => tokenizer.decode(ids),
    },
    read: (ids, wants, signal) => engine.read({ ids, wants, signal }),
    weight: async (name, row, rows) => {
      const [from, to] = [row * width(name), (row + rows) * width(name)];
      return weights.get(name).slice(from, to);
    },
  };
}

/** The part of the page's `EngineClient` that a verification needs. */
export interface PageEngine {
  opened(): Promise<{
    readonly model: {
      readonly config: Config;
      readonly parameters: number;
      readonly sha256: string;
      readonly hasTokenizer: boolean;
    };
  }>;
  ids(prompt: Prompt): Promise<readonly number[]>;
  decode(ids: readonly number[]): Promise<string>;
  read(
    request: { readonly from: Prompt; readonly wants: readonly Want[] },
    signal?: AbortSignal,
  ): Promise<{ readonly tensors: readonly Tensor[] }>;
  weight(
    name: string,
    slice: { readonly row: number; readonly col: number; readonly rows: number; readonly cols: number },
  ): Promise<Tensor>;
}

/** The open model of a page, through its worker; waits while the model loads. */
export async function clientSubject(client: PageEngine): Promise<Subject> {
  const { config, parameters, sha256, hasTokenizer } = (await client.opened()).model;
  const width = widths(config, false);
  const tokenizer = async () => ({
    endOfText: (await client.ids({ text: '' }))[0] as number, // the bridge's encoding of nothing
    encode: (text: string) => client.ids({ text }),
    decode: (ids: readonly number[]) => client.decode(ids),
  });
  return {
    config,
    parameters,
    sha256,
    tokenizer: hasTokenizer ? await tokenizer() : undefined,
    read: async (ids, wants, signal) => (await client.read({ from: { ids }, wants }, signal)).tensors,
    weight: async (name, row, rows) =>
      (await client.weight(name, { row, col: 0, rows, cols: width(name) })).data,
  };
}

/** The length of a parameter's rows. */
function widths(config: Config, tied: boolean): (name: string) => number {
  const shapes = parameterShapes(config, tied);
  return (name) => shapes.get(name)?.at(-1) ?? 0;
}
