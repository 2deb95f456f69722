import { toCell } from './answer';

/**
 * Runs a formula whose cell changes while it works: `show` puts a value into the cell. It ends by itself, or when the
 * signal says that the cell no longer wants it; after that nothing is shown any more. An error becomes one that Excel
 * shows with its message.
 */
export function stream<T>(
  formula: string,
  invocation: CustomFunctions.StreamingInvocation<T>,
  run: (show: (value: T) => void, signal: AbortSignal) => Promise<void>,
): void {
  const controller = new AbortController();
  const { signal } = controller;
  invocation.onCanceled = () => controller.abort();
  const show = (value: T | CustomFunctions.Error) => {
    if (!signal.aborted) invocation.setResult(value);
  };
  run(show, signal).catch((error) => {
    if (!signal.aborted) show(toCell(formula, error));
  });
}
