import { type ActivationName, MASKED } from '../gpt2/activations';

/** Every word that an explanation says by itself. A translation replaces this file alone. */

/** A number for people: six digits, a real minus sign. */
export function figure(value: number): string {
  if (value === MASKED) return '−1e10';
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-4 || size >= 1e9)
      ? value.toExponential(4)
      : String(Number(value.toPrecision(6)));
  return text
    .replace(/(\.\d*?)0+e/, '$1e')
    .replace('.e', 'e')
    .replaceAll('-', '−')
    .replace('e+', 'e');
}

/** A text in quotation marks, so that the space at its start can be seen. */
const quoted = (text: string): string => `“${text}”`;

const token = (text: string | undefined): string => (text === undefined ? '' : ` ${quoted(text)}`);

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const ofHead = (head: number | undefined): string => (head === undefined ? '' : ` of head ${head}`);

const nouns = {
  id: 'token id',
  embed: 'token embedding',
  pos_embed: 'position embedding',
  resid_pre: 'stream before the block',
  ln_1: 'stream after ln_1',
  q: 'query',
  k: 'key',
  v: 'value',
  attn_scores: 'scores',
  pattern: 'attention',
  z: 'gathered values',
  result: 'result',
  attn_out: 'output of attention',
  resid_mid: 'stream after attention',
  ln_2: 'stream after ln_2',
  mlp_pre: 'hidden layer before GELU',
  mlp_post: 'hidden layer after GELU',
  mlp_out: 'output of the MLP',
  resid_post: 'stream after the block',
  ln_final: 'stream after ln_f',
  logits: 'logits',
  probs: 'probabilities',
} as const satisfies Record<ActivationName | 'id' | 'probs', string>;

