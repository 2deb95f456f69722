/** Which one: `ours f32`, `llama.cpp f16`, `wllama q8_0`, `transformers.js fp32`. */
export type Who = 'ours f32' | `llama.cpp ${Precision}` | `wllama ${Precision}` | 'transformers.js fp32';
/** As GGUF calls it. */
export type Precision = 'f32' | 'f16' | 'q8_0';

/** Everybody at float32, ours first. */
export const FLOAT32: readonly Who[] = ['ours f32', 'llama.cpp f32', 'wllama f32', 'transformers.js fp32'];
