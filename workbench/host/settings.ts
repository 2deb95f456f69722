import {
  CommandType,
  type FUniver,
  ICommandService,
  type IMutation,
  IUniverInstanceService,
  type Univer,
  UniverInstanceType,
  type Workbook,
} from '@univerjs/presets';
import type { SheetHost } from '../../src/host/host';
import { workbookIn } from '../grid/ranges';
import { FIELD, type Settings, settingOf, settingsIn } from './remembered';

/** Gives the workbook other settings: a mutation of Univer's, so that whoever keeps the workbook hears of it. */
const SetSettingsMutation: IMutation<{ unitId: string; settings: Settings }> = {
  id: 'workbench.mutation.set-settings',
  type: CommandType.MUTATION,
  handler: (accessor, { unitId, settings }) => {
    const workbook = accessor
      .get(IUniverInstanceService)
      .getUnit<Workbook>(unitId, UniverInstanceType.UNIVER_SHEET);
    workbook?.setCustomMetadata({ ...workbook.getCustomMetadata(), [FIELD]: settings });
    return workbook !== undefined && workbook !== null;
  },
};

/** Makes the mutation known. */
export function registerSettings(univer: Univer): void {
  univer.__getInjector().get(ICommandService).registerCommand(SetSettingsMutation);
}

/** What the workbook remembers, in its own data. */
export function setting(univerAPI: FUniver): Required<Pick<SheetHost, 'getSetting' | 'setSetting'>> {
  const stored = (): Settings => settingsIn({ custom: workbookIn(univerAPI).getCustomMetadata() });
  return {
    getSetting: async (key) => settingOf(stored(), key),
    setSetting: async (key, value) => {
      const { [key]: before, ...others } = stored();
      if (before === value) return;
      const settings = value === undefined ? others : { ...others, [key]: value };
      await univerAPI.executeCommand(SetSettingsMutation.id, {
        unitId: workbookIn(univerAPI).getId(),
        settings,
      });
    },
  };
}
