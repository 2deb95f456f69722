import { webDarkTheme, webLightTheme } from '@fluentui/tokens';
import { setTheme } from '@fluentui/web-components/theme/index.js';
import { inExcel } from '../src/host/choose';
import { isDark } from './colour';

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

/** Dresses the page in Fluent's colours, light or dark as Office is, or else as the system is. */
export function followTheme(): void {
  let office: boolean | undefined;
  const apply = () => {
    const dark = office ?? prefersDark.matches;
    setTheme(dark ? webDarkTheme : webLightTheme);
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  };
  const readOffice = async () => {
    if (await inExcel()) office = officeIsDark();
    apply();
  };
  apply();
  void readOffice();
  prefersDark.addEventListener('change', apply);
  // Excel tells no one when its theme changes; people change it elsewhere, and then come back to the pane.
  addEventListener('focus', readOffice);
  document.addEventListener('visibilitychange', readOffice);
}

/** Whether Office wears a dark theme; undefined where it does not say. */
function officeIsDark(): boolean | undefined {
  const theme: Partial<Office.OfficeTheme> | undefined = Office.context?.officeTheme;
  return theme?.isDarkTheme ?? (theme?.bodyBackgroundColor ? isDark(theme.bodyBackgroundColor) : undefined);
}
