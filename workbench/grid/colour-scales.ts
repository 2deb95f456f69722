import {
  type ICellData,
  InterceptorEffectEnum,
  type IObjectMatrixPrimitiveType,
  type IStyleData,
  type Nullable,
  type Univer,
} from '@univerjs/presets';
import {
  FormulaDataModel,
  INTERCEPTOR_POINT,
  InterceptCellContentPriority,
  SheetInterceptorService,
} from '@univerjs/presets/preset-sheets-core';
import { type Area, area } from '../../src/workbook/address';
import { colourOf, type Extent } from '../../src/workbook/colours';
import type { ColourScale, Sheet } from '../../src/workbook/sheet';

interface Painted {
  scale: ColourScale;
  area: Area;
  /** Of the values now in the cells; measured when it is first asked for. */
  extent?: Extent;
}

/**
 * Colours the cells of a workbook's colour scales. Univer's own conditional formatting does not see the cells that a
 * formula spills into.
 *
 * @param onCalculated Calls its listener whenever values have changed.
 */
export function showColourScales(
  univer: Univer,
  sheets: readonly Sheet[],
  onCalculated: (listener: () => void) => void,
): void {
  const injector = univer.__getInjector();
  const painted = new Map<string, Painted[]>();
  for (const { name, scales } of sheets) {
    painted.set(
      name,
      scales.map((scale) => ({ scale, area: area(scale.range) })),
    );
  }
  onCalculated(() => {
    for (const ranges of painted.values()) for (const range of ranges) range.extent = undefined;
  });

  injector.get(SheetInterceptorService).intercept(INTERCEPTOR_POINT.CELL_CONTENT, {
    effect: InterceptorEffectEnum.Style,
    // Before formats turn the number into a text.
    priority: InterceptCellContentPriority.NUMFMT + 2,
    handler: (cell, { unitId, subUnitId, row, col, workbook }, next) => {
      const range = painted.get(subUnitId)?.find((each) => contains(each.area, row, col));
      if (!range || typeof cell?.v !== 'number') return next(cell);
      range.extent ??= extentOf(
        injector.get(FormulaDataModel).getArrayFormulaCellData()[unitId]?.[subUnitId] ?? {},
        range.area,
      );
      const style: IStyleData = { ...workbook.getStyles().get(cell.s) };
      return next({ ...cell, s: { ...style, bg: { rgb: colourOf(range.scale, range.extent, cell.v) } } });
    },
  });
}

/** The extent of the numbers in an area, as far as formulas have filled it. */
function extentOf(
  cells: IObjectMatrixPrimitiveType<Nullable<ICellData>>,
  { top, left, bottom, right }: Area,
): Extent {
  const extent = { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY };
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const value = cells[row]?.[column]?.v;
      if (typeof value !== 'number') continue;
      extent.lowest = Math.min(extent.lowest, value);
      extent.highest = Math.max(extent.highest, value);
    }
  }
  return extent;
}

function contains({ top, left, bottom, right }: Area, row: number, column: number): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}
