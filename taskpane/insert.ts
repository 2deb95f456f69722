import { chooseHost } from '../src/host/choose';
import { announce } from './announcer';
import { element, icon } from './dom';
import { sentenceOf } from './sentence';
import { strings } from './strings';

const note = element('p', { class: 'feedback' });

/**
 * Puts a formula into the selected cell and says where it went, or why not, in a line below the button: there the
 * eye already is.
 * @param row the formula's row, with its help open or not
 */
export async function insert(formula: string, row: HTMLElement): Promise<void> {
  try {
    const address = await (await chooseHost()).insertFormula(formula);
    const cell = address.slice(address.lastIndexOf('!') + 1);
    say(row, 'check', address ? strings.formulas.inserted(cell) : strings.formulas.copied);
  } catch (error) {
    say(row, 'error', sentenceOf(error, strings.formulas.notInserted));
  }
}

function say(row: HTMLElement, picture: 'check' | 'error', sentence: string): void {
  note.className = `feedback feedback-${picture}`;
  note.replaceChildren(icon(picture), element('span', {}, sentence));
  const opened = row.querySelector('details[open] > summary');
  if (opened) opened.after(note);
  else row.append(note);
  announce(sentence);
}
