/** Long enough to pass over cells on the way, too short to be waited for. */
const PAUSE_MS = 150;

/** Calls a listener once, some time after the last of several calls. */
export function debounced(listener: () => void): { call(): void; cancel(): void } {
  let due: ReturnType<typeof setTimeout> | undefined;
  return {
    call: () => {
      clearTimeout(due);
      due = setTimeout(listener, PAUSE_MS);
    },
    cancel: () => clearTimeout(due),
  };
}
