import { ACTIVATIONS } from '../../src/gpt2/activations';
import type { SheetHost, Spill } from '../../src/host/host';
import { NAMESPACE } from '../../src/namespace';
import type { Prompt } from '../../src/rpc/protocol';
import { onSheet, partsOf } from '../../src/workbook/address';
import { callOf } from './call';
import { strings } from './strings';

/** Formulas with a row for each token of their prompt: those that show an activation as it is, and a few more. */
const ROWS_ARE_TOKENS = new Set([
  ...Object.values(ACTIVATIONS)
    .filter(({ shape }) => shape.at(-2) === 'T' && shape.at(-1) !== 'V')
    .map(({ formula }) => formula.replace(/\(.*/, '')),
  ...['BLOCK', 'TOKENS', 'IDS', 'LOGPROBS'],
]);

const REFERENCE = /^(?:(?:'(?:[^']|'')+'|[^'!"(){},\s]+)!)?[\p{L}\p{N}_.$:\\]+#?$/u;

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
  const call = callOf(spill.formula);
  if (!call) throw new Error(words.noCall(spill.address));
  if (!ROWS_ARE_TOKENS.has(call.name)) throw new Error(words.otherRows(`${NAMESPACE}.${call.name}`));
  const { input } = call;
  const [, literal] = /^"((?:[^"]|"")*)"$/.exec(input) ?? [];
  if (literal !== undefined) return { text: literal.replaceAll('""', '"') };
  if (/^\d+$/.test(input)) return { ids: [Number(input)] };
  if (!REFERENCE.test(input)) throw new Error(words.calculated(input));
  return promptIn(input, await read(whole(input, spill.anchor)));
}

/** A reference as it reads from anywhere: cells without a sheet are on that of the formula, names on every sheet. */
function whole(reference: string, anchor: string): string {
  const { sheet } = partsOf(anchor);
  const isAddress = /^\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?#?$/i.test(reference);
  return isAddress && sheet ? onSheet(sheet, reference) : reference;
}

function promptIn(reference: string, values: Awaited<ReturnType<NonNullable<SheetHost['read']>>>): Prompt {
  const alone = values[0]?.[0];
  if (values.length === 1 && values[0]?.length === 1) {
    if (alone === null) return { text: '' };
    if (typeof alone === 'string') return { text: alone };
  }
  const ids = values.map((row) => (row.length === 1 ? row[0] : undefined));
  if (!ids.every((id) => typeof id === 'number')) throw new Error(strings.prompt.notOne(reference));
  return { ids };
}
