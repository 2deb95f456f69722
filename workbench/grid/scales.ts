import {
  CommandType,
  ICommandService,
  type IMutation,
  IUniverInstanceService,
  type IWorksheetData,
  type Univer,
  UniverInstanceType,
  type Workbook,
  type Worksheet,
} from '@univerjs/presets';
import type { ColourScale } from '../../src/workbook/sheet';

/** Under this name a sheet's colour scales are among its own fields, so that they go wherever the workbook goes. */
const FIELD = 'colourScales';

/** The colour scales of a sheet, among the fields that it stores for others. */
export const storedScales = (scales: readonly ColourScale[]): NonNullable<IWorksheetData['custom']> => ({
  [FIELD]: scales,
});

/** The colour scales that a sheet has now. */
export function scalesOf(worksheet: Worksheet): readonly ColourScale[] {
  return (worksheet.getCustomMetadata()?.[FIELD] as readonly ColourScale[] | undefined) ?? [];
}

export interface ScalesParams {
  unitId: string;
  subUnitId: string;
  scales: readonly ColourScale[];
}

/** Gives a sheet other colour scales: a mutation of Univer's, so that it can be undone with the others. */
export const SetColourScalesMutation: IMutation<ScalesParams> = {
  id: 'workbench.mutation.set-colour-scales',
  type: CommandType.MUTATION,
  handler: (accessor, { unitId, subUnitId, scales }) => {
    const worksheet = accessor
      .get(IUniverInstanceService)
      .getUnit<Workbook>(unitId, UniverInstanceType.UNIVER_SHEET)
      ?.getSheetBySheetId(subUnitId);
    worksheet?.setCustomMetadata({ ...worksheet.getCustomMetadata(), [FIELD]: scales });
    return worksheet !== undefined && worksheet !== null;
  },
};

/** Makes the mutation known. */
export function registerScales(univer: Univer): void {
  univer.__getInjector().get(ICommandService).registerCommand(SetColourScalesMutation);
}
