import { headWidth } from '../gpt2/config';
import type { LessonModel } from './lesson';

/** An attention head to look at: of the built-in model, the one that looks at the token before. */
export const headOf = ({ kind }: LessonModel): { layer: number; head: number } =>
  kind === 'tiny' ? { layer: 0, head: 1 } : { layer: 0, head: 0 };

/** The part of c_attn that makes the queries, keys or values of a head, as formulas: weights and bias. */
export function projection(
  model: LessonModel,
  which: 'q' | 'k' | 'v',
): { readonly weights: string; readonly bias: string } {
  const { layer, head } = headOf(model);
  const { n_embd } = model.config;
  const width = headWidth(model.config);
  const first = ['q', 'k', 'v'].indexOf(which) * n_embd + head * width;
  return {
    weights: `GPT2.WEIGHT("h.${layer}.attn.c_attn.weight",0,${first},${n_embd},${width})`,
    bias: `GPT2.WEIGHT("h.${layer}.attn.c_attn.bias",0,${first},1,${width})`,
  };
}
