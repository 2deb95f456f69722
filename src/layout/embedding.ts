import type { Config } from '../gpt2/config';
import { cellsForm, stageOf } from './formulas';
import type { Page } from './page';
import { words } from './strings';
import type { Table } from './table';

/**
 * Lays out the tokens and what the model knows of each: the stream that enters block 0 is the sum of the two tables.
 *
 * @param prompt The address of the prompt's cell.
 * @param labels The row, from 0, from which the tokens stand to which every table refers.
 */
export function layEmbedding(
  page: Page,
  config: Config,
  prompt: string,
  labels: number,
): { embed: Table; places: Table } {
  page.tokens(prompt, labels);
  const whole = (name: 'embed' | 'pos_embed', weights: string) => {
    const [table] = page.band({
      name,
      formula: stageOf(name, { input: words.promptName }),
      weights,
      parts: [{ columns: config.n_embd, stage: cellsForm(name, { input: prompt }), across: 'dimensions' }],
    });
    return table as Table;
  };
  return {
    embed: whole('embed', `wte.weight [${config.vocab_size}, ${config.n_embd}]`),
    places: whole('pos_embed', `wpe.weight [${config.n_positions}, ${config.n_embd}]`),
  };
}
