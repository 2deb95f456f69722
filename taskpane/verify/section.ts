import { element } from '../dom';
import { later } from '../later';
import type { Session } from '../session';
import { strings } from '../strings';

/** The place of the verification. What it needs is large, published values above all, and comes when this is on the page. */
export const verifySection = (session: Session): HTMLElement =>
  element(
    'section',
    { class: 'verify', 'aria-labelledby': 'verify-heading' },
    element('h2', { id: 'verify-heading' }, strings.verify.heading),
    element('p', { class: 'note' }, strings.verify.lead),
    later(async () => (await import(/* webpackChunkName: "verify" */ './view')).verifyView(session)),
  );
