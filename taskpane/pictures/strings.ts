import { count } from '../strings';
import type { PictureId } from './picture';

/** Every word of the pictures. A translation replaces this file and the one beside the pane. */

const plural = (n: number, one: string, many: string) => `${count(n)} ${n === 1 ? one : many}`;

/** 0.5234 → "0.523" */
export const weight = (value: number): string => value.toFixed(3);

/** More figures, for tables: 0.5234 */
export const exact = (value: number): string => value.toFixed(4);

/** 0.1234 → "12.3 %"; what is next to nothing is not called nothing. */
export const percent = (p: number): string => (p > 0 && p < 0.0005 ? '< 0.1 %' : `${(100 * p).toFixed(1)} %`);

/** 12.345 → "12.3", 1234.5 → "1,235" */
export const length = (value: number): string =>
  value < 1000 ? value.toFixed(value < 10 ? 2 : 1) : count(Math.round(value));

/** A logarithm with a real minus sign: "−1.234" */
export const log = (value: number): string => value.toFixed(3).replace('-', '−');

const token = (text: string, place: number) => `${text} (${place})`;
const headName = (layer: number, head: number | 'mean') =>
  head === 'mean' ? `the mean of all heads of layer ${layer}` : `layer ${layer}, head ${head}`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const words = {
  prompt: {
    label: 'Prompt',
    follow: 'Follow the selected cell',
    from: (address: string) => `From ${address}`,
  },

  picture: 'Picture',
  pictures: {
    heatmap: 'Attention as a map',
    arcs: 'Attention as arcs',
    heads: 'All heads at a glance',
    next: 'Likeliest next tokens',
    norms: 'Length of the residual stream',
  } satisfies Record<PictureId, string>,

  layer: 'Layer',
  head: 'Head',
  meanOfHeads: 'Mean of heads',

  computing: 'Computing…',
  computingPart: (fraction: number) => `Computing… ${Math.round(100 * fraction)} %`,
  stop: 'Stop',
  stopped: 'Stopped. Change the prompt, or choose something else, to go on.',
  waiting: 'The picture appears once a model is open.',
  failed: (message: string) => `The picture could not be drawn: ${message}`,
  tooLong: (tokens: number, most: number) =>
    `The prompt has ${count(tokens)} tokens: this model takes at most ${count(most)}. Shorten it.`,
  idsWanted: (largest: number) =>
    `This model has no vocabulary file: give token ids, whole numbers from 0 to ${count(largest)} with blanks between them, such as 0 1 2.`,

  /** How to walk through a picture, for screen readers. */
  keys: 'Arrow keys move through the values, Escape leaves.',
  keysEnter: (what: string) => `Arrow keys move through the values, Enter ${what}, Escape leaves.`,
  insertsFormula: 'inserts a formula',
  role: 'picture',
  hint: 'Point at the picture, or walk through it with the arrow keys.',
  showTable: 'Show as table',
  tableCut: (shown: number, all: number) =>
    ` Only the first ${count(shown)} of ${count(all)} tokens: a formula shows all of them.`,

  insert: {
    attention: (layer: number, head: number | 'mean') =>
      head === 'mean' ? `Insert ATTN of layer ${layer}` : `Insert ATTN of layer ${layer}, head ${head}`,
    top: (n: number) => `Insert TOP ${n}`,
    norms: (formula: string, layer: number, post: boolean) =>
      `Insert ${formula} ${post ? 'after' : 'of'} layer ${layer}`,
    tooLong: (characters: number, most: number) =>
      `The formula would have ${count(characters)} characters, and Excel takes ${count(most)}: put the prompt into a cell, and name that cell in the formula.`,
  },

  attention: {
    from: 'token ↓',
    to: 'looks at →',
    label: (layer: number, head: number | 'mean', tokens: number) =>
      `Attention of ${headName(layer, head)}, over ${plural(tokens, 'token', 'tokens')}`,
    value: (from: string, at: number, to: string, place: number, value: number) =>
      `${token(from, at)} → ${token(to, place)}: ${weight(value)}`,
    map: (layer: number, head: number | 'mean') =>
      `${capital(headName(layer, head))}: each row is a token, and shows how much it looks at itself and at each token before it. The stronger the colour, the more; every row adds up to 1. The hatched part is the future, which no token sees.`,
    one: 'The prompt is a single token, which can look only at itself.',
    arcs: (layer: number, head: number | 'mean') =>
      `${capital(headName(layer, head))}: an arc leads from each token up to one that it looks at, and a dot stands for the token itself. The thicker, the more.`,
    cut: (least: number) => ` Weights under ${least} are left out until you point at their token.`,
    strongest: (n: number) => ` Of the rest, only the ${count(n)} strongest are drawn.`,
    table: (layer: number, head: number | 'mean') =>
      `Attention of ${headName(layer, head)}: rows look at columns.`,
    token: 'Token',
    legend: 'Weight',
  },

  heads: {
    layers: 'layer ↓',
    heads: 'head →',
    label: (layers: number, heads: number) =>
      `Attention of ${plural(layers, 'layer', 'layers')} with ${plural(heads, 'head', 'heads')} each`,
    caption:
      'A small map for each head, in the same colours as the large one, with a row for each layer. A diagonal means that tokens look at themselves, a line just below it that they look at the token before, and a left edge that they look at the first. A click inserts ATTN of that head.',
    pooled: (n: number) =>
      ` The prompt is long: each point of a map stands for the largest weight among ${n} × ${n}.`,
    large: (layer: number, head: number) => `See layer ${layer}, head ${head} large`,
    value: (layer: number, head: number, self: number, previous: number, first: number) =>
      `Layer ${layer}, head ${head}: ${weight(self)} on the token itself, ${weight(previous)} on the one before, ${weight(first)} on the first`,
    valueOne: (layer: number, head: number) => `Layer ${layer}, head ${head}: a single token looks at itself`,
    table:
      'Mean attention of each head on the token itself, on the one before, and on the first. The first token, which sees only itself, does not count.',
    columns: ['Layer and head', 'Itself', 'Before', 'First'],
    row: (layer: number, head: number) => `Layer ${layer}, head ${head}`,
  },

  next: {
    count: 'How many',
    figures: 'Figures',
    probability: 'Probability',
    log: 'Log-probability',
    temperature: 'Temperature',
    label: (n: number, last: string) =>
      `The ${plural(n, 'likeliest token', 'likeliest tokens')} after ${last}`,
    caption: (n: number, all: number, last: string, together: number, temperature: number) =>
      `What the model expects after “${last}”: the ${plural(n, 'likeliest token', 'likeliest tokens')} of ${count(all)}, together ${percent(together)}${temperature === 1 ? '' : ` at temperature ${temperature.toFixed(1)}`}. A low temperature favours the likeliest, a high one evens all out.`,
    atOne: ' A click inserts TOP, whose probabilities are those of temperature 1.',
    clicks: ' A click inserts them as a formula.',
    value: (text: string, p: number, ln: number, logit: number, id: number) =>
      `${text}: ${percent(p)}, log-probability ${log(ln)}, logit ${log(logit)}, id ${id}`,
    table: (temperature: number) => `Likeliest next tokens at temperature ${temperature.toFixed(1)}`,
    columns: ['Token', 'Probability', 'Log-probability', 'Logit', 'Id'],
  },

  norms: {
    token: 'Token',
    last: 'The last',
    choice: (text: string, at: number) => token(text, at),
    logScale: 'Logarithmic scale',
    label: (layers: number, text: string) =>
      `Lengths of the residual stream through ${plural(layers, 'layer', 'layers')}, token ${text}`,
    caption: (text: string, at: number) =>
      `How long the residual stream of “${token(text, at)}” is (its L2 norm) as it enters each layer and as it leaves the last, among the thin lines of the other tokens; and below, how much attention and the MLP of each layer add to it.`,
    single: (text: string, at: number) =>
      `How long the residual stream of “${token(text, at)}” is (its L2 norm) as it enters each layer and as it leaves the last; and below, how much attention and the MLP of each layer add to it.`,
    stream: 'Residual stream',
    added: 'What each layer adds',
    mean: 'Mean of tokens',
    others: 'Each token',
    attn: 'attention',
    mlp: 'MLP',
    layers: 'layer',
    end: 'end',
    logarithmic: ', logarithmic',
    before: (layer: number, value: number, mean: number) =>
      `Residual stream into layer ${layer}: ${length(value)}, mean of tokens ${length(mean)}`,
    after: (value: number, mean: number) =>
      `Residual stream out of the last layer: ${length(value)}, mean of tokens ${length(mean)}`,
    attnValue: (layer: number, value: number, mean: number) =>
      `Attention of layer ${layer} adds ${length(value)}, mean of tokens ${length(mean)}`,
    mlpValue: (layer: number, value: number, mean: number) =>
      `MLP of layer ${layer} adds ${length(value)}, mean of tokens ${length(mean)}`,
    table: (text: string, at: number) => `L2 norms for ${token(text, at)}, with the mean of all tokens`,
    columns: ['Layer', 'Residual stream', 'Mean', 'Attention adds', 'Mean', 'MLP adds', 'Mean'],
  },
} as const;
