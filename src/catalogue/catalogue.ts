import { NAMESPACE } from '../namespace';
import type { FormulaInfo } from './formula';
import { groups } from './strings';

const PROMPT = '"Mike is quick. He moves"';

/**
 * The order in which the pane and the documentation list the formulas, and the arguments of each one's example. The arguments stand for
 * themselves and point at no cell, so that an example works wherever it is inserted. Write formulas within formulas
 * as `GPT2.NAME(…)`: the namespace of the build replaces it.
 */
const CATALOGUE: readonly (readonly [keyof typeof groups, Readonly<Record<string, string>>])[] = [
  ['text', { TOKENS: PROMPT, IDS: PROMPT, TEXT: 'GPT2.IDS("Mike is quick.")', MERGES: PROMPT }],
  ['embedding', { EMBED: PROMPT, POSITION: PROMPT, RESID: `${PROMPT}, 2, "post"` }],
  [
    'block',
    {
      LAYERNORM: `${PROMPT}, 0, "ln_2"`,
      QUERY: `${PROMPT}, 0, 3`,
      KEY: `${PROMPT}, 0, 3`,
      VALUE: `${PROMPT}, 0, 3`,
      SCORES: `${PROMPT}, 0, 3`,
      ATTN: `${PROMPT}, 0, 3`,
      HEAD: `${PROMPT}, 0, 3`,
      RESULT: `${PROMPT}, 0, 3`,
      ATTN_OUT: `${PROMPT}, 0`,
      MLP_PRE: `${PROMPT}, 0`,
      MLP_POST: `${PROMPT}, 0`,
      MLP_OUT: `${PROMPT}, 0`,
      BLOCK: `${PROMPT}, 0, 2`,
    },
  ],
  [
    'output',
    {
      FINAL: PROMPT,
      LOGITS: `${PROMPT}, -1, " quickly"`,
      PROBS: `${PROMPT}, -1, " quickly"`,
      TOP: `${PROMPT}, 5`,
      NEXT: PROMPT,
      GENERATE: `${PROMPT}, 20`,
    },
  ],
  [
    'scoring',
    {
      LOGPROBS: PROMPT,
      PERPLEXITY: PROMPT,
      CHOOSE: `${PROMPT}, {" quickly"; " slowly"; " loudly"}`,
    },
  ],
  [
    'vectors',
    {
      NEAREST: '" quick", 5',
      COSINE: '{1, 2, 3}, {2, 4, 7}',
      ANALOGY: '" slow", " slowly", " quick", 5',
      PCA: '{1, 2; 3, 4; 5, 7}, 1',
      VECTOR: PROMPT,
      SEARCH: '"a fast boy", {"Mike is quick."; "Anna is sad."; "The cake is big."}, 2',
    },
  ],
  ['model', { WEIGHT: '"wpe.weight", 0, 0, 4, 8', PARAMS: '"h.0.*"', CONFIG: '', STATUS: '' }],
  [
    'arithmetic',
    {
      MATMUL: '{1, 2; 3, 4}, {5, 6; 7, 8}',
      SOFTMAX: '{1, 2, 3}',
      GELU: '{-1, 0, 1}',
      NORMALIZE: '{1, 2, 3, 4}',
      MASK: '{1, 2; 3, 4}',
      CHECK: '{1, 2; 3, 4}, {1, 2; 3, 4.5}',
    },
  ],
];

/** What a required parameter gets in the example of a formula that the catalogue does not know. */
const BY_NAME: Readonly<Record<string, string>> = {
  input: PROMPT,
  text: PROMPT,
  prompt: PROMPT,
  layer: '0',
  head: '0',
};

export interface FormulaGroup<F extends FormulaInfo = FormulaInfo> {
  readonly title: string;
  readonly formulas: readonly F[];
}

/** Whether the catalogue has a place and an example for a formula. */
export const isCatalogued = (id: string): boolean => CATALOGUE.some(([, examples]) => id in examples);

/** Formulas by stage, in the catalogue's order; those that it does not know come last, under "Other". */
export function grouped<F extends FormulaInfo>(formulas: readonly F[]): FormulaGroup<F>[] {
  const byId = new Map(formulas.map((formula) => [formula.id, formula]));
  const known = CATALOGUE.map(([group, examples]) => ({
    title: groups[group],
    formulas: Object.keys(examples).flatMap((id) => byId.get(id) ?? []),
  }));
  const other = formulas.filter(({ id }) => !isCatalogued(id));
  return [...known, { title: groups.other, formulas: other }].filter((group) => group.formulas.length > 0);
}

/** A whole formula, with its `=`, that shows what a function does in any cell of any sheet. */
export const exampleOf = (formula: Pick<FormulaInfo, 'id' | 'parameters'>): string =>
  `=${NAMESPACE}.${formula.id}(${exampleArguments(formula)})`;

/** What stands between the brackets of a formula's example. */
export function exampleArguments({ id, parameters }: Pick<FormulaInfo, 'id' | 'parameters'>): string {
  const own = CATALOGUE.find(([, examples]) => id in examples)?.[1][id];
  const guess = () =>
    parameters
      .filter(({ optional }) => !optional)
      .map(({ name }) => BY_NAME[name] ?? '1')
      .join(', ');
  return (own ?? guess()).replaceAll('GPT2.', `${NAMESPACE}.`);
}
