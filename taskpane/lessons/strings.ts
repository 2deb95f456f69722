import { count } from '../strings';

const listed = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${count(names.length - 3)} more` : names.join(', ');

/** Every word of the list of lessons. Lessons have their own, in src/lessons. A translation replaces this file alone. */
export const strings = {
  heading: 'Lessons',
  lead: (model: string) => `Thirteen lessons for a class, each on a sheet of its own, here for ${model}.`,
  waiting: 'The lessons can be inserted when a model is open.',
  noVariant: (model: string) =>
    `${model} has other words than the lessons use. They need the built-in model, or one with GPT-2’s vocabulary of 50,257 tokens: choose one under Model.`,
  noSheet: 'No spreadsheet around this page. Open the add-in in Excel, or the workbench, to insert lessons.',
  notes: 'With teacher’s notes',
  notesAbout: 'A sheet more for each lesson, with all answers.',
  all: 'Insert all',
  insert: 'Insert',
  insertNamed: (title: string) => `Insert the lesson ${title}`,
  minutes: (n: number) => `${n} min`,
  minutesSpoken: (n: number) => `${n} minutes.`,
  progress: (sheet: string) => `Writing ${sheet} …`,
  progressLabel: 'Inserting lessons',
  cancel: 'Cancel',
  cancelled: 'Cancelled. The workbook is as it was.',
  inserted: (sheets: readonly string[]) =>
    sheets.length === 1
      ? `Inserted the sheet ${sheets[0]}.`
      : `Inserted ${count(sheets.length)} sheets: ${listed(sheets)}.`,
  taken: (sheets: readonly string[]) =>
    sheets.length === 1
      ? `There is already a sheet ${sheets[0]}. What is typed in it would be lost if it were replaced.`
      : `There are already ${count(sheets.length)} of these sheets: ${listed(sheets)}. What is typed in them would be lost if they were replaced.`,
  replace: 'Replace',
  beside: 'Insert beside',
  leave: 'Cancel',
  left: 'Nothing was inserted.',
  undo: 'Undo',
  undone: 'The sheets are gone again.',
  changed: 'Something was typed into the sheets since. Undo would lose it. Nothing was undone.',
  undoRegardless: 'Undo all the same',
  wentWrong: 'The lessons could not be inserted.',
} as const;