export const strings = {
  nouns,

  /** What each formula shows, as a title. */
  stages: {
    EMBED: 'Token embedding',
    POSITION: 'Position embedding',
    RESID: 'Residual stream',
    LAYERNORM: 'LayerNorm',
    QUERY: 'Query',
    KEY: 'Key',
    VALUE: 'Value',
    SCORES: 'Attention score',
    ATTN: 'Attention',
    HEAD: 'Head',
    RESULT: 'Result of a head',
    ATTN_OUT: 'Output of attention',
    MLP_PRE: 'Neuron before GELU',
    MLP_POST: 'Neuron after GELU',
    MLP_OUT: 'Output of the MLP',
    BLOCK: 'Residual stream after a block',
    FINAL: 'Last LayerNorm',
    LOGITS: 'Logit',
    PROBS: 'Probability',
    TOP: 'Likeliest next tokens',
    NEXT: 'Next token',
    LOGPROBS: 'Log-probability',
    MATMUL: 'Matrix product',
    SOFTMAX: 'Softmax',
    GELU: 'GELU',
    NORMALIZE: 'LayerNorm of cells',
    MASK: 'Causal mask',
    COSINE: 'Cosine',
    WEIGHT: 'Parameter',
  } as Readonly<Record<string, string>>,

  /** What is computed, where the table of activations does not say. */
  about: {
    meanPattern: 'The mean of the attention patterns of all heads of the block.',
    LOGITS: 'The score of a token to come next: ln_final · its row of the output head.',
    PROBS: 'The softmax of the logits of this position: how likely the token is to come next.',
    TOP: 'The tokens of the vocabulary in the order of their logits, largest first.',
    NEXT: 'The token that comes next: the one with the largest logit, or one drawn by chance.',
    LOGPROBS: 'How well the model saw this token coming, from all tokens before it.',
    MATMUL: 'A row of a times a column of b, number by number, added up, plus the bias.',
    SOFTMAX: 'e to each number of the row, as a part of the sum of all of them.',
    GELU: "GELU in GPT-2's tanh form.",
    NORMALIZE: 'The row at mean 0 and variance 1, times the gain, plus the bias.',
    MASK: 'Scores with later tokens are replaced by −1e10; all others stay as they are.',
    COSINE: 'The dot product of two vectors, divided by their lengths.',
    WEIGHT: 'A number that training found. Nothing computes it.',
  },

  axes: {
    position: 'position',
    query: 'query at position',
    key: 'key at position',
    after: 'what follows position',
    at: (what: string, position: number, text: string | undefined) => `${what} ${position}${token(text)}`,
    place: (position: number, text: string | undefined) => `${position}${token(text)}`,
    dimension: (i: number) => `dimension ${i}`,
    neuron: (i: number) => `neuron ${i}`,
    layer: (i: number) => `layer ${i}`,
    head: (i: number) => `head ${i}`,
    row: (i: number) => `row ${i + 1}`,
    column: (i: number) => `column ${i + 1}`,
    id: (id: number, text: string | undefined) =>
      text === undefined ? `token id ${id}` : `${quoted(text)} (id ${id})`,
    rank: (rank: number, label: string) => `rank ${rank}: ${label}`,
    parameterRow: (name: string, row: number) => `${name}, row ${row}`,
    parameterColumn: (column: number) => `column ${column}`,
    scores: { token: 'token', logprob: 'log-probability', bits: 'surprisal in bits', rank: 'rank' },
  },

  operands: {
    row: (noun: string, place: string, head?: number) => `${noun}${ofHead(head)} at ${place}`,
    from: (noun: string, place: string, head?: number) => `${noun}${ofHead(head)} from ${place} on`,
    everywhere: (noun: string, head?: number) => `${noun}${ofHead(head)} at every position`,
    everyHead: (label: string) => `${label}, and every other head`,
    entry: (label: string, column: number) => `${label}, column ${column}`,
    entryOf: (noun: string, label: string) => `${noun}: ${label}`,
    inTop: (rank: number) => `rank ${rank} of the likeliest tokens`,
    cellRow: (text: string, row: number) => `row ${row + 1} of ${text}`,
    cellColumn: (text: string, column: number) => `column ${column + 1} of ${text}`,
    cell: (text: string, row: number, column: number) => `row ${row + 1}, column ${column + 1} of ${text}`,
    weight: (name: string, row: number, column: number, rows: number, columns: number) => {
      if (rows === 1 && columns === 1) return `${name}[${row}, ${column}]`;
      if (columns > 1) return `${name}, row ${row}`;
      return row === 0 ? `${name}, column ${column}` : `${name}, column ${column} from row ${row}`;
    },
  },

  lines: {
    sumOver: (text: string) => `sum of all ${text}`,
    largest: (symbol: string) => `largest ${symbol}`,
    mean: 'mean',
    variance: 'variance',
    gain: 'gain',
    bias: 'bias',
    temperature: 'temperature',
    cosine: 'cosine',
    bits: 'bits',
    x: (label: string) => `x, ${label}`,
    ifLater: 'where the key comes after the query',
    isLater: (key: number, query: number) => `as ${key} comes after ${query}`,
    ofRank: (rank: number) =>
      rank === 1 ? 'the token with the largest logit' : `the token with the logit of rank ${rank}`,
    largestLogit: (logit: string, id: number, text: string | undefined) =>
      `${logit} is the logit of id ${id}${token(text)}`,
    kept: (n: number, mass: string) =>
      `${n === 1 ? '1 token is' : `${n} tokens are`} kept; their p add up to ${mass}`,
    mark: 'the first token at which the p, added up from the likeliest, pass chance × their sum',
    fallsOn: (mark: string, before: string, after: string, id: number, text: string) =>
      `${mark} lies between ${before} and ${after}, the share of id ${id}${token(text)}`,
    rankIs: 'rank = 1 + how many tokens have a larger logit',
    larger: (n: number, rank: number) => `rank = 1 + ${n} = ${rank}`,
  },

  tables: {
    product: 'product',
    share: 'share',
    term: 'term',
    part: 'part',
    value: 'value',
    token: 'token',
    rank: 'rank',
    probability: 'probability',
    dimension: 'dimension',
    neuron: 'neuron',
    key: 'key',
    place: 'place',
    masked: 'masked',
    parts: 'The numbers of the formula',
    products: (left: string, right: string, n: number) =>
      n === 1 ? `${left} × ${right}` : `The largest of ${n} products: ${left} × ${right}`,
    restOfProducts: (n: number) => (n === 1 ? '1 more product' : `${n} more products, together`),
    terms: (n: number) => `The ${n} terms`,
    mean: (n: number) => (n === 1 ? 'The one number' : `The mean of these ${n} numbers`),
    restOfTerms: (n: number) => (n === 1 ? '1 more term' : `${n} more terms, together`),
    largestOf: (label: string, n: number) => `The largest of ${n} numbers: ${label}`,
    restOfNumbers: (n: number) => (n === 1 ? '1 more number' : `${n} more numbers, together`),
    softmax: (label: string, n: number) => (n === 1 ? label : `The largest of ${n}: ${label}`),
    restOfShares: (n: number) => (n === 1 ? '1 more share' : `${n} more shares, together`),
    candidates: 'The likeliest tokens',
    restOfTokens: (n: number) => (n === 1 ? '1 more token' : `${n} more tokens`),
  },

  notes: {
    maskedScore: (query: number, key: number) =>
      `This score is masked: position ${key} comes after position ${query}, and GPT-2 never looks ahead.`,
    maskedWeight: (query: number, key: number) =>
      `The score of this key is masked (−1e10), for position ${key} comes after position ${query}: its weight is 0.`,
    notMasked: (query: number, key: number) =>
      key === query
        ? 'A token may look at itself: the score stays.'
        : `Position ${key} comes before ${query}: the score stays.`,
    futureValues: (query: number) => `The weights of all positions after ${query} are 0.`,
    samePre: (layer: number) =>
      `The stream enters this block as it leaves block ${layer}: the same number is resid_post of layer ${layer}.`,
    parameter: (name: string, rows: number, columns: number, users: readonly string[]) =>
      `${name} has ${rows} × ${columns} numbers.${users.length > 0 ? ` It goes into ${list(users)}.` : ''}`,
    seed: (seed: number, chance: string) =>
      `The seed ${seed} makes the chance ${chance}; the same seed draws the same token.`,
  },

  plan: {
    own: "the formula's own cell",
    same: 'the same text',
    products: 'products',
    query: 'query position',
    key: 'key position',
    ranked: (rank: number) => (rank === 1 ? 'largest logit' : `logit of rank ${rank}`),
    id: 'id',
    token: 'token',
    mass: 'sum of all kept',
    mark: 'chance × sum',
    before: 'sum before it',
    withIt: 'sum with it',
  },

  none: {
    foreign: 'This cell is not a formula of the add-in.',
    larger: (calls: readonly string[]) =>
      `This formula computes with ${list(calls.map((call) => call.slice(1)))}. Put ${calls.length === 1 ? 'it' : 'each'} in a cell of its own to see where its numbers come from.`,
    unknown: (name: string) => `There is no explanation for ${name}.`,
    outside: (rows: number, columns: number) =>
      `This cell is outside the result of the formula, which is ${rows}×${columns}.`,
    unread: (argument: string, why: string) => `The argument ${argument} could not be read: ${why}`,
    refused: (message: string) => `The formula gives an error: ${message}`,
    token: (position: number, text: string, id: number) =>
      `This is token ${position} of the text, ${quoted(text)}, with the id ${id}.`,
    /** Formulas whose results are not one calculation, and what they are instead. */
    formulas: {
      TOKENS: 'A token is a piece of the text; MERGES shows how the text was cut.',
      IDS: 'A token id is the row of the token in the vocabulary; MERGES shows how the text was cut.',
      TEXT: 'These are the texts of the tokens, put together.',
      MERGES: 'Each row is one merge: the two neighbours that come first in the list of merges become one.',
      GENERATE:
        'This text is NEXT over and over, each token put behind those before it. Select a NEXT to see how a token is chosen.',
      PERPLEXITY:
        'This is e to the mean of the negative log-probabilities in LOGPROBS. Select a number there to see where it comes from.',
      CHOOSE: 'These are sums of log-probabilities. Select a number of LOGPROBS to see where one comes from.',
      STATUS: 'This tells how the model is; nothing is computed.',
      NEAREST:
        'These are the largest cosines with the rows of wte. Select a number of COSINE to see how one is computed.',
      ANALOGY:
        'These are the largest cosines of b − a + c with the rows of wte. Select a number of COSINE to see how one is computed.',
      SEARCH:
        'These are the largest cosines between the vectors of the texts. Select a number of COSINE to see how one is computed.',
      VECTOR:
        'This is the mean, over all tokens, of the residual stream. Select a number of RESID to see where it comes from.',
      PCA: 'These places come from all cells together, not from one calculation that could be shown here.',
      PARAMS: 'This lists the parameters of the model; nothing is computed. WEIGHT shows their numbers.',
      CONFIG: 'This is the configuration of the model; nothing is computed.',
      CHECK:
        'This compares two ranges: the largest difference, where it is, and how large it is beside the largest number.',
    } as Readonly<Record<string, string>>,
  },
} as const;
