import type { ActivationName } from '../src/gpt2/activations';
import type { Tensor } from '../src/gpt2/tensor';
import { isBlank, layerOf, wholeNumber } from '../src/sheet/arguments';
import { SHORTER, toCells } from '../src/sheet/cells';
import { type Ask, answer } from './answer';

/**
 * Shows the queries of an attention head: what each token looks for.
 * @customfunction QUERY
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream before the block.
 * @param layer The block, counted from 0.
 * @param head The attention head, counted from 0.
 * @returns T rows × d_head columns: a row for each token.
 * @example =GPT2.QUERY("Mike is quick. He moves", 0, 3)
 * @cancelable
 */
export function query(
  input: unknown[][],
  layer: unknown,
  head: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('QUERY', invocation, (ask) => ofHead(ask, 'q', input, layer, head));
}

/**
 * Shows the keys of an attention head: what each token offers to be found by.
 * @customfunction KEY
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream before the block.
 * @param layer The block, counted from 0.
 * @param head The attention head, counted from 0.
 * @returns T rows × d_head columns: a row for each token.
 * @example =GPT2.KEY("Mike is quick. He moves", 0, 3)
 * @cancelable
 */
export function key(
  input: unknown[][],
  layer: unknown,
  head: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('KEY', invocation, (ask) => ofHead(ask, 'k', input, layer, head));
}

/**
 * Shows the values of an attention head: what each token hands over when it is found.
 * @customfunction VALUE
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream before the block.
 * @param layer The block, counted from 0.
 * @param head The attention head, counted from 0.
 * @returns T rows × d_head columns: a row for each token.
 * @example =GPT2.VALUE("Mike is quick. He moves", 0, 3)
 * @cancelable
 */
export function value(
  input: unknown[][],
  layer: unknown,
  head: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('VALUE', invocation, (ask) => ofHead(ask, 'v', input, layer, head));
}

/**
 * Shows the attention scores of a head: every query with every key, divided by √d_head. What lies in the future is -1e10, GPT-2's own mask.
 * @customfunction SCORES
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream before the block.
 * @param layer The block, counted from 0.
 * @param head The attention head, counted from 0.
 * @returns T rows × T columns: queries down, keys across.
 * @example =GPT2.SCORES("Mike is quick. He moves", 0, 3)
 * @cancelable
 */
export function scores(
  input: unknown[][],
  layer: unknown,
  head: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('SCORES', invocation, (ask) => ofHead(ask, 'attn_scores', input, layer, head));
}

/**
 * Shows an attention pattern: how much each token (row) attends to each token before it and to itself (column). Every row adds up to 1.
 * @customfunction ATTN
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream before the block.
 * @param layer The block, counted from 0.
 * @param [head] The attention head, counted from 0; left out, the mean over all heads of the block.
 * @returns T rows × T columns of weights from 0 to 1.
 * @example =GPT2.ATTN("Mike is quick. He moves", 0, 3)
 * @cancelable
 */
export function attn(
  input: unknown[][],
  layer: unknown,
  head: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('ATTN', invocation, async (ask) => {
    if (!isBlank(head)) return ofHead(ask, 'pattern', input, layer, head);
    return toCells(meanOverHeads(await ofBlock(ask, 'pattern', input, layer)), SHORTER);
  });
}

/**
 * Shows what an attention head gathers: the values of the tokens it attends to, weighted by its pattern.
 * @customfunction HEAD
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream before the block.
 * @param layer The block, counted from 0.
 * @param head The attention head, counted from 0.
 * @returns T rows × d_head columns: a row for each token.
 * @example =GPT2.HEAD("Mike is quick. He moves", 0, 3)
 * @cancelable
 */
export function head(
  input: unknown[][],
  layer: unknown,
  head: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('HEAD', invocation, (ask) => ofHead(ask, 'z', input, layer, head));
}

/**
 * Shows what one attention head writes to the residual stream: HEAD through its rows of the projection c_proj, without the bias.
 * @customfunction RESULT
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream before the block.
 * @param layer The block, counted from 0.
 * @param head The attention head, counted from 0.
 * @returns T rows × d_model columns: a row for each token.
 * @example =GPT2.RESULT("Mike is quick. He moves", 0, 3)
 * @cancelable
 */
export function result(
  input: unknown[][],
  layer: unknown,
  head: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('RESULT', invocation, (ask) => ofHead(ask, 'result', input, layer, head));
}

/**
 * Shows what attention writes to the residual stream: the RESULTs of all heads, plus the bias of the projection.
 * @customfunction ATTN_OUT
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream before the block.
 * @param layer The block, counted from 0.
 * @returns T rows × d_model columns: a row for each token.
 * @example =GPT2.ATTN_OUT("Mike is quick. He moves", 0)
 * @cancelable
 */
export function attnOut(
  input: unknown[][],
  layer: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('ATTN_OUT', invocation, async (ask) =>
    toCells(await ofBlock(ask, 'attn_out', input, layer), SHORTER),
  );
}

/** One head's part of an activation, as cells. */
async function ofHead(ask: Ask, name: ActivationName, input: unknown, layer: unknown, head: unknown) {
  const most = ask.config.n_head - 1;
  return toCells(
    await ofBlock(ask, name, input, layer, wholeNumber('head', head, { least: 0, most })),
    SHORTER,
  );
}

/** An activation of a block, which the cells form computes from resid_pre. */
function ofBlock(
  ask: Ask,
  name: ActivationName,
  input: unknown,
  layer: unknown,
  head?: number,
): Promise<Tensor> {
  const at = layerOf(layer, ask.config);
  return ask.stage(input, { name: 'resid_pre', layer: at }, { name, layer: at, head });
}

/** pattern [H, T, T] → its mean over heads [T, T]. */
function meanOverHeads({ dims, data }: Tensor): Tensor {
  const [heads = 1, ...shape] = dims;
  const size = data.length / heads;
  const mean = Float32Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let h = 0; h < heads; h++) sum += data[h * size + i] as number;
    return sum / heads;
  });
  return { dims: shape, data: mean };
}
