import type { Change, Undone } from './host';
import { sentences } from './sentences';

/** A change, and how to take it back. */
export interface Step extends Change {
  /**
   * The addresses of cells that no longer hold what the change put there, or `undone` when everything is again as it
   * was before.
   */
  since(): Promise<readonly string[] | 'undone'>;
  /** Puts back what was there before. */
  undo(): Promise<void>;
}

/** As far back as one can go. */
const REMEMBERED = 50;

/** What the pane did to the sheet, in order, to be undone from the end. */
export class Changes {
  readonly #steps: Step[] = [];

  get last(): Change | undefined {
    const step = this.#steps.at(-1);
    return step && { kind: step.kind, address: step.address };
  }

  push(step: Step): void {
    this.#steps.push(step);
    if (this.#steps.length > REMEMBERED) this.#steps.shift();
  }

  /** See `SheetHost.undoLast`. */
  async undoLast(regardless = false): Promise<Undone> {
    for (;;) {
      const step = this.#steps.at(-1);
      if (!step) throw new Error(sentences.nothingToUndo);
      const changed = await step.since();
      if (changed === 'undone') {
        // Somebody undid it in the spreadsheet itself.
        this.#remove(step);
        continue;
      }
      const { kind, address } = step;
      if (changed.length === 0 || regardless) {
        await step.undo();
        this.#remove(step);
      }
      return { kind, address, changed };
    }
  }

  #remove(step: Step): void {
    const place = this.#steps.indexOf(step);
    if (place >= 0) this.#steps.splice(place, 1);
  }
}
