/**
 * Runs tasks at the same time. When one fails, the others are told to end, and have ended before the failure is passed on.
 * @param signal ends all of them
 * @throws what the first to fail has thrown
 */
export async function together<T>(
  tasks: readonly ((signal: AbortSignal) => Promise<T>)[],
  signal?: AbortSignal,
): Promise<T[]> {
  const controller = new AbortController();
  const pass = () => controller.abort(signal?.reason);
  if (signal?.aborted) pass();
  signal?.addEventListener('abort', pass, { once: true });
  let failure: { readonly error: unknown } | undefined;
  const running = tasks.map((task) =>
    task(controller.signal).catch((error: unknown) => {
      failure ??= { error };
      controller.abort();
      throw error;
    }),
  );
  try {
    await Promise.allSettled(running);
    if (failure) throw failure.error;
    return await Promise.all(running);
  } finally {
    signal?.removeEventListener('abort', pass);
  }
}
