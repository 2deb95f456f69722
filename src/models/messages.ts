/** Every sentence of the library, for people. `file` is a file's name, `server` a host's. */
export const messages = {
  offline: (file: string, server: string) =>
    `${file} cannot be fetched from ${server}: this device is offline. What has arrived is kept; go on when the network is back.`,
  unreachable: (file: string, server: string) =>
    `${file} cannot be fetched: ${server} cannot be reached, or does not allow this page. What has arrived is kept.`,
  missing: (file: string, server: string) => `${server} has no ${file} (it answers 404).`,
  missingPlain: (file: string, server: string) => `${server} has no ${file}.`,
  refused: (file: string, server: string, status: number) =>
    `${server} does not give out ${file} (it answers ${status}): there is no such model, or it is one for signed-in people who have accepted its terms. Download it in a browser where you are signed in, and open the folder.`,
  busy: (file: string, server: string, status: number) =>
    `${server} cannot give out ${file} now (it answers ${status}). What has arrived is kept; try again later.`,
  status: (file: string, server: string, status: number) =>
    `${server} does not give out ${file}: it answers ${status}.`,
  page: (file: string, server: string) =>
    `Instead of ${file}, a web page came from ${server}. If this Wi-Fi has a sign-in page, open it in a browser tab, sign in, and go on. What has arrived is kept.`,
  stalled: (file: string, server: string, seconds: number) =>
    `${file}: nothing has come from ${server} for ${seconds} seconds. What has arrived is kept; go on when the network is better.`,
  cut: (file: string, server: string, got: number, size: number | undefined) =>
    `${file}: the connection to ${server} broke after ${bytes(got)}${size === undefined ? '' : ` of ${bytes(size)}`}. They are kept; go on from there.`,
  changed: (file: string, server: string) =>
    `${file} on ${server} is not the file any more that was begun. It is fetched from its beginning.`,
  wrongSize: (file: string, server: string, size: number, got: number) =>
    `${file} from ${server} is not what the record says: it has ${bytes(got)} instead of ${bytes(size)}. It was deleted; all other files are kept. Try again.`,
  otherSize: (file: string, server: string, size: number, got: number) =>
    `${server} has another ${file}, of ${bytes(got)}; the record says ${bytes(size)}. What has arrived is kept.`,
  wrongHash: (file: string, server: string, algorithm: string, expected: string, got: string) =>
    `${file} from ${server} is damaged: its ${algorithm} is ${got} instead of ${expected}. It was deleted; all other files are kept. Try again.`,
  strangeRange: (file: string, server: string) =>
    `${server} sends another part of ${file} than was asked for.`,
  notJson: (file: string, server: string) => `${file} from ${server} is not JSON.`,
  strangeAnswer: (file: string, server: string, what: string) =>
    `${server} answers strangely about ${file}: ${what}.`,
  several: (problems: readonly string[]) => `No server could help. ${problems.join(' ')}`,
  full: (file: string, room: number | undefined) =>
    `There is no room for ${file}${room === undefined ? '' : `: this browser gives this site ${bytes(room)} more`}. What has arrived is kept. Delete other models here, or files on this device, and go on.`,
  tooBig: (name: string, needed: number, room: number) =>
    `${name} needs ${bytes(needed)} more, and this browser gives this site ${bytes(room)} more. Delete other models here, or files on this device.`,
  storage: (file: string, why: string) => `${file} cannot be kept on this device: ${why}`,
  unreadable: (file: string, why: string) =>
    `${file} cannot be read any more: ${why} If it was moved or changed, choose the folder again.`,
  wrongLocal: (file: string, expected: string, got: string) =>
    `${file} is damaged: its SHA-256 is ${got}, and the folder's SHA256SUMS says ${expected}.`,
  stale: (name: string) => `${name} changed while it was read, and had to be fetched anew. Open it again.`,
  inUse: (name: string) =>
    `${name} is being downloaded or opened in another tab or workbook. Wait for it, or close the other one.`,
  noDisk:
    'This browser keeps no files for this page, as in a private window. Models are lost when it is closed.',
  noWorkerFiles: 'This browser cannot write files bit by bit here. Models are lost when the page is closed.',
  badId: (id: string) =>
    `"${id}" is not the name of a model on the hub: owner/name is needed, as in openai-community/gpt2.`,
  badRevision: (revision: string) => `"${revision}" is not the name of a branch, a tag or a commit.`,
  badSource: (source: string) =>
    `"${source}" is not the address of a server of models: one that begins with https:// is needed, as in https://huggingface.co.`,
  badUrl: (url: string) =>
    `"${url}" is not the address of a folder: an address that begins with https:// is needed.`,
  noWeights: (name: string, found: readonly string[]) =>
    `${name} has no model.safetensors${found.length > 0 ? `; it has ${found.join(', ')}, which cannot be read` : ''}.`,
  noFile: (file: string, name: string) => `${name} has no ${file}.`,
  missingShard: (shard: string, name: string) =>
    `${name} has no ${shard}, which model.safetensors.index.json names.`,
  badIndex: (why: string) => `model.safetensors.index.json cannot be used: ${why}.`,
  notThere: (key: string) => `There is no model "${key}" on this device.`,
  vocabulary: (tokens: number, vocab: number) =>
    `vocab.json has ${tokens} tokens; config.json says vocab_size is ${vocab}.`,
  cutFile: (file: string, got: number, needed: number) =>
    `${file} is cut short: it has ${bytes(got)}, and ${bytes(needed)} are needed.`,
  fit: {
    wasmNo: (needed: number) =>
      `It takes about ${bytes(needed)} in float32, and WebAssembly has room for ${bytes(2 ** 32)} where a worker cannot start others.`,
    memoryNo: (needed: number, memory: number) =>
      `It takes about ${bytes(needed)} in float32, and this device has about ${bytes(memory)} of memory.`,
    memoryTight: (needed: number, memory: number) =>
      `It takes about ${bytes(needed)} in float32, much of the device's memory (${bytes(memory)} or more); close other programs.`,
    memoryUnknown: (needed: number) =>
      `It takes about ${bytes(needed)} in float32; this browser does not say how much memory the device has.`,
    fine: (needed: number) => `It takes about ${bytes(needed)} in float32.`,
    noGpu: 'This browser or device has no WebGPU.',
    gpuNo: (largest: number, limit: number) =>
      `Its largest matrix of a block takes ${bytes(largest)}, and this WebGPU allows ${bytes(limit)} in one piece.`,
    gpuUnknown: (needed: number) =>
      `It takes about ${bytes(needed)} of graphics memory in float32, and browsers do not say how much there is.`,
    slow: 'Plain JavaScript computes it, slowly.',
  },
} as const;

/** Bytes as people read them: decimal units, as disks and downloads are sold. */
export function bytes(n: number): string {
  if (n < 1000) return `${n} bytes`;
  const units = ['kB', 'MB', 'GB'];
  let value = n / 1000;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toFixed(unit === 2 ? 2 : 1)} ${units[unit]}`;
}
