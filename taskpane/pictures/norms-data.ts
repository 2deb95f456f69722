import type { Want } from '../../src/engine/api';
import type { Tensor } from '../../src/gpt2/tensor';
import { eachLayer } from './layers';
import type { Ask, Reading } from './picture';

/** Lengths (L2) of the rows of some activations. By layer, then by token. */
export interface Norms {
  readonly reading: Reading;
  /** resid_pre of each layer, and behind them resid_post of the last: one more than there are layers. */
  readonly stream: readonly Float64Array[];
  readonly attn: readonly Float64Array[];
  readonly mlp: readonly Float64Array[];
}

export async function readNorms(ask: Ask): Promise<Norms> {
  const stream: Float64Array[] = [];
  const attn: Float64Array[] = [];
  const mlp: Float64Array[] = [];
  const last = ask.reading.config.n_layer - 1;
  const wantsOf = (layer: number): Want[] => [
    { name: 'resid_pre', layer },
    { name: 'attn_out', layer },
    { name: 'mlp_out', layer },
    ...(layer === last ? [{ name: 'resid_post' as const, layer }] : []),
  ];
  await eachLayer(ask, wantsOf, (layer, [pre, attnOut, mlpOut, post]) => {
    stream[layer] = rowNorms(pre as Tensor);
    attn[layer] = rowNorms(attnOut as Tensor);
    mlp[layer] = rowNorms(mlpOut as Tensor);
    if (post) stream[layer + 1] = rowNorms(post);
  });
  return { reading: ask.reading, stream, attn, mlp };
}

/** [T, d] → the length of each row [T], added up in float64 */
export function rowNorms({ dims, data }: Tensor): Float64Array {
  const [tokens = 0, width = 0] = dims;
  return Float64Array.from({ length: tokens }, (_, t) => {
    let sum = 0;
    for (let i = t * width; i < (t + 1) * width; i++) sum += (data[i] as number) ** 2;
    return Math.sqrt(sum);
  });
}

export const mean = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
