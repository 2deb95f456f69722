import type { ActivationName } from '../src/gpt2/activations';
import { choice, layerOf, wholeNumber } from '../src/sheet/arguments';
import { SHORTER, toCells } from '../src/sheet/cells';
import { type Ask, answer } from './answer';

// biome-ignore format: the generator of functions.json reads the values as JSON.
/**
 * Which of the model's LayerNorms.
 * @customenum {string}
 */
enum Norm {
  /** Before attention. */
  ln_1 = "ln_1",
  /** Before the MLP. */
  ln_2 = "ln_2",
  /** After the last block, before the logits. */
  ln_f = "ln_f",
}

/**
 * Shows a LayerNorm: each row brought to mean 0 and variance 1, times the gain, plus the bias.
 * @customfunction LAYERNORM
 * @param input A prompt (one cell of text), token ids (one column), or cells: the rows that it normalises.
 * @param layer The block, counted from 0; for "ln_f" it makes no difference.
 * @param [which] "ln_1" before attention (the default), "ln_2" before the MLP, "ln_f" before the logits.
 * @returns T rows × d_model columns: a row for each token.
 * @example =GPT2.LAYERNORM("Mike is quick. He moves", 0, "ln_2")
 * @cancelable
 */
export function layernorm(
  input: unknown[][],
  layer: unknown,
  which: Norm,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('LAYERNORM', invocation, async (ask) => {
    const name = choice('which', which, Object.values(Norm));
    if (name === Norm.ln_f) return finalNorm(ask, input);
    const at = layerOf(layer, ask.config);
    const takes = { name: name === Norm.ln_1 ? 'resid_pre' : 'resid_mid', layer: at } as const;
    return toCells(await ask.stage(input, takes, { name, layer: at }), SHORTER);
  });
}

/**
 * Shows the MLP's hidden layer before GELU: the normalised stream through c_fc.
 * @customfunction MLP_PRE
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream after attention.
 * @param layer The block, counted from 0.
 * @returns T rows × d_mlp columns: a row for each token, four times as wide as the model.
 * @example =GPT2.MLP_PRE("Mike is quick. He moves", 0)
 * @cancelable
 */
export function mlpPre(
  input: unknown[][],
  layer: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('MLP_PRE', invocation, (ask) => ofMlp(ask, 'mlp_pre', input, layer));
}

/**
 * Shows the MLP's hidden layer after GELU, in GPT-2's tanh form: which of its neurons fire.
 * @customfunction MLP_POST
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream after attention.
 * @param layer The block, counted from 0.
 * @returns T rows × d_mlp columns: a row for each token, four times as wide as the model.
 * @example =GPT2.MLP_POST("Mike is quick. He moves", 0)
 * @cancelable
 */
export function mlpPost(
  input: unknown[][],
  layer: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('MLP_POST', invocation, (ask) => ofMlp(ask, 'mlp_post', input, layer));
}

/**
 * Shows what the MLP writes to the residual stream: its hidden layer through c_proj.
 * @customfunction MLP_OUT
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream after attention.
 * @param layer The block, counted from 0.
 * @returns T rows × d_model columns: a row for each token.
 * @example =GPT2.MLP_OUT("Mike is quick. He moves", 0)
 * @cancelable
 */
export function mlpOut(
  input: unknown[][],
  layer: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('MLP_OUT', invocation, (ask) => ofMlp(ask, 'mlp_out', input, layer));
}

/**
 * Shows the residual stream as it leaves a block, or several blocks in a row.
 * @customfunction BLOCK
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream before the block.
 * @param layer The block, counted from 0.
 * @param [last_layer] The last block of the row; left out, the same block.
 * @returns T rows × d_model columns: a row for each token.
 * @example =GPT2.BLOCK("Mike is quick. He moves", 0, 2)
 * @cancelable
 */
export function block(
  input: unknown[][],
  layer: unknown,
  last_layer: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('BLOCK', invocation, async (ask) => {
    const first = layerOf(layer, ask.config);
    const most = ask.config.n_layer - 1;
    const last = wholeNumber('last_layer', last_layer, { least: first, most, otherwise: first });
    const takes = { name: 'resid_pre', layer: first } as const;
    return toCells(await ask.stage(input, takes, { name: 'resid_post', layer: last }), SHORTER);
  });
}

/**
 * Shows the residual stream after the last block and the last LayerNorm: what the logits are computed from.
 * @customfunction FINAL
 * @param input A prompt (one cell of text), token ids (one column), or cells: the residual stream after the last block.
 * @returns T rows × d_model columns: a row for each token.
 * @example =GPT2.FINAL("Mike is quick. He moves")
 * @cancelable
 */
export function final(
  input: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('FINAL', invocation, (ask) => finalNorm(ask, input));
}

async function finalNorm(ask: Ask, input: unknown): Promise<number[][]> {
  const takes = { name: 'resid_post', layer: ask.config.n_layer - 1 } as const;
  return toCells(await ask.stage(input, takes, { name: 'ln_final' }), SHORTER);
}

/** An activation of a block's MLP, which the cells form computes from resid_mid. */
async function ofMlp(ask: Ask, name: ActivationName, input: unknown, layer: unknown): Promise<number[][]> {
  const at = layerOf(layer, ask.config);
  return toCells(await ask.stage(input, { name: 'resid_mid', layer: at }, { name, layer: at }), SHORTER);
}
