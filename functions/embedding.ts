import { cellsOf, choice, layerOf, wholeNumber } from '../src/sheet/arguments';
import { SHORTER, toCells } from '../src/sheet/cells';
import { promptOf } from '../src/sheet/prompt';
import { answer } from './answer';

/**
 * Shows the token embedding of each token: its row of wte, the first numbers that the model knows of a word.
 * @customfunction EMBED
 * @param input A prompt (one cell of text) or token ids (one column of whole numbers).
 * @returns T rows × d_model columns: a row for each token.
 * @example =GPT2.EMBED("Mike is quick. He moves")
 * @cancelable
 */
export function embed(
  input: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('EMBED', invocation, async ({ read }) =>
    toCells(await read(promptOf('input', input), { name: 'embed' }), SHORTER),
  );
}

/**
 * Shows the position embedding of each place in the prompt: its row of wpe, counted from 0. It depends on the place alone, not on the token.
 * @customfunction POSITION
 * @param input A prompt (one cell of text), token ids (one column), or one number n for the first n places.
 * @returns T rows × d_model columns: a row for each place.
 * @example =GPT2.POSITION("Mike is quick. He moves")
 * @cancelable
 */
export function position(
  input: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('POSITION', invocation, async ({ read, config }) => {
    const cells = cellsOf('input', input);
    const alone = cells.length === 1 && cells[0]?.length === 1 ? cells[0][0] : undefined;
    const prompt =
      typeof alone === 'number'
        ? { ids: places(wholeNumber('input', alone, { least: 1, most: config.n_positions })) }
        : promptOf('input', input);
    return toCells(await read(prompt, { name: 'pos_embed' }), SHORTER);
  });
}

// biome-ignore format: the generator of functions.json reads the values as JSON.
/**
 * Where in a block the residual stream is read.
 * @customenum {string}
 */
enum Point {
  /** As the stream enters the block. */
  pre = "pre",
  /** After attention has added to it. */
  mid = "mid",
  /** As the stream leaves the block. */
  post = "post",
}

/** A prompt of n tokens; which ones makes no difference to the position embedding. */
const places = (n: number): number[] => new Array<number>(n).fill(0);

/**
 * Shows the residual stream: what every block reads from and adds to. RESID(input, 0) is EMBED + POSITION.
 * @customfunction RESID
 * @param input A prompt (one cell of text) or token ids (one column of whole numbers).
 * @param layer The block, counted from 0.
 * @param [point] "pre" as the stream enters the block (the default), "mid" after attention, "post" as it leaves.
 * @returns T rows × d_model columns: a row for each token.
 * @example =GPT2.RESID("Mike is quick. He moves", 2, "post")
 * @cancelable
 */
export function resid(
  input: unknown[][],
  layer: unknown,
  point: Point,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('RESID', invocation, async ({ read, config }) => {
    const want = {
      name: `resid_${choice('point', point, Object.values(Point))}`,
      layer: layerOf(layer, config),
    } as const;
    return toCells(await read(promptOf('input', input), want), SHORTER);
  });
}
