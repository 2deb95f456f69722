import { type FailureCode, LibraryError } from '../errors';
import { messages } from '../messages';
import { type Net, wait } from './net';

/** The longest wait that a server may ask for. */
const LONGEST_WAIT_S = 60;

export interface Trial {
  readonly net: Net;
  readonly signal?: AbortSignal;
  /** A figure that changes when something was gained: then the count of tries begins anew. */
  readonly gained?: () => number;
  /** Hears of a failure that is not the last word, and how long is waited. */
  readonly onRetry?: (problem: LibraryError, seconds: number) => void;
}

/**
 * Tries servers one after the other until one succeeds. One that fails goes to the end of the list, for the next file,
 * too; one that will fail again is left out; when all have failed, there is a wait, and another round.
 * @param sources in the order to try; reordered
 * @throws LibraryError what the only server said, or all of them
 */
export async function tryEach<S, T>(
  sources: S[],
  { net, signal, gained = () => 0, onRetry }: Trial,
  run: (source: S) => Promise<T>,
): Promise<T> {
  const failures = new Map<S, LibraryError>();
  let live = [...sources];
  let before = gained();
  for (let round = 0; ; round++) {
    for (const source of [...live]) {
      signal?.throwIfAborted();
      try {
        return await run(source);
      } catch (error) {
        if (!(error instanceof LibraryError) || error.local) throw error;
        failures.set(source, error);
        if (!error.passing) live = live.filter((one) => one !== source);
        sources.push(...sources.splice(sources.indexOf(source), 1));
      }
      if (gained() !== before) {
        before = gained();
        round = 0;
      }
    }
    const delay = net.retryMs[round];
    const problem = summary([...failures.values()]);
    if (live.length === 0 || delay === undefined) throw problem;
    const asked = Math.max(0, ...live.map((one) => failures.get(one)?.retryAfter ?? 0));
    const seconds = Math.max(delay / 1000, Math.min(asked, LONGEST_WAIT_S));
    onRetry?.(problem, seconds);
    await wait(1000 * seconds, signal);
  }
}

/** One error for those of several servers; its kind is the one that asks most of a person. */
function summary(failures: readonly LibraryError[]): LibraryError {
  const [only, ...others] = failures as [LibraryError, ...LibraryError[]];
  if (others.length === 0) return only;
  const worst = ORDER.find((code) => failures.some((failure) => failure.code === code)) ?? only.code;
  return new LibraryError(worst, messages.several(failures.map(({ message }) => message)));
}

const ORDER: readonly FailureCode[] = ['wrong', 'changed', 'page', 'offline', 'refused'];
