import { describe, expect, it } from 'vitest';
import { type ActivationName, sourcesOf } from '../../src/gpt2/activations';
import { usualChoice } from '../../src/layout/choice';
import { laidOut } from '../../src/layout/layout';
import type { Table } from '../../src/layout/table';
import { NAMESPACE } from '../../src/namespace';
import { addressOf, addressOfArea, area, onSheet, sizeOf } from '../../src/workbook/address';
import { callParts } from '../support/formula-parts';
import { promptForm, streamOf, tablesBefore } from '../support/layout-table';
import { smallConfig } from '../support/models';

const small = smallConfig({ n_layer: 3 });
const gpt2 = smallConfig({ n_layer: 12, n_head: 12, n_embd: 768, n_positions: 1024, vocab_size: 50257 });

const cases = [
  ['everything of a small model', small, usualChoice(small, 5)],
  ['a part of a small model', small, { room: 5, layers: [1], heads: [0, 2], columns: 10 }],
  ['the usual part of GPT-2', gpt2, usualChoice(gpt2, 5)],
] as const;

/** The rest are sums of tables. */
const SUMS: Partial<Record<ActivationName, readonly ActivationName[]>> = {
  resid_mid: ['resid_pre', 'attn_out'],
  resid_post: ['resid_mid', 'mlp_out'],
};

describe.each(cases)('%s', (_, config, choice) => {
  const { sheets, tables, prompt } = laidOut({ config, name: 'a model', prompt: 'Once' }, choice);
  const contents = new Map(
    sheets.flatMap(({ name, cells }) =>
      cells.map(({ at, content }) => [onSheet(name, at), `${content}`] as const),
    ),
  );
  const absolute = onSheet('Map', (prompt.split('!')[1] as string).replace(/([A-Z]+)/, '$$$1$$'));

  /** The formula of a table where none of its own numbers is overwritten. */
  function formulaOf(table: Table): string {
    const formula = contents.get(onSheet(table.sheet, addressOf(table.area.top, table.area.left))) ?? '';
    const { name, args } = callParts(formula.slice(1)) ?? { name: '', args: [] };
    expect(name, formula).toBe('IF');
    expect(args[1], formula).toContain(addressOfArea(table.yellow));
    return args[2] as string;
  }
  const title = ({ sheet, name, head }: Table) => `${sheet}: ${name} ${head ?? ''}`;
  const find = (name: ActivationName, like: Table) =>
    tables.find(
      (each) => each.name === name && (each.sheet === like.sheet || name === 'resid_post'),
    ) as Table;
  const numbers = (table: Table, from: Table) => {
    const cells = addressOfArea(table.area);
    return `TAKE(${table.sheet === from.sheet ? cells : onSheet(table.sheet, cells)},$A$2)`;
  };
  /** The two ways of a table that has two, and the cell that decides. */
  function waysOf(table: Table) {
    const { name, args } = callParts(formulaOf(table)) ?? {};
    const [, decides] = /^([A-Z]+\d+)=0$/.exec(args?.[0] ?? '') ?? [];
    if (name !== 'IF' || !decides) return undefined;
    return { decides, model: args?.[1] as string, cells: args?.[2] as string };
  }

  it('asks the model for every stage by its own formula, as long as nothing is overwritten', () => {
    let seen = 0;
    for (const table of tables) {
      const ways = waysOf(table);
      const plain = ways?.model ?? formulaOf(table);
      const stream = table.name === 'ln_final' ? 'resid_post' : streamOf(table.name);
      const terms = SUMS[table.name];
      const { layer, head, name } = table;
      if (stream) {
        const [stage, , ...rest] = promptForm(table, '');
        const last = tables.filter(({ name }) => name === 'resid_post').at(-1) as Table;
        const input = numbers(name === 'ln_final' ? last : find(stream, table), table);
        const args = [input, ...rest.map((each) => (typeof each === 'string' ? `"${each}"` : each))];
        const asked = `${NAMESPACE}.${stage}(${args.join(',')})`;
        const all = name.startsWith('mlp_p') ? config.n_inner : sizeOf(table.area).columns;
        const { columns } = sizeOf(table.area);
        expect(plain, title(table)).toBe(columns < all ? `TAKE(${asked},$A$2,${columns})` : asked);
        seen++;
      } else if (terms && choice.layers.includes(layer as never)) {
        expect(plain, title(table)).toBe(terms.map((each) => numbers(find(each, table), table)).join('+'));
      } else if (name === 'embed' || name === 'pos_embed') {
        const stage = name === 'embed' ? 'EMBED' : 'POSITION';
        expect(plain).toBe(`${NAMESPACE}.${stage}(${absolute})`);
      }
      expect(head === undefined || ways !== undefined, title(table)).toBe(true);
    }
    expect(seen).toBe(choice.layers.length * (6 + 6 * choice.heads.length) + 1);
  });

  it('goes by the cells before a table when a number on the way to it is overwritten, and counts those', () => {
    let switched = 0;
    for (const table of tables) {
      const way = tablesBefore(table, tables);
      const ways = waysOf(table);
      if (way.length === 0) {
        expect(ways, title(table)).toBeUndefined();
        continue;
      }
      expect(ways, title(table)).toBeDefined();
      const { decides, cells } = ways as NonNullable<typeof ways>;
      expect(decides).toBe(table.before);
      // The count is over the yellow cells of exactly these tables; heads side by side are one range.
      const { name, args } = callParts((contents.get(onSheet(table.sheet, decides)) ?? '').slice(1)) ?? {};
      expect(name).toBe('COUNT');
      const counted = (args ?? []).map(area);
      const yellow = tables.filter(({ sheet }) => sheet === table.sheet);
      const inside = yellow.filter((each) =>
        counted.some(
          (range) =>
            range.top <= each.yellow.top &&
            each.yellow.bottom <= range.bottom &&
            range.left <= each.yellow.left &&
            each.yellow.right <= range.right,
        ),
      );
      expect(inside.map(title), title(table)).toEqual(way.map(title));
      // Every table that it is computed from, and is on the sheet, has its say.
      const named = yellow.filter((each) => cells.includes(addressOfArea(each.area))).map(title);
      const sources = new Set(sourcesOf(table.name).flatMap((each) => (each === 'result' ? ['z'] : [each])));
      const direct = way.filter((each) => sources.has(each.name));
      expect(direct.length, title(table)).toBeGreaterThan(0);
      for (const each of direct) expect(named, title(table)).toContain(title(each));
      switched++;
    }
    expect(switched).toBe(choice.layers.length * (4 + 6 * choice.heads.length));
  });
});
