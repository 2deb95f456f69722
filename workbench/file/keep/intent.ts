/** What this tab is to show when its page loads: a workbook of the browser's, or a new one. */
export interface Intent {
  readonly open?: string;
  readonly begin?: 'tour' | 'empty';
  /** What is to be told once when it is there. */
  readonly told?: { readonly file: string; readonly leftOut: readonly string[] };
}

const KEY = 'gpt2-workbench';

/** Empty for a tab that is new. */
export function readIntent(): Intent {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Intent;
  } catch {
    return {};
  }
}

/** Where the browser keeps nothing, a reload begins anew. */
export function writeIntent(intent: Intent): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(intent));
  } catch {
    // The same browsers keep no workbooks, and that is said.
  }
}
