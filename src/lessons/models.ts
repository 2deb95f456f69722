import type { Config } from '../gpt2/config';
import type { LessonModel } from './lesson';

/** GPT-2's vocabulary: 256 bytes, 50,000 merges and <|endoftext|>. */
export const GPT2_VOCABULARY = 50257;

/**
 * The model as lessons see it.
 *
 * @param embedded The name and config of the model that comes with the add-in.
 * @returns Nothing when no lesson fits: its words are then neither those of the built-in model nor GPT-2's.
 */
export function lessonModel(
  { name, config }: { readonly name: string; readonly config: Config },
  embedded: { readonly name: string; readonly config: Config },
): LessonModel | undefined {
  const same = (Object.keys(embedded.config) as (keyof Config)[]).every(
    (key) => config[key] === embedded.config[key],
  );
  if (same && name === embedded.name) return { kind: 'tiny', name, config };
  return config.vocab_size === GPT2_VOCABULARY ? { kind: 'gpt2', name, config } : undefined;
}

/** Whether this has the shape of OpenAI's smallest GPT-2, of which single heads have been described in print. */
export const isSmall = ({ kind, config }: LessonModel): boolean =>
  kind === 'gpt2' && config.n_layer === 12 && config.n_head === 12 && config.n_embd === 768;
