import type { SheetHost } from '../src/host/host';
import type { HubRef, StoredModel, UrlRef } from '../src/models/api';
import { isSame } from '../src/models/same';

/** What a workbook remembers of the model that its numbers come from. */
export interface WorkbookModel {
  readonly name: string;
  /** Where to get it; missing for a folder of somebody's computer. */
  readonly ref?: HubRef | UrlRef;
  /** SHA-256 of its weights. */
  readonly sha256: string;
}

const KEY = 'gpt2-model';

/** @returns undefined where the workbook, or the spreadsheet, remembers none */
export async function readWorkbookModel(
  host: Pick<SheetHost, 'getSetting'>,
): Promise<WorkbookModel | undefined> {
  const text = await host.getSetting?.(KEY);
  if (text === undefined) return undefined;
  try {
    const { name, ref, sha256 } = JSON.parse(text) as Partial<WorkbookModel>;
    return name && typeof sha256 === 'string' ? { name, ref, sha256 } : undefined;
  } catch {
    return undefined; // somebody else's, or of a version to come
  }
}

export async function writeWorkbookModel(host: SheetHost, model: WorkbookModel | undefined): Promise<void> {
  await host.setSetting?.(KEY, model && JSON.stringify(model));
}

/** The stored model that a workbook remembers, if all of it is on this device. */
export const storedFor = ({ ref }: WorkbookModel, stored: readonly StoredModel[]): StoredModel | undefined =>
  ref && stored.find((model) => model.complete && isSame(model.ref, ref));
