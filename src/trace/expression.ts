import type { ActivationName } from '../gpt2/activations';
import { callText, isReference } from './formula';
import type { Part, Run } from './run';

/** The formulas that show activations of a head or of a block's inside, without the leading `=`; they take the stream before them. */
const STAGES: Readonly<
  Partial<Record<ActivationName, readonly [name: string, takes: 'resid_pre' | 'resid_mid']>>
> = {
  q: ['QUERY', 'resid_pre'],
  k: ['KEY', 'resid_pre'],
  v: ['VALUE', 'resid_pre'],
  attn_scores: ['SCORES', 'resid_pre'],
  pattern: ['ATTN', 'resid_pre'],
  z: ['HEAD', 'resid_pre'],
  result: ['RESULT', 'resid_pre'],
  attn_out: ['ATTN_OUT', 'resid_pre'],
  ln_1: ['LAYERNORM', 'resid_pre'],
  ln_2: ['LAYERNORM', 'resid_mid'],
  mlp_pre: ['MLP_PRE', 'resid_mid'],
  mlp_post: ['MLP_POST', 'resid_mid'],
  mlp_out: ['MLP_OUT', 'resid_mid'],
};

/**
 * The formula that shows an activation of a run, without the leading `=`. In the cells form it begins with the same
 * cells; where a stage takes another stream than these, the formulas that lead there stand in its place.
 * @param position for logits only, which are shown one position at a time
 */
export function expressionOf(run: Run, { name, layer = 0, head }: Part, position?: number): string {
  const { input, start, config } = run;
  if (start?.name === name && (start.layer ?? 0) === layer) return input;
  const part = (name: ActivationName, layer: number) => expressionOf(run, { name, layer });
  const last = config.n_layer - 1;
  switch (name) {
    case 'embed':
      return callText('EMBED', input);
    case 'pos_embed':
      return callText('POSITION', input);
    case 'resid_pre':
      if (!start) return callText('RESID', input, layer, '"pre"');
      return part('resid_post', layer - 1);
    case 'resid_mid': {
      if (!start) return callText('RESID', input, layer, '"mid"');
      const pre = part('resid_pre', layer);
      return `${summand(pre)}+${callText('ATTN_OUT', pre, layer)}`;
    }
    case 'resid_post':
      if (!start) return callText('RESID', input, layer, '"post"');
      return fromCells(run, layer);
    case 'ln_final':
      return callText('FINAL', start ? part('resid_post', last) : input);
    case 'logits':
      return callText('LOGITS', start ? part('ln_final', 0) : input, position ?? -1);
  }
  const [formula, takes] = STAGES[name] as readonly [string, 'resid_pre' | 'resid_mid'];
  const stream = start ? part(takes, layer) : input;
  const which = name === 'ln_1' || name === 'ln_2' ? [`"${name}"`] : [];
  return callText(formula, stream, layer, ...which, ...(head === undefined ? [] : [head]));
}

/** The stream after a block, from cells that stand for the stream before that block or an earlier one. */
function fromCells({ input, start }: Run, layer: number): string {
  const first = start?.layer ?? 0;
  if (start?.name === 'resid_pre') return callText('BLOCK', input, first, ...(layer > first ? [layer] : []));
  if (start?.name === 'resid_post') return callText('BLOCK', input, first + 1, layer);
  const block = `${summand(input)}+${callText('MLP_OUT', input, first)}`;
  return layer > first ? callText('BLOCK', block, first + 1, layer) : block;
}

/** A text that may stand before a plus sign. */
const summand = (text: string): string =>
  isReference(text) || /^[\w.]+\([^&<>=]*\)$/.test(text) ? text : `(${text})`;
