import { headWidth } from '../gpt2/config';
import { holdsHeads } from './choice';
import { COUNT, cellsForm, numbersOf, weight } from './formulas';
import { type Block, layNorm, layWhole, ofStream } from './stage';
import { words } from './strings';
import type { Table } from './table';

/** One head's tables, by their names, as far as they are laid out. */
type HeadTables = Record<(typeof OF_HEAD)[number], Table>;

const OF_HEAD = ['q', 'k', 'v', 'attn_scores', 'pattern', 'z'] as const;

/**
 * Lays out attention, from the norm to what it adds to the stream.
 *
 * @param pre The stream that enters the block, [T, d_model].
 * @returns attn_out, [T, d_model]
 */
export function layAttention(block: Block, pre: Table): Table {
  const { config, choice, layer } = block;
  const { n_embd: d } = config;
  const ln1 = layNorm(block, 'ln_1', pre);
  const heads = layHeads(block, pre, ln1);
  const { stage, formula } = ofStream(block, 'attn_out', pre);
  const before = [ln1, ...OF_HEAD.flatMap((name) => heads.map((head) => head[name]))];
  return layWhole(
    block,
    {
      name: 'attn_out',
      formula,
      ...(!holdsHeads(config, choice) && { more: words.otherHeads }),
      weights: `h.${layer}.attn.c_proj.weight [${d}, ${d}], h.${layer}.attn.c_proj.bias [${d}]`,
    },
    stage,
    heads.length === 0 ? {} : { fromCells: { before, stage: writtenBy(block, pre, stage, heads) } },
  );
}

/** Queries to z of the chosen heads, side by side. */
function layHeads(block: Block, pre: Table, ln1: Table): HeadTables[] {
  const { page, config, choice, layer } = block;
  const { n_embd: d, n_head } = config;
  const width = headWidth(config);
  const ref = (table: Table) => numbersOf(table, page.name);
  const c_attn = `h.${layer}.attn.c_attn`;
  const heads = choice.heads.map(() => ({}) as HeadTables);
  if (heads.length === 0) return [];
  const lay = (
    name: keyof HeadTables,
    before: (tables: HeadTables) => readonly Table[],
    fromCells: (tables: HeadTables, head: number) => string,
    weights?: string,
  ) => {
    const square = name === 'attn_scores' || name === 'pattern';
    const tables = page.band({
      name,
      formula: ofStream(block, name, pre).formula,
      ...(!holdsHeads(config, choice) && { more: words.someHeads(choice.heads, n_head) }),
      ...(weights && { weights }),
      parts: heads.map((tables, i) => {
        const head = choice.heads[i] as number;
        return {
          layer,
          head,
          columns: square ? choice.room : width,
          across: square ? 'tokens' : 'dimensions',
          stage: ofStream(block, name, pre, head).stage,
          fromCells: { before: before(tables), stage: fromCells(tables, head) },
        };
      }),
    });
    heads.forEach((of, i) => {
      of[name] = tables[i] as Table;
    });
  };
  const third = (name: 'q' | 'k' | 'v', part: number) =>
    lay(
      name,
      () => [ln1],
      (_, head) => {
        const column = part * d + head * width;
        return `MMULT(${ref(ln1)},${weight(`${c_attn}.weight`, 0, column, d, width)})+${weight(`${c_attn}.bias`, 0, column, 1, width)}`;
      },
      `${c_attn}.weight [${d}, ${3 * d}], ${c_attn}.bias [${3 * d}]`,
    );
  third('q', 0);
  third('k', 1);
  third('v', 2);
  lay(
    'attn_scores',
    ({ q, k }) => [ln1, q, k],
    ({ q, k }) => {
      const products = `MMULT(${ref(q)},TRANSPOSE(${ref(k)}))/SQRT(${width})`;
      return `IF(SEQUENCE(1,${COUNT})>SEQUENCE(${COUNT}),-1E+10,${products})`;
    },
  );
  lay(
    'pattern',
    ({ q, k, attn_scores }) => [ln1, q, k, attn_scores],
    // EXP of what is masked is 0; the numbers that GPT-2 scores are far from where EXP has no more room.
    ({ attn_scores }) => {
      const powers = `EXP(${ref(attn_scores)})`;
      return `${powers}/MMULT(${powers},SEQUENCE(${COUNT},1,1,0))`;
    },
  );
  lay(
    'z',
    ({ q, k, v, attn_scores, pattern }) => [ln1, q, k, v, attn_scores, pattern],
    ({ pattern, v }) => `MMULT(${ref(pattern)},${ref(v)})`,
  );
  return heads;
}

/** What attention writes to the stream, from z: of all heads, or of all with those on the sheet in their own numbers. */
function writtenBy(
  { page, config, choice, layer }: Block,
  pre: Table,
  whole: string,
  heads: readonly HeadTables[],
): string {
  const { n_embd: d } = config;
  const width = headWidth(config);
  const c_proj = `h.${layer}.attn.c_proj`;
  const all = holdsHeads(config, choice);
  const input = numbersOf(pre, page.name);
  const results = heads.map(({ z }) => {
    const head = z.head as number;
    const written = `MMULT(${numbersOf(z, page.name)},${weight(`${c_proj}.weight`, head * width, 0, width, d)})`;
    return all ? written : `${written}-${cellsForm('result', { input, layer, head })}`;
  });
  return [...results, all ? weight(`${c_proj}.bias`, 0, 0, 1, d) : whole].join('+');
}
