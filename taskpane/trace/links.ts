import type { Link } from '../../src/trace/explanation';
import { element } from '../dom';
import { words } from './words';

/** Where links lead, in a few letters, and how to go there. */
export interface Ways {
  /** The address where a link's numbers are, or what happens in place of going there. */
  hint(link: Link): Promise<string>;
  go(link: Link): void;
}

/** Links under a heading; nothing where there are none. */
export function linkList(heading: string, links: readonly Link[], ways: Ways): HTMLElement[] {
  if (links.length === 0) return [];
  const items = links.map((link) => {
    const hint = element('span', { class: 'trace-hint' });
    const label = element('span', { class: 'trace-label' }, ...words(link.label));
    const made = element('button', { class: 'trace-link', type: 'button', title: link.formula }, label, hint);
    made.addEventListener('click', () => ways.go(link));
    void ways.hint(link).then((text) => hint.append(text));
    return element('li', {}, made);
  });
  return [element('h3', {}, heading), element('ul', { class: 'trace-links' }, ...items)];
}
