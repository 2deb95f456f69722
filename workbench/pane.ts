/** The frame that holds the add-in's pane, and with it the runtime of all functions. */
import type { FunctionInfo } from './invoke/metadata';

const PANE = 'workbench-pane.html';
const SLOW_MS = 60_000;
/** Below this width of the window the pane starts closed. */
const ROOMY = '(min-width: 900px)';

interface PaneWindow extends Window {
  CustomFunctions?: { _association?: { mappings: Record<string, unknown> } };
}

/**
 * Loads the pane. It stays loaded while it is closed: the functions live in it.
 *
 * @param functions Those that must be there; the pane loads without waiting for the list.
 * @returns Its window, when every function of the list is registered there.
 * @throws Error with a sentence for the user.
 */
export async function loadPane(
  frame: HTMLIFrameElement,
  functions: Promise<readonly FunctionInfo[]>,
): Promise<Window> {
  const loaded = new Promise<void>((resolve, reject) => {
    const slow = setTimeout(
      () => reject(new Error('The pane with the functions did not load in time.')),
      SLOW_MS,
    );
    frame.addEventListener('load', () => {
      clearTimeout(slow);
      resolve();
    });
    // The pane reads the page's own address: which model to open, and what runs it.
    frame.src = `${PANE}${location.search}`;
  });
  const [list] = await Promise.all([functions, loaded]);
  const pane = frame.contentWindow as PaneWindow;
  const registered = pane.CustomFunctions?._association?.mappings ?? {};
  const missing = list.filter(({ id }) => !registered[id.toUpperCase()]);
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    throw new Error(`The pane loaded without these functions: ${names}.`);
  }
  return pane;
}

/** Lets a button open and close the pane. */
export function makeToggle(button: HTMLButtonElement, pane: HTMLElement): void {
  const show = (open: boolean) => {
    // Not `hidden`: browsers slow down frames that are not rendered at all.
    pane.inert = !open;
    document.body.classList.toggle('pane-open', open);
    button.setAttribute('aria-expanded', String(open));
  };
  show(matchMedia(ROOMY).matches);
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'));
}
