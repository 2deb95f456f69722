import { area, partsOf } from '../../workbook/address';
import { formatOfShaded, LOWEST_SHADED, type Shading, shadeOf } from '../../workbook/shades';
import type { Step } from '../changes';
import { sentences } from '../sentences';
import { addressIn } from './cells';
import { rangeAt, valuesOf } from './ranges';
import { run } from './run';
import { addMask, addScale } from './scales';

/** See `SheetHost.shade`. */
export async function shadeRange(
  context: Excel.RequestContext,
  given: string,
  shading: Shading,
): Promise<Step> {
  const range = await rangeAt(context, given);
  range.load(['address', 'numberFormat']);
  const values = await valuesOf(context, range);
  const { address, numberFormat } = range;
  const numbers = values.flat().filter((value) => typeof value === 'number');
  if (numbers.length === 0) throw new Error(sentences.noNumbers(address));

  const { cells } = partsOf(address);
  const added = [addScale(range, cells, shadeOf(cells, shading))];
  if (numbers.some((value) => value < LOWEST_SHADED)) added.push(addMask(range));
  for (const each of added) each.load('id');
  const format = formatOfShaded(values);
  if (format) range.numberFormat = values.map((row) => row.map(() => format));
  await context.sync();
  const ids = new Set(added.map(({ id }) => id));

  const { top, left } = area(cells);
  const remaining = async (again: Excel.RequestContext, there: Excel.Range) => {
    there.conditionalFormats.load('items/id');
    there.load('numberFormat');
    await again.sync();
    return there.conditionalFormats.items.filter(({ id }) => ids.has(id));
  };
  return {
    kind: 'shade',
    address,
    since: () =>
      run(async (again) => {
        const there = await rangeAt(again, address);
        if ((await remaining(again, there)).length === 0) return 'undone';
        if (!format) return [];
        return there.numberFormat.flatMap((row, r) =>
          row.flatMap((now, c) => (now === format ? [] : [addressIn(address, top + r, left + c)])),
        );
      }),
    undo: () =>
      run(async (again) => {
        const there = await rangeAt(again, address);
        for (const each of await remaining(again, there)) each.delete();
        if (format) there.numberFormat = numberFormat;
        await again.sync();
      }),
  };
}
