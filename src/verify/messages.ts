import type { Shown, Verdict } from './api';
import type { PublishedPrompt } from './values';

const LONGEST_TEXT = 48;

/** A text in quotation marks, its line ends visible, cut to a length that fits a line. */
export function quote(text: string): string {
  const letters = [...JSON.stringify(text).slice(1, -1)];
  const cut =
    letters.length > LONGEST_TEXT ? `${letters.slice(0, LONGEST_TEXT).join('')}…` : letters.join('');
  return `"${cut}"`;
}

/** A prompt as people read it. */
export const prompted = ({ text, ids = [], endOfText }: PublishedPrompt): string =>
  `${endOfText ? '<|endoftext|> and ' : ''}${text === undefined ? `the ids ${ids.join(' ')}` : quote(text)}`;

const counted = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

const place = (position: number) => (position === -1 ? 'the last position' : `position ${position}`);

const places = (positions: readonly number[]) =>
  positions.length === 1 ? place(positions[0] as number) : `positions ${positions[0]} to ${positions.at(-1)}`;

const columnsOf = (columns: readonly number[]) =>
  columns.length > 4 && columns.every((column, i) => column === i + (columns[0] as number))
    ? `columns ${columns[0]} to ${columns.at(-1)}`
    : `${columns.length === 1 ? 'column' : 'columns'} ${columns.join(', ')}`;

/** Everything that a verification says. */
export const messages = {
  /** A value as people read it. */
  shown: (value: Shown): string =>
    typeof value === 'string' ? quote(value) : value.map((n) => Number(n.toPrecision(7))).join(' '),

  what: {
    shape: 'Layers, heads, widths, vocabulary and parameters',
    file: 'SHA-256 of the weights',
    tokens: (text: string) => `Token ids of ${quote(text)}`,
    weights: (name: string, row: number, columns: readonly number[]) =>
      `${name}, row ${row}, ${columnsOf(columns)}`,
    activations: (
      name: string,
      layer: number | undefined,
      head: number | undefined,
      position: number,
      columns: readonly number[],
      prompt: PublishedPrompt,
    ) =>
      `${name}${layer === undefined ? '' : `, layer ${layer}`}${head === undefined ? '' : `, head ${head}`}, ` +
      `${columnsOf(columns)} at ${place(position)} of ${prompted(prompt)}`,
    means: (prompt: PublishedPrompt) => `Mean of all logits of ${prompted(prompt)}`,
    likeliest: (positions: readonly number[], prompt: PublishedPrompt) =>
      `Likeliest next token at ${places(positions)} of ${prompted(prompt)}`,
    losses: (prompt: PublishedPrompt) => `Mean loss of ${prompted(prompt)}`,
    continuations: (prompt: PublishedPrompt) => `Likeliest continuation of ${prompted(prompt)}`,
    probabilities: (next: readonly string[], prompt: PublishedPrompt) =>
      `Probability of ${next.map(quote).join(', ')} after ${prompted(prompt)}`,
    logitDifferences: (cases: readonly { answer: string; wrong: string; prompt: PublishedPrompt }[]) => {
      const [first] = cases;
      return first && cases.length === 1
        ? `Logit of ${quote(first.answer)} less ${quote(first.wrong)} after ${prompted(first.prompt)}`
        : `Logit of the right name less the wrong one, mean of ${cases.length} prompts`;
    },
    attributions: (layer: number, head: number, cases: number) =>
      `What layer ${layer}, head ${head} writes to that difference, mean of ${counted(cases, 'prompt', 'prompts')}`,
    benchmarks: (name: string) => name,
  },

  shape: (sizes: {
    n_layer: number;
    n_head: number;
    n_embd: number;
    vocab_size: number;
    n_positions: number;
    parameters: number;
  }) =>
    `${counted(sizes.n_layer, 'layer', 'layers')}, ${counted(sizes.n_head, 'head', 'heads')}, ` +
    `width ${sizes.n_embd}, ${counted(sizes.vocab_size, 'token', 'tokens')}, ` +
    `${counted(sizes.n_positions, 'position', 'positions')}, ${counted(sizes.parameters, 'parameter', 'parameters')}`,

  skipped: {
    noTokenizer: 'The model has no vocab.json and merges.txt, so its text cannot be encoded.',
    noHash: 'The SHA-256 of these weights is not known.',
    gelu: (form: string) =>
      `It was computed with the ${form} form of GELU; GPT-2's own is the tanh form, which is computed here.`,
    otherShape: (checkpoint: string) => `The model has not the shape of ${checkpoint}.`,
    needsTexts: 'It needs the texts of the benchmark, which are not a part of this project.',
  },

  failed: {
    noActivation: (name: string) => `There is no activation "${name}".`,
    noSingleToken: (text: string, count: number) =>
      `${quote(text)} is ${count} tokens in this vocabulary, not one.`,
    noPosition: (position: number, tokens: number) =>
      `There is no position ${position} in a prompt of ${counted(tokens, 'token', 'tokens')}.`,
  },

  nothingPublished: (name: string, known: readonly string[]) =>
    `Nothing is published for ${quote(name)}: neither its name nor its shape is that of ${known.join(', ')}. ` +
    'So it is not verified.',
  byShape: (name: string, checkpoint: string) =>
    `${quote(name)} is taken for ${checkpoint}, by its shape alone. Another training of that shape fails, and may be right.`,

  verdict: (verdict: Verdict, passed: number, failed: number, skipped: number): string => {
    const left = skipped === 0 ? '' : ` ${counted(skipped, 'row was', 'rows were')} left out.`;
    const all = counted(passed + failed, 'row', 'rows');
    if (verdict === 'failed') return `Not verified: ${failed} of ${all} failed.${left}`;
    if (verdict === 'passed') return `Verified: ${passed} of ${all} passed.${left}`;
    return passed === 0
      ? `Not verified: there was nothing to check.${left}`
      : `Not verified: ${counted(passed, 'row', 'rows')} passed, but nothing is published that depends on the ` +
          `model's numbers, or nothing of it could be checked.${left}`;
  },
};
