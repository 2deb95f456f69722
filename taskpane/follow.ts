import type { SheetHost } from '../src/host/host';

/** Keeps the view in step with the sheet while it is seen: reading a selection that nobody looks at costs Excel time. */
export function follow(host: SheetHost, view: HTMLElement, update: () => void): void {
  let seen = false;
  host.onSelectionChange?.(() => {
    if (seen) update();
  });
  new IntersectionObserver(([entry]) => {
    seen = entry?.isIntersecting ?? false;
    if (seen) update();
  }).observe(view);
}
