import type { SheetHost } from '../../src/host/host';
import { bookOf } from '../../src/lessons/book';
import type { Lesson, LessonModel } from '../../src/lessons/lesson';

/** What came of inserting lessons. */
export type Outcome =
  | { readonly kind: 'inserted'; readonly sheets: readonly string[] }
  /** Sheets have those names; nothing was changed. */
  | { readonly kind: 'taken'; readonly sheets: readonly string[] }
  | { readonly kind: 'cancelled' };

/** What is to be inserted, and how. */
export interface Order {
  readonly lessons: readonly Lesson[];
  readonly model: LessonModel;
  readonly notes: boolean;
  /** What becomes of sheets with those names; left out, that is asked. */
  readonly taken?: 'replace' | 'rename';
}

/**
 * Puts lessons into the workbook.
 *
 * @throws Error with a sentence for the user when the spreadsheet refuses
 */
export async function insertLessons(
  host: SheetHost,
  { lessons, model, notes, taken }: Order,
  signal: AbortSignal,
  onProgress: (fraction: number, sheet: string) => void,
): Promise<Outcome> {
  try {
    const sheets = await host.insert?.(bookOf(lessons, model, { notes }), { taken, onProgress, signal });
    return { kind: 'inserted', sheets: sheets ?? [] };
  } catch (error) {
    // Errors of the workbench come from another page, so their names tell what they are.
    const { name, sheets } = (error ?? {}) as { name?: unknown; sheets?: readonly string[] };
    if (name === 'SheetsInTheWay' && sheets) return { kind: 'taken', sheets };
    if (name === 'AbortError') return { kind: 'cancelled' };
    throw error;
  }
}
