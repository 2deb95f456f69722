import type { ModelRef } from './api';

/** Whether two references mean the same model, at whatever commit. A folder of this computer is never the same as another. */
export function isSame(a: ModelRef, b: ModelRef): boolean {
  if (a.kind === 'hub' && b.kind === 'hub') {
    return a.id === b.id && (a.revision ?? 'main') === (b.revision ?? 'main');
  }
  return a.kind === 'url' && b.kind === 'url' && a.url.replace(/\/+$/, '') === b.url.replace(/\/+$/, '');
}
