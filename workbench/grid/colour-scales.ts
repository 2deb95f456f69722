import { InterceptorEffectEnum, type IStyleData, type Univer, type Worksheet } from '@univerjs/presets';
import {
  FormulaDataModel,
  INTERCEPTOR_POINT,
  InterceptCellContentPriority,
  SetRangeValuesMutation,
  SheetInterceptorService,
} from '@univerjs/presets/preset-sheets-core';
import { type Area, area } from '../../src/workbook/address';
import { colourOf, type Extent } from '../../src/workbook/colours';
import { LOWEST_SHADED } from '../../src/workbook/shades';
import type { ColourScale } from '../../src/workbook/sheet';
import type { Session } from '../session';
import { SetColourScalesMutation, scalesOf } from './scales';

/**
 * Colours the cells of a workbook's colour scales; of several over one cell the first counts. Univer's own
 * conditional formatting does not see the cells that a formula spills into.
 */
export function showColourScales({ univer, univerAPI, onCalculated }: Session): void {
  const areas = new WeakMap<ColourScale, Area>();
  const areaOf = (scale: ColourScale) => {
    const known = areas.get(scale) ?? area(scale.range);
    areas.set(scale, known);
    return known;
  };

  /** Of the values now in the cells; each measured when it is first asked for. */
  let extents = new WeakMap<ColourScale, Extent>();
  const forget = () => {
    extents = new WeakMap();
  };
  onCalculated(forget);
  univerAPI.onCommandExecuted(({ id }) => {
    if (id === SetRangeValuesMutation.id) forget();
    if (id === SetColourScalesMutation.id) univerAPI.getActiveWorkbook()?.getActiveSheet().refreshCanvas();
  });
  const extentIn = (worksheet: Worksheet, scale: ColourScale) => {
    const known = extents.get(scale) ?? extentOf(univer, worksheet, areaOf(scale));
    extents.set(scale, known);
    return known;
  };

  univer
    .__getInjector()
    .get(SheetInterceptorService)
    .intercept(INTERCEPTOR_POINT.CELL_CONTENT, {
      effect: InterceptorEffectEnum.Style,
      // Before formats turn the number into a text.
      priority: InterceptCellContentPriority.NUMFMT + 2,
      handler: (cell, { row, col, workbook, worksheet }, next) => {
        const value = cell?.v;
        if (typeof value !== 'number' || value < LOWEST_SHADED) return next(cell);
        const scale = scalesOf(worksheet).find((each) => contains(areaOf(each), row, col));
        if (!scale) return next(cell);
        const style: IStyleData = { ...workbook.getStyles().get(cell?.s) };
        const rgb = colourOf(scale, extentIn(worksheet, scale), value);
        return next({ ...cell, s: { ...style, bg: { rgb } } });
      },
    });
}

/** The extent of the numbers in an area, those that formulas spill there among them, without what is masked. */
function extentOf(univer: Univer, worksheet: Worksheet, { top, left, bottom, right }: Area): Extent {
  const spilled =
    univer.__getInjector().get(FormulaDataModel).getArrayFormulaCellData()[worksheet.getUnitId()]?.[
      worksheet.getSheetId()
    ] ?? {};
  const extent = { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY };
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const value = spilled[row]?.[column]?.v ?? worksheet.getCellRaw(row, column)?.v;
      if (typeof value !== 'number' || value < LOWEST_SHADED) continue;
      extent.lowest = Math.min(extent.lowest, value);
      extent.highest = Math.max(extent.highest, value);
    }
  }
  return extent;
}

function contains({ top, left, bottom, right }: Area, row: number, column: number): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}
