import type { SheetHost } from './host';
import { sentences } from './sentences';

/** No spreadsheet around the page: a formula goes to the clipboard, ready to be pasted into one. */
export const noHost: SheetHost = {
  name: '',

  async insertFormula(formula) {
    try {
      await navigator.clipboard.writeText(formula);
    } catch (cause) {
      throw new Error(sentences.clipboardClosed(formula), { cause });
    }
    return '';
  },
};
