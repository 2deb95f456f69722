import type { ActivationName } from '../gpt2/activations';
import { layAttention } from './attention';
import { numbersOf } from './formulas';
import { layMlp } from './mlp';
import { type Block, layWhole } from './stage';
import type { Table } from './table';

/**
 * Lays out one block. Each table is its stage as the model computes it from the stream. Where a number between the
 * stream and the table is overwritten, it is computed from the cells before it, so that the number leads on.
 *
 * @param stream → [T, d_model] as it enters the block, without the equals sign
 * @returns the stream as it leaves the block, [T, d_model]
 */
export function layBlock(block: Block, stream: string): Table {
  const { page } = block;
  const sum = (name: ActivationName, stage: string) => layWhole(block, { name }, stage);
  const ref = (table: Table) => numbersOf(table, page.name);

  const pre = sum('resid_pre', stream);
  const mid = sum('resid_mid', `${ref(pre)}+${ref(layAttention(block, pre))}`);
  return sum('resid_post', `${ref(mid)}+${ref(layMlp(block, mid))}`);
}
