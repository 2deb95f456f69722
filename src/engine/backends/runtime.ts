import type * as Ort from 'onnxruntime-web';
import type { BackendName } from '../api';
import type { Memory } from './memory/memory';
import type { Runs } from './memory/runs';

/** One build of onnxruntime-web, set up. Sessions of all models share it. */
export interface OrtRuntime {
  readonly name: BackendName;
  readonly label: string;
  readonly ort: typeof Ort;
  /** Options that every session takes. */
  readonly sessionOptions: Ort.InferenceSession.SessionOptions;
  /** What computes, if it is not the processor: numbers that nobody asked for stay there. */
  readonly device?: GPUDevice;
  /** WebAssembly's own memory, and another way to run sessions, with what lies there as it lies there. */
  readonly inMemory?: { readonly memory: Memory; readonly runs: Runs };
  /** Whether keys and values come out as arrays all the same: whoever asks is in another thread, and this memory out of reach. */
  readonly apart?: boolean;
  /** The largest weight, in bytes, that the device takes in one piece. */
  readonly largestBuffer: number;
  /**
   * Runs `task` when all tasks before it are done: neither creating nor running a session may overlap with another.
   * Rejects at once when the device is gone.
   */
  exclusive<T>(task: () => Promise<T>): Promise<T>;
}
