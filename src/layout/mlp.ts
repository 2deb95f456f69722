import { holdsMlp } from './choice';
import { call, numbersOf, rowsOf, weight } from './formulas';
import { type Block, layNorm, layWhole, ofStream } from './stage';
import { words } from './strings';
import type { Table } from './table';

/**
 * Lays out the MLP, from the norm to what it adds to the stream.
 *
 * @param mid The stream after attention, [T, d_model].
 * @returns mlp_out, [T, d_model]
 */
export function layMlp(block: Block, mid: Table): Table {
  const { page, config, choice, layer } = block;
  const { n_embd: d, n_inner } = config;
  const ref = (table: Table) => numbersOf(table, page.name);
  const whole = holdsMlp(config, choice);
  const columns = Math.min(n_inner, choice.columns);
  const partly = whole ? {} : { more: words.someNeurons(columns, n_inner) };
  /** The neurons on this sheet, of all. */
  const shown = (all: string) => (whole ? all : rowsOf(all, columns));

  const ln2 = layNorm(block, 'ln_2', mid);

  const c_fc = `h.${layer}.mlp.c_fc`;
  const before = ofStream(block, 'mlp_pre', mid);
  const pre = layWhole(
    block,
    {
      name: 'mlp_pre',
      formula: before.formula,
      ...partly,
      weights: `${c_fc}.weight [${d}, ${n_inner}], ${c_fc}.bias [${n_inner}]`,
    },
    shown(before.stage),
    {
      columns,
      fromCells: {
        before: [ln2],
        stage: `MMULT(${ref(ln2)},${weight(`${c_fc}.weight`, 0, 0, d, columns)})+${weight(`${c_fc}.bias`, 0, 0, 1, columns)}`,
      },
    },
  );

  const after = ofStream(block, 'mlp_post', mid);
  const post = layWhole(block, { name: 'mlp_post', formula: after.formula, ...partly }, shown(after.stage), {
    columns,
    fromCells: { before: [ln2, pre], stage: call('GELU', ref(pre)) },
  });

  const c_proj = `h.${layer}.mlp.c_proj`;
  const rows = weight(`${c_proj}.weight`, 0, 0, columns, d);
  const { stage, formula } = ofStream(block, 'mlp_out', mid);
  return layWhole(
    block,
    {
      name: 'mlp_out',
      formula,
      ...(!whole && { more: words.otherNeurons }),
      weights: `${c_proj}.weight [${n_inner}, ${d}], ${c_proj}.bias [${d}]`,
    },
    stage,
    {
      fromCells: {
        before: [ln2, pre, post],
        stage: whole
          ? `MMULT(${ref(post)},${rows})+${weight(`${c_proj}.bias`, 0, 0, 1, d)}`
          : // All neurons, and what those on this sheet differ from the model's own.
            `${stage}+MMULT(${ref(post)}-${shown(after.stage)},${rows})`,
      },
    },
  );
}
