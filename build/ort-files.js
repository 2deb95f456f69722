const ORT = 'node_modules/onnxruntime-web/dist';

/** What a page needs of ONNX Runtime, for webpack's CopyPlugin: its builds, and the script that starts the plain one for the engine. */
export const ortFiles = [
  { from: `${ORT}/ort-wasm-simd-threaded{,.asyncify}.{wasm,mjs}`, to: 'ort/[name][ext]' },
  {
    from: 'src/engine/backends/memory/start-ort.mjs',
    to: 'ort/[name][ext]',
    transform: (/** @type {Buffer} */ code) => String(code).replace('onnxruntime-web/', './'),
  },
];
