import { SCALES, type Scale } from './colours';

const forced = matchMedia('(forced-colors: active)');
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

/** With forced colours the system's own decide, which the page's theme does not know. */
const isDarkPage = (): boolean =>
  forced.matches ? prefersDark.matches : document.documentElement.style.colorScheme === 'dark';

/** Calls a listener when the page turns dark or light. */
export function onThemeChange(listener: () => void): void {
  let before = isDarkPage();
  const look = () => {
    if (before === isDarkPage()) return;
    before = isDarkPage();
    listener();
  };
  new MutationObserver(look).observe(document.documentElement, { attributeFilter: ['style'] });
  for (const query of [forced, prefersDark]) query.addEventListener('change', look);
}

/** The scale that suits the page as it is now. */
export const currentScale = (): Scale => (isDarkPage() ? SCALES.dark : SCALES.light);
