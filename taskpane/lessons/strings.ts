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
} as const;
