import { sentences } from './sentences';

/** @throws an error named AbortError when somebody has cancelled, whatever they gave as their reason */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new DOMException(sentences.stopped, 'AbortError');
}
