import type { ActivationName } from '../gpt2/activations';
import type { Config } from '../gpt2/config';
import type { Choice } from './choice';
import { cellsForm, numbersOf, stageOf } from './formulas';
import type { Band, Page, Part } from './page';
import type { Table } from './table';

/** Where a block is laid out, and what of it. */
export interface Block {
  readonly page: Page;
  readonly config: Config;
  readonly choice: Choice;
  readonly layer: number;
}

/** A band that is one table. @param stage → [T, columns], without the equals sign @param fromCells see {@link Part} */
export function layWhole(
  { page, config, layer }: Block,
  band: Omit<Band, 'parts'>,
  stage: string,
  { columns = config.n_embd, fromCells }: { columns?: number; fromCells?: Part['fromCells'] } = {},
): Table {
  const part = { layer, columns, stage, across: 'dimensions', ...(fromCells && { fromCells }) } as const;
  return page.band({ ...band, parts: [part] })[0] as Table;
}

/** The norm before attention or before the MLP. @param stream what it takes, [T, d_model] @returns the same in size */
export function layNorm(block: Block, name: 'ln_1' | 'ln_2', stream: Table): Table {
  const { stage, formula } = ofStream(block, name, stream);
  const { n_embd: d } = block.config;
  const parameter = `h.${block.layer}.${name}`;
  const weights = `${parameter}.weight [${d}], ${parameter}.bias [${d}]`;
  return layWhole(block, { name, formula, weights }, stage);
}

/** A stage of this block, as the formula that takes the stream, and as people read it. */
export function ofStream({ page, layer }: Block, name: ActivationName, stream: Table, head?: number) {
  return {
    stage: cellsForm(name, { input: numbersOf(stream, page.name), layer, head }),
    formula: stageOf(name, { input: stream.name, layer, head: 'head' }),
  };
}
