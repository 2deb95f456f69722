import { nothingGraph } from '../onnx/nothing';
import { exclusiveQueue, inTimeAtFirst } from './exclusive';
import { startedInstance } from './memory/instance';
import { Memory } from './memory/memory';
import { Runs } from './memory/runs';
import type { OrtRuntime } from './runtime';

/** Milliseconds to wait for 14 MB of WebAssembly and its threads; without a limit, a thread that fails to start is waited for in vain. */
const PATIENCE = 5 * 60_000;
const TOO_LATE = `WebAssembly did not start within ${PATIENCE / 60_000} minutes. Open the model again, or reload the page.`;

/** Where start-ort.mjs is in the source. */
const ours = () => new URL(/* webpackIgnore: true */ './memory/start-ort.mjs', import.meta.url);

let runtime: Promise<OrtRuntime> | undefined;

/**
 * onnxruntime-web's WebAssembly build. It is set up once; later calls get the same, whatever they ask for.
 * @param wasmPaths URL prefix, ending in a slash, of start-ort.mjs and ONNX Runtime's .mjs and .wasm; Node finds them by itself
 * @param threads 1 where the page is not cross-origin isolated
 */
export function wasmRuntime(wasmPaths: string | undefined, threads: number): Promise<OrtRuntime> {
  if (!runtime) {
    runtime = start(wasmPaths, threads);
    runtime.catch(() => {
      runtime = undefined; // what could not be fetched now may be later
    });
  }
  return runtime;
}

async function start(wasmPaths: string | undefined, threads: number): Promise<OrtRuntime> {
  // Run when it is needed, but fetched with the rest: a worker stands still while it fetches a script.
  const ort = await import(/* webpackMode: "eager" */ 'onnxruntime-web/wasm');
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.proxy = false; // the engine is in a Worker already
  const mjs = wasmPaths === undefined ? ours() : new URL('start-ort.mjs', wasmPaths);
  ort.env.wasm.wasmPaths = { mjs };
  ort.env.logLevel = 'error';
  const sessionOptions = {
    executionProviders: ['wasm'],
    logSeverityLevel: 3,
    // The graphs are written as they are to run: at no level does anything change but how long ONNX Runtime looks for what could.
    graphOptimizationLevel: 'disabled',
  } as const;
  // The first session starts WebAssembly. ONNX Runtime's own `initTimeout` leaves a timer behind that keeps Node waiting.
  const exclusive = inTimeAtFirst(exclusiveQueue(), PATIENCE, TOO_LATE);
  // To fetch and compile it takes seconds, in which the model may arrive: so it does not wait for the first block.
  exclusive(async () => {
    const session = await ort.InferenceSession.create(nothingGraph().bytes, sessionOptions);
    await session.release();
  }).catch(() => {}); // whoever needs a session hears of it
  const memory = new Memory(startedInstance);
  return {
    name: 'wasm',
    label: `WebAssembly, ${threads === 1 ? 'one thread' : `${threads} threads`}`,
    ort,
    sessionOptions,
    inMemory: { memory, runs: new Runs(ort, startedInstance, memory) },
    largestBuffer: Number.POSITIVE_INFINITY,
    exclusive,
  };
}
