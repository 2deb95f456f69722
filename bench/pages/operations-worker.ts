import * as Comlink from 'comlink';
import * as ort from 'onnxruntime-web/wasm';
import { type Operation, productsOf } from '../model/operations';

/** What one operation is tried on: `count` matrices [n, m], so that they come from memory as a model's do. */
export interface Trial {
  readonly operation: Operation;
  readonly n: number;
  readonly m: number;
  readonly count: number;
}

const open = new Map<string, { session: ort.InferenceSession; trial: Trial }>();

/** Bytes of a matrix; floats lie between 1 and 2, for numbers too small to be normal would take longer. */
function numbersFor(operation: Operation, bytes: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes);
  if (operation.startsWith('float32')) {
    const wide = new Float32Array(out.buffer);
    for (let i = 0; i < wide.length; i++) wide[i] = 1 + Math.random();
  } else if (operation.startsWith('float16')) {
    const halves = new Uint16Array(out.buffer);
    for (let i = 0; i < halves.length; i++) halves[i] = 0x3c00 + ((i * 7919) % 1024);
  } else for (let i = 0; i < bytes; i++) out[i] = (i * 7919 + (i >> 8)) & 0xff;
  return out;
}

const worker = {
  start(wasmPaths: string, threads: number): void {
    ort.env.wasm.numThreads = threads;
    ort.env.wasm.proxy = false;
    ort.env.wasm.wasmPaths = wasmPaths;
  },

  async open(name: string, trial: Trial): Promise<void> {
    const { operation, n, m, count } = trial;
    const { bytes, files } = productsOf(operation, n, m, count);
    const random = numbersFor(operation, Math.max(...files.values()));
    const session = await ort.InferenceSession.create(bytes, {
      executionProviders: ['wasm'],
      logSeverityLevel: 3,
      // Else the casts are done once, when the session opens.
      graphOptimizationLevel: operation.startsWith('float16') ? 'disabled' : 'all',
      extra: { session: operation.endsWith('not prepacked') ? { disable_prepacking: '1' } : {} },
      externalData: [...files].map(([path, length]) => ({ path, data: random.subarray(0, length) })),
    });
    open.set(name, { session, trial });
  },

  /** Multiplies `rows` rows by each of the matrices → milliseconds for one of them. */
  async run(name: string, rows: number): Promise<number> {
    const { session, trial } = open.get(name) as { session: ort.InferenceSession; trial: Trial };
    const x = Float32Array.from({ length: rows * trial.n }, () => Math.random() - 0.5);
    const feeds = { x: new ort.Tensor('float32', x, [rows, trial.n]) };
    const began = performance.now();
    await session.run(feeds, ['y0']);
    return (performance.now() - began) / trial.count;
  },

  async close(name: string): Promise<void> {
    await open.get(name)?.session.release();
    open.delete(name);
  },
};
export type OperationsWorker = typeof worker;
Comlink.expose(worker);
