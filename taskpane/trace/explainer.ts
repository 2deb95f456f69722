import { explain } from '../../src/trace/explain';
import type { Answer } from '../../src/trace/explanation';
import { sentenceOf } from '../sentence';
import type { Session } from '../session';
import { evaluate, type Read } from './evaluate';
import { strings } from './strings';
import { errorOf, isPending, type Target } from './target';

/** Only what takes longer than this is said to be under way. */
const PATIENCE_MS = 300;

/** What the view shows of a target. */
export type Outcome =
  | { readonly kind: 'loading'; readonly sentence: string }
  | { readonly kind: 'sentence'; readonly sentence: string }
  | Answer;

/** Explains one number at a time: whoever asks again gives up what was under way. */
export class Explainer {
  #running: AbortController | undefined;

  constructor(
    private readonly session: Session,
    private readonly show: (target: Target, outcome: Outcome) => void,
  ) {}

  /** @param read reads a reference of an argument as it stands there */
  async explain(target: Target, read: Read): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const { signal } = running;
    const waiting = setTimeout(() => {
      const ready = this.session.status.phase === 'ready';
      this.show(target, { kind: 'loading', sentence: ready ? strings.loading : strings.waiting });
    }, PATIENCE_MS);
    let outcome: Outcome;
    try {
      outcome = waitingFor(target) ?? (await this.#answer(target, read, signal));
    } catch (error) {
      outcome = { kind: 'sentence', sentence: sentenceOf(error, strings.failed) };
    }
    clearTimeout(waiting);
    if (!signal.aborted) this.show(target, outcome);
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#running?.abort();
  }

  #answer(target: Target, read: Read, signal: AbortSignal): Promise<Answer> {
    const { formula, row, column, rows, columns, sheet, value } = target;
    const question = {
      formula,
      row,
      column,
      ...(rows !== undefined && columns !== undefined && { rows, columns }),
      ...(sheet !== undefined && { sheet }),
      ...(value !== null && errorOf(value) === undefined && { value }),
      evaluate: (argument: string) => evaluate(argument, read, signal),
    };
    return explain(question, this.session.client, signal);
  }
}

/** A cell that has no value yet, or has no room for it. */
function waitingFor({ value }: Target): Outcome | undefined {
  const code = errorOf(value);
  if (code === undefined) return undefined;
  if (isPending(code)) return { kind: 'sentence', sentence: strings.busy(code) };
  return code === '#SPILL!' ? { kind: 'sentence', sentence: strings.spillError } : undefined;
}
