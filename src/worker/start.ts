/** Starts the worker that holds the weights and does the arithmetic, so that neither Excel nor the pane ever freezes. */
export const startWorker = (): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { name: 'gpt2-engine', type: 'module' });
