import type { Tensor } from '../src/gpt2/tensor';
import { isBlank, wholeNumber } from '../src/sheet/arguments';
import { toCells } from '../src/sheet/cells';
import { promptOf } from '../src/sheet/prompt';
import { answer } from './answer';

/**
 * Shows an attention pattern: how much each token (row) attends to each token before it and to itself (column). Every row adds up to 1.
 * @customfunction ATTN
 * @param input A prompt (one cell of text) or token ids (one column of whole numbers).
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
  return answer('ATTN', invocation, async ({ read, config }) => {
    const one = isBlank(head) ? undefined : wholeNumber('head', head, { least: 0, most: config.n_head - 1 });
    const pattern = await read(promptOf('input', input), {
      name: 'pattern',
      layer: wholeNumber('layer', layer, { least: 0, most: config.n_layer - 1 }),
      head: one,
    });
    return toCells(one === undefined ? meanOverHeads(pattern) : pattern, 'give a shorter prompt');
  });
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
