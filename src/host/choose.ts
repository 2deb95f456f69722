import { inTime } from '../in-time';
import { excelHost } from './excel';
import type { SheetHost } from './host';
import { noHost } from './none';
import { workbenchHost } from './workbench';

/** Office.js sometimes never says whether there is a host; after this long there is none. */
const PATIENCE_MS = 3000;

/**
 * The spreadsheet around the page: the workbench, Excel, or none.
 * Cheap once Office.js is ready, so ask again for every use: Excel may have reported late.
 */
export async function chooseHost(): Promise<SheetHost> {
  const workbench = await workbenchHost();
  if (workbench) return workbench;
  return (await inExcel()) ? excelHost : noHost;
}

/** Whether Office.js is here and has Excel around it. */
export async function inExcel(): Promise<boolean> {
  if (typeof Office === 'undefined' || typeof Office.onReady !== 'function') return false;
  const info = await inTime(Office.onReady(), PATIENCE_MS, () => undefined);
  return info?.host === Office.HostType?.Excel && info !== undefined;
}
