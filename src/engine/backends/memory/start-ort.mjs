// ONNX Runtime is told to start from this file, so that the engine has its WebAssembly instance, too.
import start from 'onnxruntime-web/ort-wasm-simd-threaded.mjs';

/** @param config ONNX Runtime's; without `locateFile`, the .wasm is looked for beside ONNX Runtime's own script */
export default async function startAndTell({ locateFile: _, ...config }) {
  const instance = await start(config);
  globalThis[Symbol.for('gpt2-in-cells/onnxruntime')] = instance;
  return instance;
}
