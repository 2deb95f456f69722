import { element, icon } from '../dom';
import type { Note } from './collection';

/** A sentence about how something came out. */
export const noteLine = ({ kind, text }: Note): HTMLElement =>
  element(
    'p',
    { class: `library-note feedback-${kind}` },
    ...(kind === 'wait' ? [] : [icon(kind)]),
    element('span', {}, text),
  );
