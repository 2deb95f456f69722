import { ACTIVATIONS } from '../gpt2/activations';
import { activationNamesOf } from './formula';

/** What the documentation says about a formula besides its JSDoc and the table of activations. */
export interface Facts {
  /**
   * Rows and columns of what it gives, in letters: those of the table of activations; n, m, p for sizes that the
   * arguments have; k and whatever else a parameter is called; or a number.
   */
  readonly gives: readonly [rows: string, columns: string];
  /** How it is computed, in one line. Left out where the activations that it shows say so. */
  readonly math?: string;
  /** Formulas whose results it goes on from, besides those that the table of activations knows. */
  readonly from?: readonly string[];
  /** Formulas that do something alike. */
  readonly alike?: readonly string[];
  /** What stands in its columns, where they are not all of a kind. */
  readonly columns?: readonly string[];
  /** What one must know about its example. */
  readonly note?: string;
}

const TOKEN_ROWS = ['token', 'cosine similarity', 'id'];

/** Every formula; a test holds the table complete, and its names and columns to what there is. */
export const FACTS: Readonly<Record<string, Facts>> = {
  TOKENS: {
    gives: ['T', '1'],
    math: 'text → pre-tokens → bytes, the best-ranked two neighbours merged until none is left',
    from: ['MERGES'],
    alike: ['IDS'],
  },
  IDS: { gives: ['T', '1'], math: 'id = the place of each token in the vocabulary', from: ['TOKENS'] },
  TEXT: {
    gives: ['1', '1'],
    math: 'text = UTF-8 of the bytes of all tokens, one behind the other',
    from: ['IDS'],
  },
  MERGES: {
    gives: ['merges', '6'],
    math: 'at each step, the two neighbours of the lowest rank become one, until no two have a rank',
    columns: ['pre-token', 'step', 'rank', 'left', 'right', 'result'],
  },
  EMBED: { gives: ['T', 'd_model'], from: ['IDS', 'WEIGHT'] },
  POSITION: { gives: ['T', 'd_model'], from: ['WEIGHT'] },
  RESID: { gives: ['T', 'd_model'], alike: ['BLOCK'] },
  LAYERNORM: { gives: ['T', 'd_model'], alike: ['NORMALIZE', 'FINAL'] },
  QUERY: { gives: ['T', 'd_head'], alike: ['MATMUL'] },
  KEY: { gives: ['T', 'd_head'], alike: ['MATMUL'] },
  VALUE: { gives: ['T', 'd_head'], alike: ['MATMUL'] },
  SCORES: { gives: ['T', 'T'], alike: ['MASK'] },
  ATTN: { gives: ['T', 'T'], alike: ['SOFTMAX'] },
  HEAD: { gives: ['T', 'd_head'] },
  RESULT: { gives: ['T', 'd_model'] },
  ATTN_OUT: { gives: ['T', 'd_model'] },
  MLP_PRE: { gives: ['T', 'd_mlp'], alike: ['MATMUL'] },
  MLP_POST: { gives: ['T', 'd_mlp'], alike: ['GELU'] },
  MLP_OUT: { gives: ['T', 'd_model'], alike: ['MATMUL'] },
  BLOCK: {
    gives: ['T', 'd_model'],
    math: 'x → mid = x + attention(ln_1(x)), then mid + mlp(ln_2(mid)), once for each block of the row',
    from: ['RESID'],
    alike: ['RESID'],
  },
  FINAL: { gives: ['T', 'd_model'], from: ['BLOCK'], alike: ['LAYERNORM'] },
  LOGITS: { gives: ['V', '1'] },
  PROBS: {
    gives: ['V', '1'],
    math: 'probability[v] = exp(logits[v]) / Σ exp(logits)',
    from: ['LOGITS'],
    alike: ['SOFTMAX'],
  },
  TOP: {
    gives: ['k', '4'],
    math: 'the k tokens of the largest logits, each with its probability',
    from: ['LOGITS', 'PROBS'],
    columns: ['token', 'probability', 'logit', 'id'],
  },
  NEXT: {
    gives: ['1', '1'],
    math: 'the token of the largest logit; or one drawn from softmax(logits / temperature), cut to top_k and top_p',
    from: ['LOGITS', 'PROBS'],
  },
  GENERATE: {
    gives: ['1', '1'],
    math: 'token n + 1 = NEXT of the prompt and the n tokens before it, with seed + n',
    from: ['NEXT'],
  },
  LOGPROBS: {
    gives: ['T', '4'],
    math: 'log-probability[t] = ln(probability of token t after all before it); surprisal = −log₂ of the same',
    from: ['PROBS'],
    columns: ['token', 'log-probability', 'surprisal in bits', 'rank'],
  },
  PERPLEXITY: {
    gives: ['1', '1'],
    math: 'perplexity = exp(−Σ log-probability / T)',
    from: ['LOGPROBS'],
  },
  CHOOSE: {
    gives: ['n', '5'],
    math: 'total = Σ log-probability of the option’s tokens after the prompt; share = exp(total) / Σ exp(total)',
    from: ['PROBS'],
    alike: ['LOGPROBS'],
    columns: ['option', 'total log-probability', 'per token', 'share', 'best'],
  },
  NEAREST: {
    gives: ['k', '3'],
    math: 'similarity[v] = x · wte[v] / (|x| |wte[v]|), the k largest',
    from: ['EMBED'],
    alike: ['COSINE'],
    columns: TOKEN_ROWS,
  },
  COSINE: {
    gives: ['n', 'p'],
    math: 'cosine[i, j] = a[i] · b[j] / (|a[i]| |b[j]|)',
    from: ['VECTOR', 'EMBED'],
  },
  ANALOGY: {
    gives: ['k', '3'],
    math: 'NEAREST of wte[b] − wte[a] + wte[c], without a, b and c',
    from: ['EMBED'],
    alike: ['NEAREST'],
    columns: TOKEN_ROWS,
  },
  PCA: {
    gives: ['n + 1', 'components'],
    math: 'place = (row − mean row) · v for the eigenvectors v of the largest eigenvalues of the rows’ covariance',
    from: ['RESID', 'EMBED'],
  },
  VECTOR: {
    gives: ['1', 'd_model'],
    math: 'vector = Σ resid_post[t] / T, over all tokens t',
    from: ['RESID'],
  },
  SEARCH: {
    gives: ['k', '2'],
    math: 'similarity = COSINE of the VECTORs of the query and of each text, the k largest',
    from: ['VECTOR', 'COSINE'],
    columns: ['text', 'cosine similarity'],
  },
  WEIGHT: {
    gives: ['rows', 'cols'],
    math: 'the numbers name[row … row + rows − 1, col … col + cols − 1] of the checkpoint',
    from: ['PARAMS'],
  },
  PARAMS: {
    gives: ['parameters', '4'],
    math: 'count = rows × columns; the output head is wte.weight again and counts once',
    columns: ['name', 'rows', 'columns', 'count'],
  },
  CONFIG: {
    gives: ['keys', '2'],
    math: 'd_model = n_embd, d_head = n_embd / n_head, d_mlp = n_inner',
    columns: ['key', 'value'],
    alike: ['PARAMS'],
  },
  STATUS: {
    gives: ['1', '1'],
    math: 'Nothing is computed: it reads what the engine says of itself.',
    alike: ['CONFIG'],
    note: 'These pages are made on plain JavaScript; your cell names what runs the model on your device.',
  },
  MATMUL: {
    gives: ['n', 'p'],
    math: 'out[i, j] = Σ a[i, k] · b[k, j] + bias[j]',
    from: ['WEIGHT', 'LAYERNORM'],
    alike: ['QUERY', 'MLP_PRE'],
  },
  SOFTMAX: {
    gives: ['n', 'm'],
    math: 'out[i, j] = exp(x[i, j] / temperature) / Σ exp(x[i, ·] / temperature)',
    from: ['SCORES', 'LOGITS', 'MASK'],
    alike: ['ATTN', 'PROBS'],
  },
  GELU: {
    gives: ['n', 'm'],
    math: 'out = ½x · (1 + tanh(√(2/π) · (x + 0.044715x³)))',
    from: ['MLP_PRE'],
    alike: ['MLP_POST'],
  },
  NORMALIZE: {
    gives: ['n', 'm'],
    math: 'out = (x − mean) / √(variance + eps) · gain + bias, row by row',
    from: ['RESID', 'WEIGHT'],
    alike: ['LAYERNORM', 'FINAL'],
  },
  MASK: {
    gives: ['n', 'n'],
    math: 'out[i, j] = scores[i, j] where j ≤ i, and -1e10 where j > i',
    from: ['MATMUL'],
    alike: ['SCORES'],
  },
  CHECK: {
    gives: ['4', '2'],
    math: 'largest = max |a − b|; relative = largest / max(|a|, |b|)',
    alike: ['COSINE'],
    columns: ['measure', 'value'],
  },
};

/** The facts of a formula. @throws Error naming a formula that has none */
export function factsOf(id: string): Facts {
  const facts = FACTS[id];
  if (!facts) throw new Error(`${id} has no entry in src/catalogue/facts.ts.`);
  return facts;
}

/** How a formula computes what it shows: a line, or one for each activation that it shows. */
export function mathOf(id: string): string[] {
  const { math } = factsOf(id);
  return math ? [math] : activationNamesOf(id).map((name) => ACTIVATIONS[name].math);
}
