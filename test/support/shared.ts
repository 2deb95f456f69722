import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * A file or folder of test data that lies beside the project and not in it.
 * @returns its path, or undefined, with a line that says so, where it is absent
 */
export function shared(path: string): string | undefined {
  const full = resolve(import.meta.dirname, '../../../shared', path);
  if (existsSync(full)) return full;
  console.log(`Skipped: ../shared/${path} is not beside this checkout.`);
  return undefined;
}
