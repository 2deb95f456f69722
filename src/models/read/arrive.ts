import type { WeightSource } from '../../gpt2/weights';
import type { ArrivingModel, DirectoryRef, FileRecord, FilesRef, Watch } from '../api';
import { LibraryError } from '../errors';
import { hashing } from '../hash';
import { messages } from '../messages';
import { Meter } from '../meter';
import type { Manifest, Shelf } from '../shelf';
import type { WholeBytes } from '../store/store';
import { parseSums, SUMS } from '../url';
import { Arrivals } from './arriving';
import { openLocal } from './local';
import { type OpenedFolder, openFolder, weightsHash } from './open';

type Whole = Awaited<ArrivingModel['whole']>;

/** Opens a model that is on the device, whole. */
export async function arriveStored(
  key: string,
  manifest: Manifest,
  shelf: Shelf,
  { onProgress }: Watch,
): Promise<ArrivingModel> {
  const { name, files } = manifest;
  const bytes = new Map<string, WholeBytes>();
  for (const { path } of files) {
    const file = await shelf.store.read(shelf.path(key, path));
    if (file) bytes.set(path, file);
  }
  const opened = await openFolder(
    { name, has: (path) => bytes.has(path), file: (path) => need(bytes, path, name) },
    (path) => readWhole(need(bytes, path, name)),
  );
  const whole = Promise.resolve(await wholeOf(opened, files));
  const meter = new Meter(onProgress);
  meter.files(files.filter(({ path }) => opened.weightFiles.includes(path)));
  return { ...opened, source: metered(opened.source, meter, name), whole, close: () => {} };
}

/**
 * Opens a model while it is fetched.
 * @param fetch fetches what is missing, and tells the arrivals
 */
export async function arriveWhileFetched(
  key: string,
  { name, files }: { readonly name: string; readonly files: readonly FileRecord[] },
  shelf: Shelf,
  signal: AbortSignal | undefined,
  fetch: (arrivals: Arrivals, signal: AbortSignal) => Promise<Manifest>,
): Promise<ArrivingModel> {
  const arrivals = new Arrivals((path) => shelf.store.read(shelf.path(key, path)));
  for (const { path, size } of files) arrivals.file(path, size);
  const controller = new AbortController();
  const pass = () => controller.abort(signal?.reason);
  if (signal?.aborted) pass();
  signal?.addEventListener('abort', pass, { once: true });
  const fetching = fetch(arrivals, controller.signal).finally(() =>
    signal?.removeEventListener('abort', pass),
  );
  fetching.catch((error: unknown) => arrivals.fail(error));
  const close = () => controller.abort();
  const paths = new Set(files.map(({ path }) => path));
  try {
    const opened = await openFolder(
      { name, has: (path) => paths.has(path), file: (path) => arrivals.file(path) },
      (path) => arrivals.whole(path),
    );
    const whole = fetching.then((manifest) => {
      if (arrivals.stale) throw new LibraryError('changed', messages.stale(name));
      return wholeOf(opened, manifest.files);
    });
    whole.catch(() => {}); // whoever waits for it hears of it; nobody may
    return { ...opened, whole, close };
  } catch (error) {
    close();
    await fetching.catch(() => {});
    throw error;
  }
}

/** Opens a folder on this computer. Its weights are hashed meanwhile, and held to its SHA256SUMS where it has one. */
export async function arriveLocally(
  ref: FilesRef | DirectoryRef,
  { onProgress, signal }: Watch,
): Promise<ArrivingModel & { readonly name: string; readonly files: readonly FileRecord[] }> {
  const { name, files } = await openLocal(ref);
  const opened = await openFolder(
    { name, has: (path) => files.has(path), file: (path) => need(files, path, name) },
    (path) => readWhole(need(files, path, name)),
  );
  const controller = new AbortController();
  const meter = new Meter(onProgress);
  const hash = async (): Promise<Whole> => {
    const sums = files.get(SUMS);
    const expected = sums ? parseSums(await readWhole(sums)) : new Map<string, string>();
    const found: { path: string; size: number; sha256: string }[] = [];
    meter.files(opened.weightFiles.map((path) => ({ path, size: files.get(path)?.size })));
    for (const path of opened.weightFiles) {
      const bytes = need(files, path, name);
      const sha256 = await hashOf(bytes, (have) => {
        controller.signal.throwIfAborted();
        signal?.throwIfAborted();
        meter.bytes(path, have, 'disk');
      });
      const right = expected.get(path) ?? sha256;
      if (right !== sha256) throw new LibraryError('wrong', messages.wrongLocal(path, right, sha256));
      found.push({ path, size: bytes.size, sha256 });
    }
    meter.show('done');
    return wholeOf(opened, found);
  };
  const whole = hash();
  whole.catch(() => {}); // whoever waits for it hears of it; nobody may
  const records = [...files].map(([path, { size }]) => ({ path, size }));
  return { ...opened, name, files: records, whole, close: () => controller.abort() };
}

/** SHA-256 of a file, a few megabytes at a time. @param onBytes hears how far, and may throw to end it */
export async function hashOf(bytes: WholeBytes, onBytes: (have: number) => void): Promise<string> {
  const hash = await hashing('sha256');
  for (let at = 0; at < bytes.size; at += CHUNK) {
    const end = Math.min(bytes.size, at + CHUNK);
    hash.update(await bytes.read(at, end));
    onBytes(end);
  }
  return hash.digest();
}

const CHUNK = 1 << 22;

const readWhole = (file: WholeBytes): Promise<Uint8Array> => file.read(0, file.size);

function need(files: ReadonlyMap<string, WholeBytes>, path: string, name: string): WholeBytes {
  const file = files.get(path);
  if (!file) throw new LibraryError('request', messages.noFile(path, name));
  return file;
}

async function wholeOf(
  { weightFiles }: OpenedFolder,
  files: readonly { path: string; size?: number; sha256?: string }[],
): Promise<Whole> {
  const weights = weightFiles.map((path) => files.find((file) => file.path === path));
  return {
    bytes: weights.reduce((sum, file) => sum + (file?.size ?? 0), 0),
    sha256: await weightsHash(
      weights.map((file, i) => ({ path: weightFiles[i] as string, sha256: file?.sha256 ?? '' })),
    ),
  };
}

/** Tells how much of the weights has been read; what is read again is not news. */
function metered(source: WeightSource, meter: Meter, name: string): WeightSource {
  const read = new Map<string, number>();
  /** @param upTo bytes of the parameter, as far as it has been read */
  const tell = (parameter: string, upTo: number) => {
    if ((read.get(parameter) ?? 0) >= upTo) return;
    read.set(parameter, upTo);
    const bytes = [...read.values()].reduce((sum, each) => sum + each, 0);
    meter.show('reading', { file: name, bytes });
  };
  return {
    ...source,
    async read(parameter, room) {
      const values = await source.read(parameter, room);
      tell(parameter, values.byteLength);
      return values;
    },
    async readRows(parameter, from, to, room) {
      const values = await source.readRows(parameter, from, to, room);
      tell(parameter, (to * values.byteLength) / (to - from));
      return values;
    },
  };
}
