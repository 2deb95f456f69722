import type { Start, Want } from '../src/engine/api';
import type { Config } from '../src/gpt2/config';
import type { Tensor } from '../src/gpt2/tensor';
import { type EngineClient, EngineUnavailable, engine } from '../src/rpc/client';
import type { Prompt, ReadRequest } from '../src/rpc/protocol';
import { CellError } from '../src/sheet/cell-error';
import { failures } from '../src/sheet/failures';
import { checkIds, inputOf } from '../src/sheet/prompt';

/** What a formula computes with. */
export interface Ask {
  readonly client: EngineClient;
  /** The shape of the open model. */
  readonly config: Config;
  /** Aborted when the cell no longer wants the value. */
  readonly signal: AbortSignal;
  /** One activation of a prompt; a negative position counts from the end. */
  read(prompt: Prompt, want: Want): Promise<Tensor>;
  /** One activation, of a prompt or gone on to from cells that stand for `takes`: the two forms of every stage. */
  stage(input: unknown, takes: Takes, want: Want): Promise<Tensor>;
}

/** The activation that a stage's cells form stands for. */
export type Takes = Pick<Start, 'name' | 'layer'>;

/**
 * Runs a formula that needs no model: cancels when the cell no longer wants the value, and turns every error into one
 * that Excel shows with its message.
 */
export async function calculate<T>(
  formula: string,
  invocation: CustomFunctions.CancelableInvocation,
  compute: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  invocation.onCanceled = () => controller.abort();
  try {
    return await compute(controller.signal);
  } catch (error) {
    // Without Microsoft's runtime there is no cell to show it; whoever called, the pane, shows the sentence itself.
    if (typeof CustomFunctions === 'undefined') throw error;
    throw toCell(formula, error);
  }
}

/** Runs a formula that asks the model, and waits for it to be open. */
export function answer<T>(
  formula: string,
  invocation: CustomFunctions.CancelableInvocation,
  compute: (ask: Ask) => Promise<T>,
): Promise<T> {
  return calculate(formula, invocation, async (signal) => compute(await asking(signal)));
}

/** Waits for the model; what is asked of it ends with the signal. */
export async function asking(signal: AbortSignal): Promise<Ask> {
  const client = await engine();
  const { model } = await client.opened();
  const { config } = model;
  const one = async (from: ReadRequest['from'], want: Want) =>
    (await client.read({ from, wants: [want] }, signal)).tensors[0] as Tensor;
  const read = async (prompt: Prompt, want: Want) => {
    if ('ids' in prompt) checkIds('input', prompt.ids, config.vocab_size);
    return one(prompt, want);
  };
  return {
    client,
    config,
    signal,
    read,
    async stage(input, takes, want) {
      const given = inputOf('input', input, config.n_embd);
      return 'cells' in given ? one({ start: { ...takes, values: given.cells } }, want) : read(given, want);
    },
  };
}

/** Any error as one that a cell shows with its message; the pane hears of it. */
export function toCell(formula: string, error: unknown): CustomFunctions.Error {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'AbortError') {
    return new CustomFunctions.Error(
      CustomFunctions.ErrorCode.notAvailable,
      'This calculation was cancelled.',
    );
  }
  // The second is of a model that is still on its way.
  const waitsForModel = error instanceof EngineUnavailable || name === 'PartMissing';
  const unavailable = waitsForModel || (error instanceof CellError && error.code === '#N/A');
  const code = unavailable ? CustomFunctions.ErrorCode.notAvailable : CustomFunctions.ErrorCode.invalidValue;
  failures.report({ formula, message, code, at: new Date(), waitsForModel });
  return new CustomFunctions.Error(code, message);
}
