import { startedInstance } from '../../../../src/engine/backends/memory/instance';

/** Bytes of WebAssembly's whole memory, as it is now. */
export function memorySize(): number {
  startedInstance().getValue(0, '*'); // reading a value shows what it has grown by
  return startedInstance().HEAPU8.byteLength;
}
