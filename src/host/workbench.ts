import type { SheetHost } from './host';

/** What the workbench leaves on its window for the pane in its frame. */
interface WorkbenchParent {
  readonly gpt2Workbench?: { readonly host?: SheetHost };
}

/** The workbench around this page, if there is one. */
export function workbenchHost(): SheetHost | undefined {
  if (window.parent === window) return undefined;
  try {
    return (window.parent as unknown as WorkbenchParent).gpt2Workbench?.host;
  } catch {
    return undefined; // the page around this one is of another origin: Excel on the web, for one
  }
}
