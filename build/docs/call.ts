import { formulas } from '../../functions/index';
import type { FormulaInfo } from '../../src/catalogue/formula';
import type { Term } from '../../src/catalogue/terms';
import { cellError } from './runtime';

/** What a cell shows: rows of values, or an error with its sentence. */
export type Outcome =
  | { readonly rows: readonly (readonly unknown[])[] }
  | { readonly code: string; readonly message: string };

/** A formula as functions.json has it, with what it takes to call it. */
export interface CallableInfo extends FormulaInfo {
  readonly options?: { readonly stream?: boolean };
}

type Formula = (...given: unknown[]) => unknown;

/** Calls formulas as a cell does. */
export class Caller {
  readonly #infos: ReadonlyMap<string, CallableInfo>;

  constructor(infos: readonly CallableInfo[]) {
    this.#infos = new Map(infos.map((info) => [info.id, info]));
  }

  /** Calls a formula with terms as they are written in it; a missing one is left out. */
  async call(id: string, terms: readonly (Term | undefined)[]): Promise<Outcome> {
    const info = this.#infos.get(id);
    if (!info) throw new Error(`There is no formula ${id}.`);
    const given: unknown[] = [];
    for (const [i, { dimensionality }] of info.parameters.entries()) {
      const term = terms[i];
      const value = term && (await this.#value(term));
      given.push(value === undefined ? null : dimensionality === 'matrix' ? rowsOf(value) : value);
    }
    return info.options?.stream ? streamed(id, given) : answered(id, given);
  }

  async #value(term: Term): Promise<unknown> {
    if ('value' in term) return term.value;
    const outcome = await this.call(term.id, term.terms);
    if ('code' in outcome) throw new Error(`${term.text} gives ${outcome.code}: ${outcome.message}`);
    return outcome.rows;
  }
}

const rowsOf = (value: unknown): unknown[][] => (Array.isArray(value) ? value : [[value]]);

async function answered(id: string, given: unknown[]): Promise<Outcome> {
  try {
    return { rows: rowsOf(await (formulas[id] as Formula)(...given, {})) };
  } catch (error) {
    const failure = cellError(error);
    if (!failure) throw error;
    return failure;
  }
}

/** Turns of the event loop without anything new after which a stream is at rest: engine and formula share the loop. */
const REST = 300;

/** What a streaming formula's cell shows in the end. */
async function streamed(id: string, given: unknown[]): Promise<Outcome> {
  let last: unknown;
  let quiet = 0;
  const setResult = (value: unknown) => {
    last = value;
    quiet = 0;
  };
  const invocation: { setResult: typeof setResult; onCanceled?: () => void } = { setResult };
  (formulas[id] as Formula)(...given, invocation);
  for (; quiet < REST && !cellError(last); quiet++) await new Promise((done) => setImmediate(done));
  invocation.onCanceled?.();
  return cellError(last) ?? { rows: rowsOf(last) };
}
