import type { Config } from '../../gpt2/config';
import type { Graph } from './graph';
import { GraphBuilder } from './graph';

/** `resid_post` [R, d_model] of the last block → `ln_final` [R, d_model], for any R rows. */
export function normGraph(config: Config): Graph {
  const d = config.n_embd;
  const g = new GraphBuilder('ln_f');
  const x = g.input('resid_post', ['R', d]);
  g.node('LayerNormalization', [x, g.weight('ln_f.weight', [d]), g.weight('ln_f.bias', [d])], 'ln_final', {
    axis: -1,
    epsilon: { float: config.layer_norm_epsilon },
  });
  g.output('ln_final', ['R', d]);
  return g.build();
}

/** `x` [T, d_model] and `rows` [R], numbers of some of its rows → `picked` [R, d_model]. */
export function rowsGraph(config: Config): Graph {
  const d = config.n_embd;
  const g = new GraphBuilder('rows');
  g.node('Gather', [g.input('x', ['T', d]), g.input('rows', ['R'], 'int32')], 'picked', { axis: 0 });
  g.output('picked', ['R', d]);
  return g.build();
}

/**
 * `ln_final` [R, d_model] → `logits` [R, V], for any R rows.
 * @param parameter the head's matrix [V, d_model]: `wte.weight`, or `lm_head.weight` where it is a matrix of its own
 * @param largestBuffer bytes that the device can take in one piece; a larger matrix is split by its rows. GPT-2's own
 *   takes 154 MB, WebGPU promises 128 MiB.
 */
export function headGraph(config: Config, parameter: string, largestBuffer: number): Graph {
  const { n_embd: d, vocab_size: V } = config;
  const g = new GraphBuilder('head');
  const x = g.input('ln_final', ['R', d]);
  const head = (from: number, to: number, out: string) =>
    g.node('Gemm', [x, g.weight(parameter, [to - from, d], to - from < V ? [from, to] : undefined)], out, {
      transB: 1,
    });

  const pieces = piecesOf(V, d, largestBuffer);
  if (pieces.length === 1) head(0, V, 'logits');
  else {
    const parts = pieces.map(([from, to]) => head(from, to, `logits ${from} to ${to}`));
    g.node('Concat', parts, 'logits', { axis: 1 });
  }
  g.output('logits', ['R', V]);
  return g.build();
}

/** Numbers of a row of logits as `headGraphByColumns` puts it out: V, and the zeros behind them. */
export const headRow = ({ vocab_size: V }: Config): number => AT_ONCE * Math.ceil(V / AT_ONCE);

/** How many products a sum runs over before it is added to others. */
const DEPTH = 128;
/** Sums that a kernel makes at once; the rest it makes in another way. */
const AT_ONCE = 4;

/**
 * What `headGraphByColumns` takes of the head's matrix [V, d_model]: its columns [from, to) under `name`, each as a row of `width` numbers,
 * with zeros behind the vocabulary.
 */
export function headColumns(config: Config) {
  const width = headRow(config);
  return piecesOf(config.n_embd, 1, 4 * DEPTH).map(([from, to]) => ({
    name: `columns ${from} to ${to}`,
    from,
    to,
    width,
  }));
}

/**
 * The same on a processor, which reads a matrix [d_model, V] three times as fast as its transpose when there is one row. It is an input
 * in the parts of `headColumns`, so that it need not be there twice while a session is made; one that ONNX Runtime orders in its own way
 * takes several times as long to make, and runs over one row or sixteen gain nothing.
 * ORT has one kernel for one row and another for several; they add up alike over 128 products, and not over more. So the sum is
 * made of parts of that length, and there are zeros behind the vocabulary up to a multiple of four: a position's logits are the
 * same to the bit alone and among others. They come with those zeros, `headRow` numbers to a row: whoever copies them leaves these out.
 */
export function headGraphByColumns(config: Config): Graph {
  const d = config.n_embd;
  const g = new GraphBuilder('head, by columns');
  const x = g.input('ln_final', ['R', d]);
  const parts = headColumns(config).map(({ name, from, to, width }) => ({
    rows: to - from,
    matrix: g.input(name, [to - from, width]),
  }));
  const pieces = parts.map((_, i) => `ln_final, part ${i}`);
  g.nodes('Split', [x, g.ints(parts.map(({ rows }) => rows))], pieces, { axis: 1 });
  const product = (i: number, out: string) =>
    g.node('Gemm', [pieces[i] as string, (parts[i] as { matrix: string }).matrix], out);
  const last = parts.length - 1;
  let sum = product(0, last === 0 ? 'logits' : 'logits, part 0');
  for (let i = 1; i <= last; i++) {
    const part = product(i, `logits, part ${i}`);
    sum = g.node('Add', [sum, part], i === last ? 'logits' : `logits up to part ${i}`);
  }
  g.output('logits', ['R', headRow(config)]);
  return g.build();
}

/** Splits `rows` rows of `d` float32 numbers into near-equal runs [from, to) of at most `largest` bytes each. */
export function piecesOf(rows: number, d: number, largest: number): [number, number][] {
  const most = Math.max(1, Math.min(rows, Math.floor(largest / (4 * d))));
  const count = Math.ceil(rows / most);
  const size = Math.ceil(rows / count);
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => [i * size, Math.min(rows, (i + 1) * size)]);
}
