import { sentences } from '../sentences';

/** What Excel refuses, in words that say what to do. */
const REFUSALS: Readonly<Record<string, string>> = {
  InvalidOperationInCellEditMode: sentences.beingEdited,
  AccessDenied: sentences.protectedSheet,
};

/** Runs a batch in Excel. @throws Error with a sentence for the user where Excel's own would not help */
export async function run<T>(work: (context: Excel.RequestContext) => Promise<T>): Promise<T> {
  try {
    return await Excel.run(work);
  } catch (error) {
    const refusal = error instanceof Error && 'code' in error ? REFUSALS[String(error.code)] : undefined;
    throw refusal ? new Error(refusal, { cause: error }) : error;
  }
}

/**
 * The versions of ExcelApi that the host's parts need. The manifest asks for 1.1 alone, so that formulas work in every
 * Excel that has custom functions.
 */
const NEEDS = {
  cell: ['1.7', 'tell which cell is selected'],
  selection: ['1.12', 'tell what a formula fills'],
  calculated: ['1.8', 'tell when cells were calculated'],
  read: ['1.4', 'read cells for the pane'],
  write: ['1.12', 'write blocks of cells'],
  shade: ['1.6', 'colour cells by value'],
  labelRows: ['1.9', 'label rows'],
  freeze: ['1.12', 'put values in the place of a formula'],
  insert: ['1.9', 'insert sheets'],
  quiet: ['1.9', 'insert sheets without redrawing'],
  notes: ['1.18', 'add notes'],
  settings: ['1.4', 'remember settings in the workbook'],
} as const;

/** Whether this Excel has what a part needs. */
export const has = (part: keyof typeof NEEDS): boolean =>
  Office.context.requirements.isSetSupported('ExcelApi', NEEDS[part][0]);

/** @throws Error saying what this Excel is too old for */
export function need(part: keyof typeof NEEDS): void {
  const [version, what] = NEEDS[part];
  if (!has(part)) throw new Error(sentences.tooOld(what, version));
}
