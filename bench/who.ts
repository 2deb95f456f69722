/** Which one: `ours f32`, `llama.cpp f16`, `wllama q8_0`, `transformers.js fp32`. */
export type Who =
  | typeof OURS
  | typeof PRODUCTS
  | typeof PRODUCTS_AND_BETWEEN
  | typeof UNPACKED_PRODUCTS
  | typeof BYTE_PRODUCTS
  | `llama.cpp ${Precision}`
  | `wllama ${Precision}`
  | `transformers.js ${'fp32' | 'q8'}`;
/** As GGUF calls it. */
export type Precision = 'f32' | 'f16' | 'q8_0';

export const OURS = 'ours f32';
/** llama.cpp as a program, at the precision that we have. */
export const NATIVE = 'llama.cpp f32';
/** The matrices of the model, multiplied by ONNX Runtime in WebAssembly, and nothing else. */
export const PRODUCTS = 'products f32';
/** The same, with what GPT-2 has between them: norms, GELU and softmax. */
export const PRODUCTS_AND_BETWEEN = 'products between';
/** The products alone, with the matrices as they are, and not in the order that ONNX Runtime brings them into when it opens a session. */
export const UNPACKED_PRODUCTS = 'products unpacked';
/** The same, with those of the blocks in 8 bits: the head's are faster in float32. */
export const BYTE_PRODUCTS = 'products q8';

export const isProducts = (who: string): boolean => who.startsWith('products ');

/** Everybody at float32, ours first. */
export const FLOAT32: readonly Who[] = [OURS, NATIVE, 'wllama f32', 'transformers.js fp32'];

/** Whoever is no part of this project may fail without ending a row. */
export const isPeer = (who: string): boolean => who !== OURS;
