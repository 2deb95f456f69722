import { parameterShapes } from '../../../src/gpt2/parameters';
import { type Case, cellsOf, type Given } from './case';

/** Numbers that one call is asked for, so that the answer stays within what Excel takes. */
const MOST = 100_000;

/** The model itself: every number of every parameter, to the bit. */
export function parameterCases({ model: { weights, config } }: Given): Case[] {
  const all = [...parameterShapes(config, weights.tied)].map(([name, shape]) => {
    const [rows, columns] = shape.length > 1 ? (shape as [number, number]) : [1, shape[0] as number];
    return { name, rows, columns };
  });
  const numbers = all.flatMap(({ name, rows, columns }) => {
    const values = weights.get(name);
    const atOnce = Math.floor(MOST / columns);
    const parts = Array.from({ length: Math.ceil(rows / atOnce) }, (_, part) => part * atOnce);
    return parts.map((from): Case => {
      const count = Math.min(atOnce, rows - from);
      const right = Float64Array.from(values.subarray(from * columns, (from + count) * columns));
      const args = count === rows ? [name] : [name, from, null, count];
      return { id: 'WEIGHT', form: 'prompt', args, right: { numbers: right, rows: count } };
    });
  });
  const corner = all[1] as (typeof all)[0];
  const part = cellsOf(weights.get(corner.name), corner.columns)
    .slice(1, 4)
    .flatMap((row) => row.slice(2, 6));
  const listed = all.map(({ name, rows, columns }) => [name, rows, columns, rows * columns]);
  return [
    ...numbers,
    {
      id: 'WEIGHT',
      form: 'prompt',
      args: [corner.name, 1, 2, 3, 4],
      right: { numbers: Float64Array.from(part), rows: 3 },
    },
    { id: 'PARAMS', form: 'prompt', args: [], right: { same: listed } },
    {
      id: 'PARAMS',
      form: 'prompt',
      args: ['h.0.*'],
      right: { same: listed.filter(([name]) => String(name).startsWith('h.0.')) },
    },
    { id: 'CONFIG', form: 'prompt', args: [], right: { same: Object.entries(config) } },
    { id: 'CONFIG', form: 'prompt', args: ['n_layer'], right: { same: [[config.n_layer]] } },
  ];
}
