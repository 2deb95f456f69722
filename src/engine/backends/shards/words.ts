/** Billions of bytes, as memory is sold. */
const gigabytes = (bytes: number): string =>
  bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;

const count = (n: number, one: string, many: string): string => (n === 1 ? `one ${one}` : `${n} ${many}`);

/** What is said of a model that lies in several workers. */
export const words = {
  label: (workers: number, threads: number) =>
    `WebAssembly, ${count(workers, 'worker', 'workers')} with ${count(threads, 'thread', 'threads')} each`,
  note: (bytes: number, workers: number) =>
    `Its ${gigabytes(bytes)} lie in ${count(workers, 'worker', 'workers')}; one WebAssembly memory holds 4.29 GB at most.`,
  worker: (number: number, workers: number) => `WebAssembly, worker ${number} of ${workers}`,
  /** What it takes, where a memory could not be had. */
  need: (bytes: number) =>
    `All of the model takes ${gigabytes(bytes)} of memory in float32; close other programs and pages, or open a smaller model.`,
  broken: (label: string, message: string) => `${label} stopped: ${message}`,
  late: (label: string) => `${label} did not start in time. Open the model again, or reload the page.`,
  closed: 'The model was closed; open it again to go on.',
  noWorkers: (bytes: number) =>
    `the model takes ${gigabytes(bytes)} in float32, which needs several WebAssembly memories, each in a worker of its own; ` +
    'here a worker cannot start others. A newer browser can; or open a smaller model.',
} as const;
