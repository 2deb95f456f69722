import type { FUniver } from '@univerjs/presets';
import type { SheetHost } from '../../src/host/host';
import { workbookIn } from '../grid/ranges';

/** Under this name the settings are among the workbook's own fields. */
const FIELD = 'settings';

/** What the workbook remembers, in its own data. */
export function setting(univerAPI: FUniver): Required<Pick<SheetHost, 'getSetting' | 'setSetting'>> {
  const stored = (): Record<string, string> => workbookIn(univerAPI).getCustomMetadata()?.[FIELD] ?? {};
  return {
    getSetting: async (key) => (Object.hasOwn(stored(), key) ? stored()[key] : undefined),
    setSetting: async (key, value) => {
      const { [key]: _, ...others } = stored();
      const workbook = workbookIn(univerAPI);
      workbook.setCustomMetadata({
        ...workbook.getCustomMetadata(),
        [FIELD]: value === undefined ? others : { ...others, [key]: value },
      });
    },
  };
}
