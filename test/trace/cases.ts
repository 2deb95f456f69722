import type { ActivationName } from '../../src/gpt2/activations';
import type { Config } from '../../src/gpt2/config';
import type { Model } from '../../src/gpt2/reference';
import type { Tokenizer } from '../../src/gpt2/tokenizer';
import { embeddedModel, embeddedTokenizer, loadModel, sortingModel } from '../support/models';
import { randomIds, randomModel, smallConfig } from '../support/random';

/** A model, and a prompt for it. */
export interface Subject {
  readonly name: string;
  readonly missing?: string;
  open(): { model: Model; tokenizer?: Tokenizer; prompt: unknown[][]; ids: readonly number[] };
}

const PROMPT = 'Mike is quick. He moves';

const column = (ids: readonly number[]) => ids.map((id) => [id]);

/** The embedded model, somebody else's small trained one, and one of odd shape with an output head of its own. */
export const subjects: readonly Subject[] = [
  {
    ...embeddedModel(),
    open() {
      const tokenizer = embeddedTokenizer();
      return {
        model: loadModel(embeddedModel().folder),
        tokenizer,
        prompt: [[PROMPT]],
        ids: tokenizer.encode(PROMPT),
      };
    },
  },
  {
    ...sortingModel(),
    open() {
      const model = loadModel(sortingModel().folder);
      const ids = randomIds(model.config, 6, 1);
      return { model, prompt: column(ids), ids };
    },
  },
  {
    name: 'five heads of 7, MLP of 61, vocabulary of 101, its own head',
    open() {
      const config = smallConfig({ n_head: 5, n_embd: 35, n_inner: 61, vocab_size: 101, n_layer: 3 });
      const ids = randomIds(config, 5, 3);
      return { model: randomModel(config, 9, false), prompt: column(ids), ids };
    },
  },
];

/** One formula of a stage, as it stands in a sheet with the input in `A1`, and what it shows. */
export interface StageFormula {
  readonly formula: string;
  readonly name: ActivationName;
  readonly layer: number;
  readonly head?: number;
  /** What the cells stand for in the cells form; missing where there is none. */
  readonly takes?: { readonly name: ActivationName; readonly layer: number };
}

/** Every formula of a stage, in a layer and for a head. */
export function stageFormulas(
  { n_layer }: Config,
  input: string,
  layer: number,
  head: number,
): StageFormula[] {
  const pre = { name: 'resid_pre', layer } as const;
  const mid = { name: 'resid_mid', layer } as const;
  const post = { name: 'resid_post', layer: n_layer - 1 } as const;
  const last = n_layer - 1;
  const of = (
    call: string,
    name: ActivationName,
    takes?: StageFormula['takes'],
    at = layer,
  ): StageFormula => ({
    formula: `=GPT2.${call}`,
    name,
    layer: at,
    ...(call.endsWith(`,${layer},${head})`) && { head }),
    ...(takes && { takes }),
  });
  const i = input;
  return [
    of(`EMBED(${i})`, 'embed'),
    of(`POSITION(${i})`, 'pos_embed'),
    of(`RESID(${i},${layer})`, 'resid_pre'),
    of(`RESID(${i},${layer},"mid")`, 'resid_mid'),
    of(`RESID(${i}, ${layer}, "post")`, 'resid_post'),
    of(`LAYERNORM(${i},${layer})`, 'ln_1', pre),
    of(`LAYERNORM(${i},${layer},"ln_2")`, 'ln_2', mid),
    of(`LAYERNORM(${i},${layer},"ln_f")`, 'ln_final', post),
    of(`QUERY(${i},${layer},${head})`, 'q', pre),
    of(`KEY(${i},${layer},${head})`, 'k', pre),
    of(`VALUE(${i},${layer},${head})`, 'v', pre),
    of(`SCORES(${i},${layer},${head})`, 'attn_scores', pre),
    of(`ATTN(${i},${layer},${head})`, 'pattern', pre),
    of(`HEAD(${i},${layer},${head})`, 'z', pre),
    of(`RESULT(${i},${layer},${head})`, 'result', pre),
    of(`ATTN_OUT(${i},${layer})`, 'attn_out', pre),
    of(`MLP_PRE(${i},${layer})`, 'mlp_pre', mid),
    of(`MLP_POST(${i},${layer})`, 'mlp_post', mid),
    of(`MLP_OUT(${i},${layer})`, 'mlp_out', mid),
    of(`BLOCK(${i},${layer})`, 'resid_post', pre),
    ...(layer < last ? [of(`BLOCK(${i},${layer},${last})`, 'resid_post', pre, last)] : []),
    of(`FINAL(${i})`, 'ln_final', post),
  ];
}
