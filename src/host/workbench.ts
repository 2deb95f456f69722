import type { SheetHost } from './host';

/** What the workbench leaves on its window for the pane in its frame, perhaps before it has a spreadsheet. */
interface WorkbenchParent {
  readonly gpt2Wire?: { readonly host: Promise<SheetHost> };
}

/** The workbench around this page, if there is one; waits until it has a spreadsheet, and takes it for none where that fails. */
export async function workbenchHost(): Promise<SheetHost | undefined> {
  if (window.parent === window) return undefined;
  try {
    return await (window.parent as unknown as WorkbenchParent).gpt2Wire?.host;
  } catch {
    // Of another origin, as Excel on the web is, or of a workbench that could not start, which says so itself.
    return undefined;
  }
}
