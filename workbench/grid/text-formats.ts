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

/** The section of a number format that is for texts, if it does more than repeat them. */
export function textSection(pattern: string): string | undefined {
  const section = pattern.split(';').find((part) => part.includes('@'));
  return section === '@' ? undefined : section;
}

/** A text in a section of a number format: `@` stands for it, quoted parts for themselves. */
export function withText(section: string, text: string): string {
  return section.replace(/"([^"]*)"|\\(.)|@/g, (part, quoted?: string, escaped?: string) =>
    part === '@' ? text : (quoted ?? escaped ?? ''),
  );
}

const isErrorCode = (text: string) => /^#[A-Z/0]+[!?]?$/.test(text);
