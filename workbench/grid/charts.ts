import type { IWorksheetData, Worksheet } from '@univerjs/presets';
import type { Chart } from '../../src/workbook/sheet';

/** Under this name a sheet's charts are among its own fields. */
const FIELD = 'charts';

/** The charts of a sheet, among the fields that it stores for others. */
export const storedCharts = (charts: readonly Chart[]): NonNullable<IWorksheetData['custom']> => ({
  [FIELD]: charts,
});

/** The charts that a sheet has. */
export function chartsOf(worksheet: Worksheet): readonly Chart[] {
  return (worksheet.getCustomMetadata()?.[FIELD] as readonly Chart[] | undefined) ?? [];
}
