import {
  CellValueType,
  type ICellData,
  InterceptorEffectEnum,
  type Nullable,
  type Univer,
} from '@univerjs/presets';
import {
  INTERCEPTOR_POINT,
  InterceptCellContentPriority,
  SheetInterceptorService,
} from '@univerjs/presets/preset-sheets-core';
import { textSection, withText } from './text-format';

/** Shows texts in number formats such as `"«"@"»"`, as Excel does. Univer formats numbers only. */
export function showTextFormats(univer: Univer): void {
  const interceptors = univer.__getInjector().get(SheetInterceptorService);
  interceptors.intercept(INTERCEPTOR_POINT.CELL_CONTENT, {
    effect: InterceptorEffectEnum.Value,
    // Before the formats of numbers, which let texts pass.
    priority: InterceptCellContentPriority.NUMFMT + 1,
    handler: (cell, { workbook }, next) => next(formatted(cell, (style) => workbook.getStyles().get(style))),
  });
}

type Cell = Nullable<ICellData>;

function formatted<C extends Cell>(
  cell: C,
  styleOf: (style: ICellData['s']) => Nullable<{ n?: Nullable<{ pattern: string }> }>,
): C {
  if (cell?.t !== CellValueType.STRING || typeof cell.v !== 'string' || !cell.s) return cell;
  const section = textSection(styleOf(cell.s)?.n?.pattern ?? '');
  return section && !isErrorCode(cell.v) ? { ...cell, v: withText(section, cell.v) } : cell;
}

const isErrorCode = (text: string) => /^#[A-Z/0]+[!?]?$/.test(text);
