import { ACTIVATIONS } from '../../src/gpt2/activations';
import type { CellValue, SheetHost, Spill } from '../../src/host/host';
import { NAMESPACE } from '../../src/namespace';
import type { Prompt } from '../../src/rpc/protocol';
import { isReference, parseFormula, qualified } from '../../src/trace/formula';
import { literal } from '../../src/trace/literal';
import { partsOf } from '../../src/workbook/address';
import { strings } from './strings';

/** Formulas with a row for each token of their prompt: those that show an activation as it is, and a few more. */
const ROWS_ARE_TOKENS = new Set([
  ...Object.values(ACTIVATIONS)
    .filter(({ shape }) => shape.at(-2) === 'T' && shape.at(-1) !== 'V')
    .map(({ formula }) => formula.replace(/\(.*/, '')),
  ...['BLOCK', 'TOKENS', 'IDS', 'LOGPROBS'],
]);

/**
 * The prompt of the formula behind a spill with a row for each token.
 *
 * @throws Error with a sentence that says why there is none.
 */
export async function promptBehind(
  spill: Pick<Spill, 'anchor' | 'formula' | 'address'>,
  read: NonNullable<SheetHost['read']>,
): Promise<Prompt> {
  const words = strings.prompt;
  const parsed = parseFormula(spill.formula);
  if (!('call' in parsed)) throw new Error(words.noCall(spill.address));
  const { name, args } = parsed.call;
  if (!ROWS_ARE_TOKENS.has(name)) throw new Error(words.otherRows(`${NAMESPACE}.${name}`));
  const [input = ''] = args;
  const written = literal(input) as CellValue[][] | undefined;
  if (written) return promptIn(input, written);
  if (!isReference(input)) throw new Error(words.calculated(input));
  // Cells without a sheet are on that of the formula.
  return promptIn(input, await read(qualified(input, partsOf(spill.anchor).sheet)));
}

function promptIn(input: string, values: CellValue[][]): Prompt {
  const alone = values[0]?.[0];
  if (values.length === 1 && values[0]?.length === 1) {
    if (alone === null) return { text: '' };
    if (typeof alone === 'string') return { text: alone };
  }
  const ids = values.map((row) => (row.length === 1 ? row[0] : undefined));
  if (!ids.every((id) => typeof id === 'number')) throw new Error(strings.prompt.notOne(input));
  return { ids };
}
