import { bytesInWords } from './xlsx/strings';

const workbooks = (count: number) => (count === 1 ? 'One workbook' : `${count} workbooks`);

/** What is said about keeping, saving and opening workbooks. What is said about single files is in `xlsx/strings.ts`. */
export const strings = {
  unnamed: 'My workbook',
  title: (name: string) => `${name} – GPT-2 in cells`,

  menu: {
    button: 'File',
    new: 'New workbook',
    open: 'Open…',
    save: 'Save as .xlsx',
    values: 'Save as .xlsx, GPT-2’s numbers as values',
    rename: 'Rename…',
    list: 'Workbooks in this browser…',
    tour: 'Start afresh with the tour',
  },

  state: {
    waiting: 'Saving…',
    saved: 'Saved in this browser',
    failed: 'Not saved',
    nothingKept: 'Not kept',
  },

  notice: {
    dismiss: 'Close this message',
    saved: (name: string) =>
      `“${name}” is saved in this browser. To take it elsewhere, save it as an .xlsx file.`,
    unchanged:
      'Nothing has been changed yet. From the first change on, this workbook is kept in this browser.',
    written: (file: string) => `Saved as “${file}” in your downloads.`,
    opened: (file: string) => `“${file}” is open, and kept in this browser from now on.`,
    download: 'Save as .xlsx',
    again: 'Try again',
    full: (reason: string) =>
      `Your changes are not saved: this browser’s storage is full (${reason}). Save the workbook as .xlsx, ` +
      `or delete workbooks or models that you do not need.`,
    failed: (reason: string) =>
      `Your changes are not saved: ${reason} Save the workbook as .xlsx to keep them. It is tried again meanwhile.`,
    nothingKept: (reason: string) =>
      `This browser keeps nothing for this page, as in some private windows or by its settings (${reason}). ` +
      `What you do here is gone when you close the tab, unless you save it as .xlsx.`,
    copy: (name: string, copy: string) =>
      `“${name}” is open in another tab. What you change here is kept as “${copy}”.`,
    overtaken: (name: string, copy: string) =>
      `“${name}” was changed in another tab at the same time. This tab goes on as “${copy}”; nothing is lost in either.`,
    gone: 'The workbook that was open here has been deleted from this browser. This is a new one.',
    newer: (name: string) =>
      `“${name}” was saved by a newer version of the workbench, which this page does not understand. It is kept as it is. ` +
      `Close all tabs of this page and open it again to get the newest version.`,
    damaged: (name: string, reason: string) =>
      `“${name}” cannot be read: what the browser has kept of it is damaged (${reason}) It is left as it is; this is a new workbook.`,
    cancelled: 'Cancelled. Nothing has changed.',
  },

  busy: {
    reading: (file: string) => `Reading “${file}”…`,
    writing: (file: string) => `Writing “${file}”…`,
    cancel: 'Cancel',
  },

  failed: {
    title: 'The file was not opened',
    written: 'The file was not written',
    close: 'Close',
    lost: (file: string) =>
      `“${file}” was not read: the browser ended the program that reads files, most likely because there was not enough memory.`,
    cannotKeep: (file: string, reason: string) =>
      `“${file}” was read, but there is no place in this browser’s storage to keep it (${reason}). Delete workbooks or models that you do not need.`,
    cannotOpen: (file: string) =>
      `“${file}” cannot be opened, because this browser keeps nothing for this page. Use a window that is not private, or allow this site to store data.`,
    several: 'Open one file at a time.',
  },

  leftOut: {
    title: (file: string) => `“${file}” is open`,
    lead: 'The workbench has no place for a part of what is in the file:',
    file: 'The file itself is unchanged.',
    close: 'Continue',
  },

  leave: {
    title: 'Your changes are not saved',
    text: 'This browser cannot keep the workbook that is open. If you go on, what you have changed since is lost.',
    save: 'Save as .xlsx',
    go: 'Go on without saving',
    stay: 'Stay here',
  },

  rename: {
    title: 'Rename this workbook',
    label: 'Name',
    save: 'Rename',
    cancel: 'Cancel',
    empty: 'A workbook needs a name.',
  },

  list: {
    title: 'Workbooks in this browser',
    lead: 'They are kept on this device, for everyone who uses this browser. Save those that you want to take with you as .xlsx.',
    none: 'No workbook is kept here yet. One is from its first change on.',
    unavailable: 'This browser keeps no workbooks for this page.',
    failed: (reason: string) => `The list cannot be read: ${reason}`,
    here: 'open here',
    elsewhere: 'open in another tab',
    facts: (changed: string, bytes: number) => `${changed} · ${bytesInWords(bytes)}`,
    sum: (count: number, bytes: number) => `${workbooks(count)}, ${bytesInWords(bytes)}`,
    open: (name: string) => `Open “${name}”`,
    rename: 'Rename',
    renameOf: (name: string) => `Rename “${name}”`,
    nameOf: (name: string) => `New name of “${name}”`,
    delete: 'Delete',
    deleteOf: (name: string) => `Delete “${name}”`,
    sure: (name: string) => `Delete “${name}” for good?`,
    deleted: (name: string) => `“${name}” is deleted.`,
    renamed: (name: string) => `Renamed to “${name}”.`,
    keep: 'Keep',
    save: 'Save',
    cancel: 'Cancel',
    deleteAll: 'Delete all…',
    sureOfAll: (count: number) =>
      `Delete ${count === 1 ? 'this workbook' : `all ${count} workbooks`} for good?`,
    close: 'Close',
  },

  keptFormula: (cell: string, formula: string) =>
    `${cell} shows the value from the file. Its formula ${formula} cannot be calculated here, and is kept for when you save.`,

  drop: 'Drop the file to open it',
} as const;

/** When something was, for people: the time of day today, else the date as well. */
export function whenInWords(then: number, now: number): string {
  const sameDay = new Date(then).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(
    'en',
    sameDay ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  ).format(then);
}

/** What an error says, as a sentence. */
export function reasonOf(error: unknown): string {
  const text =
    error instanceof Error || error instanceof DOMException ? error.message || error.name : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
