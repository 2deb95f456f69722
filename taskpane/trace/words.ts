import { element } from '../dom';

/** Tokens stand in these in the sentences of an explanation. A token may itself be a quotation mark. */
const TOKEN = /“([\s\S]+?)”(?!”)/;

const MARKS: Readonly<Record<string, string>> = { '\n': '⏎', '\t': '⇥' };

/** A sentence whose tokens stand out, their spaces and line ends visible. */
export function words(text: string): (Node | string)[] {
  // With a group in it, split gives sentence and token by turns.
  return text.split(TOKEN).map((part, i) => (i % 2 === 0 ? part : tokenChip(part)));
}

/** One token. A space in it shows as a dot that is not part of the text. */
export function tokenChip(text: string): HTMLElement {
  const parts = text
    .split(/([ \n\t])/)
    .filter(Boolean)
    .map((part) => {
      if (part === ' ') return element('span', { class: 'trace-space' }, part);
      return MARKS[part] ?? part;
    });
  return element('span', { class: 'trace-token' }, ...parts);
}
