import { type Draft, type Place, part, refer } from './draft';
import { putSection, type TokenColumn } from './section';
import { strings } from './strings';

/** What a LayerNorm is of. */
export interface Norm {
  readonly of: Place;
  readonly source: string;
  readonly tokens: TokenColumn;
  readonly epsilon: number;
  /** What `of` holds at first. */
  readonly values: Float64Array;
}

/**
 * Mean and variance of each row, which a LayerNorm needs.
 *
 * @returns the LayerNorm's own formula, given the addresses of gain, bias and the rows that are used
 */
export function putNorm(draft: Draft, row: number, { of, source, tokens, epsilon, values }: Norm) {
  const { data, next } = putSection(
    draft,
    row,
    {
      title: strings.block.statistics(source),
      about: strings.block.statisticsAbout(source, epsilon),
      from: [[source, of]],
      columns: 2,
      captions: [strings.captions.mean, strings.captions.variance],
    },
    tokens,
  );
  for (let t = 0; t < data.rows; t++) {
    const line = refer(part(of, t, 0, 1), draft.name);
    const numbers = values.subarray(t * of.columns, (t + 1) * of.columns);
    const average = mean(numbers);
    const spread = mean(numbers.map((number) => (number - average) ** 2));
    draft.put(data.top + t, data.left, `=AVERAGE(${line})`, 'activation', { result: average });
    draft.put(data.top + t, data.left + 1, `=VARP(${line})`, 'activation', { result: spread });
  }
  const own = (place: Place) => refer(place, draft.name);
  const [means, variances] = [own(part(data, 0, 0, undefined, 1)), own(part(data, 0, 1, undefined, 1))];
  return {
    next,
    formula: (gain: string, bias: string, used: string) =>
      `((${own(of)}-${means})/SQRT(${variances}+${epsilon})*${gain}+${bias})*${used}`,
  };
}

const mean = (numbers: Float64Array) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
