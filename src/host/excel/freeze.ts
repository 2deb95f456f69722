import { area, partsOf } from '../../workbook/address';
import type { Step } from '../changes';
import { sentences } from '../sentences';
import { addressIn, contentsOf } from './cells';
import { rangeAt } from './ranges';
import { run } from './run';

/** See `SheetHost.freeze`. */
export async function freezeFormula(context: Excel.RequestContext, given: string): Promise<Step> {
  const cell = (await rangeAt(context, given)).getCell(0, 0);
  const parent = cell.getSpillParentOrNullObject();
  await context.sync();
  const anchor = parent.isNullObject ? cell : parent;
  const filled = anchor.getSpillingToRangeOrNullObject();
  await context.sync();
  const range = filled.isNullObject ? anchor : filled;
  anchor.load('formulas');
  range.load(['address', 'values', 'valueTypes']);
  await context.sync();

  const { address, values, valueTypes } = range;
  const formula = String(anchor.formulas[0]?.[0] ?? '');
  if (!formula.startsWith('=')) throw new Error(sentences.noFormula(address));
  if (valueTypes[0]?.[0] === 'Error') throw new Error(sentences.notYet(address, String(values[0]?.[0])));
  // By its address: as what the formula fills, it is gone with the formula.
  const place = await rangeAt(context, address);
  place.values = values.map((row, r) =>
    // With an apostrophe before it a text stays a text.
    row.map((value, c) => (valueTypes[r]?.[c] === 'String' ? `'${value}` : value)),
  );
  const frozen = await contentsOf(context, place);

  const { top, left } = area(partsOf(address).cells);
  return {
    kind: 'freeze',
    address,
    since: () =>
      run(async (again) => {
        const now = await contentsOf(again, await rangeAt(again, address));
        if (now[0]?.[0] === formula) return 'undone';
        return frozen.flatMap((row, r) =>
          row.flatMap((content, c) =>
            now[r]?.[c] === content ? [] : [addressIn(address, top + r, left + c)],
          ),
        );
      }),
    undo: () =>
      run(async (again) => {
        const there = await rangeAt(again, address);
        // First all the values go, or the formula would find them in its way.
        there.clear('Contents');
        await again.sync();
        there.getCell(0, 0).formulas = [[formula]];
        await again.sync();
      }),
  };
}
