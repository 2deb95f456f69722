const PREFIX = 'gpt2-workbook-';
/** A tab that is loaded again may find that the page before has not let go yet. */
const LETS_GO_WITHIN = 1000;

/**
 * Claims a workbook for this tab, for as long as the tab lives; a tab that crashes gives it back by that.
 *
 * @returns how to give it back; nothing when another tab has it
 */
export async function claim(id: string): Promise<(() => void) | undefined> {
  // Without Web Locks, the revisions of what is written tell of other tabs, though later.
  if (!navigator.locks) return () => {};
  return new Promise((resolve) => {
    const hold = () => new Promise<void>((release) => resolve(release));
    navigator.locks
      .request(`${PREFIX}${id}`, { signal: AbortSignal.timeout(LETS_GO_WITHIN) }, hold)
      .catch(() => resolve(undefined));
  });
}

/** The workbooks that are open in some tab. */
export async function claimed(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.flatMap(({ name = '' }) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : [])));
}
