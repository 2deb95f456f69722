import type { Config } from '../gpt2/config';
import type { Tensor } from '../gpt2/tensor';
import type { ParameterInfo, Prompt, ReadAnswer, ReadRequest, Slice } from '../rpc/protocol';

/** What an explanation asks of the engine: the page's `EngineClient` is one. */
export interface Reader {
  opened(): Promise<{ readonly model: { readonly config: Config; readonly hasTokenizer: boolean } }>;
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadAnswer>;
  /** Token ids of a prompt [T]. */
  ids(prompt: Prompt): Promise<readonly number[]>;
  /** Each token as people can read it. */
  show(ids: readonly number[]): Promise<readonly string[]>;
  /** A part of a parameter → [rows, cols]. */
  weight(name: string, slice: Slice): Promise<Tensor>;
  parameters(): Promise<readonly ParameterInfo[]>;
}
