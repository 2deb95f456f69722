import { pageOf } from '../../src/catalogue/pages';

/** Text as HTML. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const code = (text: string): string => `<code>${escaped(text)}</code>`;

/** The address of a formula's page, seen from another page of the documentation. */
export const besides = (id: string): string => pageOf(id).replace(/^docs\//, '');

export const linkTo = (id: string): string => `<a href="${besides(id)}">${code(id)}</a>`;

/** Text in which names of other formulas become links to their pages. */
export function linked(text: string, ids: ReadonlySet<string>, self?: string): string {
  return escaped(text).replace(/\b[A-Z][A-Z_]+\b(?!!)/g, (name) =>
    ids.has(name) && name !== self ? linkTo(name) : name,
  );
}

/** A box that scrolls by itself where its content is too wide; the keyboard reaches it. */
export const scroller = (label: string, content: string): string =>
  `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(label)}">${content}</div>`;
