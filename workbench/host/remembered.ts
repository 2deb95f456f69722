import type { IWorkbookData } from '@univerjs/presets';

/** What a workbook remembers, by key. */
export type Settings = Readonly<Record<string, string>>;

/** Under this name the settings are among the workbook's own fields. */
export const FIELD = 'settings';

/** What a workbook remembers that is not open yet. */
export const settingsIn = (data: Pick<IWorkbookData, 'custom'> | undefined): Settings =>
  data?.custom?.[FIELD] ?? {};

/** One thing of it. */
export const settingOf = (settings: Settings, key: string): string | undefined =>
  Object.hasOwn(settings, key) ? settings[key] : undefined;
