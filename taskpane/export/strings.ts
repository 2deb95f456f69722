import { count } from '../strings';

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Every word of the part of the pane that makes a workbook; what is in the workbook is in `src/standalone/strings`. */
export const strings = {
  heading: 'A workbook without the add-in',
  lead: 'The whole model in native formulas: weights in cells, a yellow cell for a prompt, every stage, and the next token. It works in Excel, Excel on the web and LibreOffice, and needs nothing installed.',
  waiting: 'This can be made when a model is open and all of it has arrived.',
  contents: (weights: number, activations: number, room: number, bytes: number) =>
    `${count(weights)} weights and ${count(activations)} activations for up to ${room} tokens; a file of about ${megabytes(bytes)}.`,
  start: 'Make the workbook',
  cancel: 'Cancel',
  progressLabel: 'Making the workbook',
  weights: (name: string) => `Fetching ${name}`,
  calculating: 'Calculating the first prompt',
  sheet: (name: string) => `Writing the sheet ${name}`,
  packing: 'Writing and compressing the file',
  announceStart: 'Making the workbook',
  stopped: 'Stopped. Nothing was made.',
  ready: (file: string, bytes: number) => `${file} is ready: ${megabytes(bytes)}.`,
  save: 'Save the file',
  open: 'Open in a new window',
  opened: 'Excel opens it in a new window. Save it there.',
  notOpened: (why: string) => `Excel did not open it: ${why} Save the file, and open it from there.`,
  inExcel:
    'Some versions of Excel, on the Mac above all, let no pane save a file: open it in a new window there, and save that.',
  broken: 'The workbook could not be made. Reload the pane and try again.',
  lost: 'The workbook could not be made: its script could not be loaded. Reload the pane and try again.',
} as const;
