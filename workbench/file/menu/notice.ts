import { strings } from '../strings';
import { button, make } from './elements';

/** Something to be told across the page. */
export interface Notice {
  readonly text: string;
  readonly kind?: 'error';
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** The line under the header, which stays until it is closed or another takes its place. */
export class Notices {
  /** @param place An element with role `status`, which is there from the start, so that screen readers listen. */
  constructor(private readonly place: HTMLElement) {}

  show({ text, kind, action }: Notice): void {
    const close = button('×', () => this.clear(), strings.notice.dismiss);
    close.className = 'notice-close';
    this.place.dataset.kind = kind ?? '';
    this.place.replaceChildren(
      make('p', { textContent: text }),
      ...(action ? [button(action.label, action.run)] : []),
      close,
    );
  }

  clear(): void {
    this.place.replaceChildren();
  }
}
