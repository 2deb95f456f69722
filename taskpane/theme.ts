import { webDarkTheme, webLightTheme } from '@fluentui/tokens';
import { setTheme } from '@fluentui/web-components/theme/index.js';
import { inExcel } from '../src/host/choose';

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

/**
 * Whether light text is readable on a colour.
 * @param colour such as `#FFA500`
 */
export function isDark(colour: string): boolean | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colour);
  if (!hex) return undefined;
  const [red = 0, green = 0, blue = 0] = hex.slice(1).map((part) => Number.parseInt(part, 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
