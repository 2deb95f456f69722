import type { Config } from '../../../gpt2/config';
import { partBytes, weightBytes } from '../shards/deal';

/** What ONNX Runtime takes beside the weights of its sessions, and what a short prompt takes: a part of the weights, and some bytes. */
const [BESIDE, FIXED] = [0.05, 8 * 2 ** 20];

/** Bytes of WebAssembly's memory in which a model's sessions can be made, of which one block's matrices are there twice while they are packed. */
export function roomFor(config: Config): number {
  const [block = 0] = partBytes(config);
  return (1 + BESIDE) * weightBytes(config) + block + FIXED;
}
