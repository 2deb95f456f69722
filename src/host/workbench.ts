import type { SheetHost } from './host';

/** What the workbench leaves on its window for the pane in its frame, perhaps before it has a spreadsheet. */
interface WorkbenchParent {
  readonly gpt2Wire?: {
    readonly host: Promise<SheetHost>;
    readonly engine?: { take(): Worker };
    readonly getSetting?: SheetHost['getSetting'];
  };
}

/** @returns undefined where there is no workbench around this page */
function wire(): WorkbenchParent['gpt2Wire'] {
  if (window.parent === window) return undefined;
  try {
    return (window.parent as unknown as WorkbenchParent).gpt2Wire;
  } catch {
    return undefined; // of another origin, as Excel on the web is
  }
}

/** The workbench around this page, if there is one; waits until it has a spreadsheet, and takes it for none where that fails. */
export async function workbenchHost(): Promise<SheetHost | undefined> {
  try {
    return await wire()?.host;
  } catch {
    return undefined; // a workbench that could not start says so itself
  }
}

/** The engine's worker, where the workbench around this page has started one for it. */
export const workbenchWorker = (): Worker | undefined => wire()?.engine?.take();

/** What the workbook in the workbench around this page remembers, which is known before there is a spreadsheet. */
export function workbenchSettings(): Pick<SheetHost, 'getSetting'> | undefined {
  const getSetting = wire()?.getSetting;
  return getSetting && { getSetting };
}
