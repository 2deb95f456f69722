import { BooleanNumber, InterceptorEffectEnum, type Univer } from '@univerjs/presets';
import {
  INTERCEPTOR_POINT,
  InterceptCellContentPriority,
  SheetInterceptorService,
} from '@univerjs/presets/preset-sheets-core';
import { palette } from '../../src/workbook/looks';
import { readMarks } from '../grid/marks';

/** A small triangle in the corner, as spreadsheets mark notes. */
const CORNER = { tr: { color: palette.gold, size: 7 } };

/** Shows which cells have notes and links: a corner, and an underline. */
export function drawMarks(univer: Univer): void {
  univer
    .__getInjector()
    .get(SheetInterceptorService)
    .intercept(INTERCEPTOR_POINT.CELL_CONTENT, {
      effect: InterceptorEffectEnum.Style,
      // After the colours and formats of other interceptors, which replace a cell's style.
      priority: InterceptCellContentPriority.NUMFMT + 3,
      handler: (cell, { workbook }, next) => {
        if (!cell?.custom) return next(cell);
        const { note, link } = readMarks(cell);
        const style = link && {
          s: {
            ...workbook.getStyles().get(cell.s),
            cl: { rgb: palette.blue },
            ul: { s: BooleanNumber.TRUE },
          },
        };
        return next({ ...cell, ...(note && { markers: CORNER }), ...style });
      },
    });
}
