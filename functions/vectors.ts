import { cosines, meanRow, unitRows, zeroRow } from '../src/algebra/cosine';
import { allRowsAlike, effort, principalComponents } from '../src/algebra/pca';
import { shortest } from '../src/decimals';
import { engine } from '../src/rpc/client';
import { wholeNumber } from '../src/sheet/arguments';
import { roundedCells } from '../src/sheet/cells';
import { numbersOf } from '../src/sheet/matrix';
import { messages } from '../src/sheet/messages';
import { textOf, textsOf } from '../src/sheet/prompt';
import { type Ask, answer, calculate } from './answer';
import { type Place, placeOf } from './place';

const FEWER = 'give fewer rows';

/**
 * Lists the tokens whose embeddings point most nearly the same way, best first. A token is the nearest to itself.
 * @customfunction NEAREST
 * @param vector_or_token A token's text (with its leading space) or id in one cell, or d_model numbers in one row or one column.
 * @param [k] How many; left out, 10.
 * @returns k rows × 3 columns: token, cosine similarity (from -1 to 1), id.
 * @example =GPT2.NEAREST(" quick", 5)
 * @cancelable
 */
export function nearest(
  vector_or_token: unknown[][],
  k: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<unknown[][]> {
  return answer('NEAREST', invocation, async (ask) => {
    const { vocab_size } = ask.config;
    const count = wholeNumber('k', k, { least: 1, most: vocab_size, otherwise: Math.min(10, vocab_size) });
    const { vector } = await placeOf(ask, 'vector_or_token', vector_or_token);
    return neighbours(ask, vector, count, []);
  });
}

/**
 * Tells how nearly two vectors point the same way: 1 the same way, 0 at right angles, -1 opposite. Also every row of a range with every row of another.
 * @customfunction COSINE
 * @param a Numbers in one column: a vector. Otherwise a vector in each row.
 * @param b The same, with vectors as long as those of a.
 * @returns One number for two vectors; otherwise a row for each vector of a × a column for each of b.
 * @example =GPT2.COSINE({1, 2, 3}, {2, 4, 7})
 * @cancelable
 */
export function cosine(
  a: unknown[][],
  b: unknown[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return calculate('COSINE', invocation, () => {
    const left = rowVectors('a', a);
    const right = rowVectors('b', b);
    const n = left.columns;
    if (right.columns !== n) {
      const long = `vectors of ${n} numbers, as long as those of a`;
      throw messages.wrongShape('b', right.given.rows, right.given.columns, long);
    }
    const others = unitRows(right.data, n);
    const units = unitRows(left.data, n);
    const data = new Float64Array(left.rows * right.rows);
    for (let row = 0; row < left.rows; row++) {
      data.set(cosines(units.subarray(row * n, (row + 1) * n), others), row * right.rows);
    }
    return roundedCells({ rows: left.rows, columns: right.rows, data }, FEWER);
  });
}

/**
 * Solves an analogy: a is to b as c is to what? Lists the tokens whose embeddings are nearest to b − a + c, the given ones left out.
 * @customfunction ANALOGY
 * @param a A token's text (with its leading space) or id in one cell, or d_model numbers in one row or one column.
 * @param b The same: what belongs to a.
 * @param c The same: what the answer should belong to.
 * @param [k] How many; left out, 10.
 * @returns k rows × 3 columns: token, cosine similarity (from -1 to 1), id.
 * @example =GPT2.ANALOGY(" slow", " slowly", " quick", 5)
 * @cancelable
 */
export function analogy(
  a: unknown[][],
  b: unknown[][],
  c: unknown[][],
  k: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<unknown[][]> {
  return answer('ANALOGY', invocation, async (ask) => {
    const [from, to, like] = (await Promise.all([
      placeOf(ask, 'a', a),
      placeOf(ask, 'b', b),
      placeOf(ask, 'c', c),
    ])) as [Place, Place, Place];
    const given = [from, to, like].flatMap(({ id }) => id ?? []);
    const most = ask.config.vocab_size - new Set(given).size;
    const count = wholeNumber('k', k, { least: 1, most, otherwise: Math.min(10, most) });
    const target = to.vector.map(
      (value, i) => value - (from.vector[i] as number) + (like.vector[i] as number),
    );
    if (zeroRow(target, target.length) === 0) throw messages.nothingLeft('b − a + c');
    return neighbours(ask, target, count, given);
  });
}

/**
 * Gives one vector for a whole text: the mean over its tokens of the residual stream as it leaves a block.
 * @customfunction VECTOR
 * @param text The text, in one cell. A number counts as its digits; a blank cell as the empty prompt, <|endoftext|> alone.
 * @param [layer] The block, counted from 0; left out, the last.
 * @returns 1 row × d_model columns.
 * @example =GPT2.VECTOR("Mike is quick. He moves")
 * @cancelable
 */
export function vector(
  text: unknown[][],
  layer: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return answer('VECTOR', invocation, async (ask) => {
    const last = ask.config.n_layer - 1;
    const at = wholeNumber('layer', layer, { least: 0, most: last, otherwise: last });
    const data = await vectorOf(ask, 'text', textOf('text', text), at);
    return roundedCells({ rows: 1, columns: data.length, data }, FEWER);
  });
}

/**
 * Finds the texts that are most like a query, best first, by the angle between their VECTORs of the last block.
 * @customfunction SEARCH
 * @param query The text to look for, in one cell.
 * @param texts A range with a text in each cell; blank cells are passed over.
 * @param [k] How many; left out, 10, or all if there are fewer.
 * @returns k rows × 2 columns: text, cosine similarity (from -1 to 1).
 * @example =GPT2.SEARCH("a fast boy", {"Mike is quick."; "Anna is sad."; "The cake is big."}, 2)
 * @cancelable
 */
export function search(
  query: unknown[][],
  texts: unknown[][],
  k: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<unknown[][]> {
  return answer('SEARCH', invocation, async (ask) => {
    const wanted = textOf('query', query);
    const all = textsOf('texts', texts);
    const count = wholeNumber('k', k, { least: 1, most: all.length, otherwise: Math.min(10, all.length) });
    const last = ask.config.n_layer - 1;
    const [target, ...vectors] = await Promise.all([
      vectorOf(ask, 'query', wanted, last),
      ...all.map((text) => vectorOf(ask, 'texts', text, last)),
    ]);
    const unit = unitRows(target, ask.config.n_embd);
    return all
      .map((text, i) => ({ text, similarity: cosines(unit, vectors[i] as Float64Array)[0] as number }))
      .sort((one, other) => other.similarity - one.similarity)
      .slice(0, count)
      .map(({ text, similarity }) => [text, shortest(similarity)]);
  });
}

/** Decompositions of more multiplications than this are left to the worker, so that the page does not freeze. */
const MOST_HERE = 2e7;
/** The most rows, or columns if there are fewer, whose decomposition takes seconds and not minutes. */
const MOST_AT_ALL = 400;

/**
 * Lays rows of many numbers out along their few most telling directions, the principal components: two of them make a map. The mean row is at 0.
 * @customfunction PCA
 * @param cells A range of numbers with at least 2 rows, for example RESID or EMBED; not over 400 both ways.
 * @param [components] How many directions; left out, 2, or 1 if there are not more.
 * @returns A row for each row of cells × a column for each component, and below them a last row: the part of the whole variance that each component explains, from 0 to 1. The largest loading of each component is positive.
 * @example =GPT2.PCA({1, 2; 3, 4; 5, 7}, 1)
 * @cancelable
 */
export function pca(
  cells: unknown[][],
  components: unknown,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<number[][]> {
  return calculate('PCA', invocation, async () => {
    const given = numbersOf('cells', cells);
    const { rows, columns } = given;
    if (rows < 2) throw messages.wrongShape('cells', rows, columns, 'at least 2 rows');
    const smaller = Math.min(rows, columns);
    if (smaller > MOST_AT_ALL) {
      throw messages.wrongShape('cells', rows, columns, `at most ${MOST_AT_ALL} rows, or as many columns`);
    }
    if (allRowsAlike(given))
      throw messages.wrongShape('cells', rows, columns, 'rows that are not all the same');
    const most = Math.min(rows - 1, columns);
    const count = wholeNumber('components', components, { least: 1, most, otherwise: Math.min(2, most) });
    const { places, shares } =
      effort(given) > MOST_HERE
        ? await (await engine()).project(given, count)
        : principalComponents(given, count);
    const data = new Float64Array(places.length + count);
    data.set(places);
    data.set(shares, places.length);
    return roundedCells({ rows: rows + 1, columns: count, data }, FEWER);
  });
}

/** Vectors in rows, none of them all zeros; one column is one vector. */
function rowVectors(parameter: string, value: unknown) {
  const given = numbersOf(parameter, value);
  const { rows, columns, data } = given.columns === 1 ? { ...given, rows: 1, columns: given.rows } : given;
  const zero = zeroRow(data, columns);
  if (zero >= 0) throw messages.allZeros(parameter, zero + 1);
  return { rows, columns, data, given };
}

/** Tokens near to a vector [d_model] → k rows: token, similarity, id. */
async function neighbours(
  { client }: Ask,
  vector: Float64Array,
  k: number,
  without: readonly number[],
): Promise<unknown[][]> {
  const { ids, similarities } = await client.nearest(vector, k, without);
  const names = await client.show(ids);
  return ids.map((id, i) => [names[i], shortest(similarities[i] as number), id]);
}

/** The mean of a text's residual stream as it leaves a block → [d_model]. */
async function vectorOf(
  { client, read, config }: Ask,
  parameter: string,
  text: string,
  layer: number,
): Promise<Float64Array> {
  const ids = await client.ids({ text });
  const most = config.n_positions;
  if (ids.length > most) throw messages.textTooLong(parameter, text, ids.length, most);
  const { data } = await read({ ids }, { name: 'resid_post', layer });
  return meanRow(data, config.n_embd);
}
