import type { Invocation, Outcome } from '../runtime/protocol';
import { prepareArguments } from './arguments';
import type { FunctionInfo } from './metadata';
import { errorOf, type Result, readResult } from './results';
import { type Argument, BUSY, isError } from './values';

/** How long a cell goes on showing its previous result before it shows BUSY, in milliseconds. */
const PATIENCE = 400;

/** How calls reach the add-in. */
export interface Wire {
  invoke(call: Invocation): void;
  cancel(id: number): void;
}

interface Call {
  id: number;
  cell: string;
  name: string;
  result?: Result;
  /** Shown instead of BUSY for a moment. */
  previous?: Result;
}

/**
 * Remembers the calls that every cell has made, so that the grid's calculation, which cannot wait, gets an answer at
 * once: the result, or BUSY, and calculates the cell again when the result is there. All calls of a recalculation
 * are under way together, as in Excel. A cell that calls with the same arguments gets the same answer without a call.
 */
export class Calls {
  /** By cell (an opaque name), then by function and arguments. */
  private readonly cells = new Map<string, Map<string, Call>>();
  private readonly underWay = new Map<number, Call>();
  /** What the formula of each cell has asked for, when it was last calculated. */
  private readonly asked = new Map<string, Set<string>>();
  /** The cells that were calculated since this calculation began. */
  private readonly calculated = new Set<string>();
  /** What the formula whose turn it is has asked for the time before. */
  private askedBefore: Set<string> | undefined;
  private lastId = 0;

  /** @param onChange Told which cells have something new to show. */
  constructor(
    private readonly wire: Wire,
    private readonly onChange: (cells: string[]) => void,
  ) {}

  /** Whether any call is unanswered. */
  get busy(): boolean {
    return this.underWay.size > 0;
  }

  /** A calculation begins. One before it that came to no end has said nothing about what cells need. */
  begin(): void {
    this.calculated.clear();
  }

  /** The formula of a cell is calculated, all of it: what it does not ask for now nobody needs any more. */
  formula(cell: string): void {
    this.askedBefore = this.asked.get(cell);
    this.calculated.add(cell);
    if (this.cells.has(cell)) this.asked.set(cell, new Set());
    else this.asked.delete(cell);
  }

  /** The formula whose turn it was is left as it is: what it asked for before is still needed. */
  leave(cell: string): void {
    this.calculated.delete(cell);
    if (this.askedBefore) this.asked.set(cell, this.askedBefore);
    else this.asked.delete(cell);
  }

  /** The cells that show a previous result until a new one is there. */
  waiting(): string[] {
    return [...new Set([...this.underWay.values()].map(({ cell }) => cell))].filter((cell) =>
      this.waits(cell),
    );
  }

  /** Whether a cell shows a previous result until a new one is there. */
  waits(cell: string): boolean {
    const calls = this.cells.get(cell);
    if (!calls) return false;
    return [...(this.asked.get(cell) ?? [])].some((key) => {
      const call = calls.get(key);
      return call?.previous !== undefined && this.underWay.has(call.id);
    });
  }

  /** What a formula's call shows now: its result, its previous one for a moment, or BUSY. Never throws. */
  answer(cell: string, address: string, info: FunctionInfo, given: readonly Argument[]): Result {
    const prepared = prepareArguments(info, given);
    const key = `${info.id}${JSON.stringify(prepared)}`;
    const calls = this.cells.get(cell) ?? new Map<string, Call>();
    this.cells.set(cell, calls);
    this.asked.set(cell, (this.asked.get(cell) ?? new Set()).add(key));

    let call = calls.get(key);
    if (!call) {
      call = { id: ++this.lastId, cell, name: info.id, ...previousOf(calls, info.id) };
      calls.set(key, call);
      if (isError(prepared)) {
        call.result = prepared;
        return prepared;
      }
      this.underWay.set(call.id, call);
      this.wire.invoke({ id: call.id, name: info.id, address, ...prepared });
      if (call.previous !== undefined) this.showBusyLater(call);
    }
    return call.result ?? call.previous ?? { error: BUSY };
  }

  /** Takes results in. The last of a streaming function is never known: its call counts as answered by the first. */
  settle(outcomes: readonly Outcome[]): void {
    const changed = new Set<string>();
    for (const outcome of outcomes) {
      const call = this.underWay.get(outcome.id) ?? this.find(outcome.id);
      if (!call) continue;
      this.underWay.delete(call.id);
      call.result = 'error' in outcome ? { ...outcome } : readResult(outcome.value);
      changed.add(call.cell);
    }
    if (changed.size > 0) this.onChange([...changed]);
  }

  /**
   * After a calculation: cancels and forgets the calls whose results no cell shows any more.
   *
   * @param holdsFormula Whether a cell has a formula at all.
   */
  sweep(holdsFormula: (cell: string) => boolean): void {
    for (const [cell, calls] of this.cells) {
      const gone = !holdsFormula(cell);
      const asked = this.calculated.has(cell) ? this.asked.get(cell) : undefined;
      for (const [key, call] of calls) {
        if (gone || (asked && !asked.has(key))) this.drop(calls, key, call);
      }
      if (calls.size > 0) continue;
      this.cells.delete(cell);
      this.asked.delete(cell);
    }
    this.calculated.clear();
  }

  /** Forgets everything, so that the next calculation calls anew. */
  forget(): void {
    for (const calls of this.cells.values()) for (const [key, call] of calls) this.drop(calls, key, call);
    this.cells.clear();
    this.asked.clear();
  }

  /** The message of the error that a cell's functions returned, if they did. */
  messageOf(cell: string): string | undefined {
    for (const { result } of this.cells.get(cell)?.values() ?? []) {
      const message = errorOf(result)?.message;
      if (message) return message;
    }
    return undefined;
  }

  private drop(calls: Map<string, Call>, key: string, call: Call): void {
    calls.delete(key);
    this.underWay.delete(call.id);
    // Answered calls too: a streaming one may have more to say. The runtime ignores the others.
    this.wire.cancel(call.id);
  }

  private find(id: number): Call | undefined {
    for (const calls of this.cells.values())
      for (const call of calls.values()) if (call.id === id) return call;
    return undefined;
  }

  private showBusyLater(call: Call): void {
    setTimeout(() => {
      if (!this.underWay.has(call.id)) return;
      call.previous = undefined;
      this.onChange([call.cell]);
    }, PATIENCE);
  }
}

/** The newest result of the same function in the same cell. */
function previousOf(calls: Map<string, Call>, name: string): { previous?: Result } {
  const same = [...calls.values()].filter((call) => call.name === name);
  const last = same.reverse().find((call) => call.result !== undefined || call.previous !== undefined);
  const previous = last?.result ?? last?.previous;
  return previous === undefined ? {} : { previous };
}
