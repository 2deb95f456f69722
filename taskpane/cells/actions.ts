import type { Selection, SheetHost } from '../../src/host/host';
import type { EngineClient } from '../../src/rpc/client';
import { partsOf } from '../../src/workbook/address';
import { LOWEST_SHADED } from '../../src/workbook/shades';
import { promptBehind } from './row-tokens';
import { strings } from './strings';

/** What the buttons act on: everything that the formula of the selected cell fills, or else the selected cells. */
export const targetOf = ({ range, spill }: Selection): string => spill?.address ?? range;

/** Does something with what is selected. @returns the sentence that says what was done @throws Error with one */
export type Action = (
  host: SheetHost,
  selection: Selection,
  client: EngineClient,
  say: (sentence: string) => void,
) => Promise<string>;

/** Colours by value: from 0 up, or to both sides where there are numbers below 0. */
export const shade: Action = async (host, selection) => {
  const { read, shade } = host;
  if (!read || !shade) throw new Error(strings.cannot(strings.actions.shade.label));
  const target = targetOf(selection);
  const numbers = (await read(target)).flat().filter((value) => typeof value === 'number');
  const shading = numbers.some((value) => value < 0 && value >= LOWEST_SHADED) ? 'diverging' : 'sequential';
  return strings.shaded[shading](await shade(target, shading));
};

/** Writes the prompt's tokens to the left of its rows. */
export const labelRows: Action = async (host, selection, client, say) => {
  const { read, labelRows } = host;
  if (!read || !labelRows) throw new Error(strings.cannot(strings.actions.labelRows.label));
  const spill = selection.spill ?? {
    anchor: selection.address,
    address: selection.address,
    formula: selection.formula ?? '',
    rows: 1,
  };
  const prompt = await promptBehind(spill, read);
  say(strings.asking);
  const labels = await client.show(await client.ids(prompt));
  if (labels.length !== spill.rows) {
    throw new Error(strings.prompt.otherCount(labels.length, partsOf(spill.address).cells, spill.rows));
  }
  return strings.labelled(labels.length, await labelRows(spill.address, labels));
};

/** Puts values in the place of the formula. */
export const freeze: Action = async (host, selection) => {
  if (!host.freeze) throw new Error(strings.cannot(strings.actions.freeze.label));
  return strings.frozen(await host.freeze(selection.spill?.address ?? selection.address));
};
