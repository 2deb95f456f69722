import type { HubRef, UrlRef } from './api';
import { LibraryError } from './errors';
import { type FileJob, fetchFile } from './fetch-file';
import type { MakeHash } from './hash';
import { Journal, journalPath } from './journal';
import { savingLatest } from './latest';
import { messages } from './messages';
import type { Meter } from './meter';
import { comesByNeed } from './need';
import type { Net } from './net/net';
import type { Parts } from './parts';
import { isSameOrigin, sourcesOf } from './plan';
import type { Manifest, ManifestFile, Shelf } from './shelf';
import type { StoreFile } from './store/store';
import { together } from './together';

/** Hears of files as they arrive, to read them before they are whole. */
export interface Delivery {
  /** A file that is not whole is open. */
  onOpen(path: string, file: StoreFile): void;
  /** These bytes of it are there now; fewer than before where it begins anew. */
  onParts(path: string, parts: Parts): void;
  /** It is not open any more, whether whole or not. */
  onClose(path: string): void;
  /** A file is whole, right, and can be read from the store. */
  onVerified(path: string, file: ManifestFile): Promise<void> | void;
}

export interface Fulfilment {
  readonly key: string;
  readonly manifest: Manifest;
  readonly shelf: Shelf;
  readonly hubs: string[];
  readonly net: Net;
  readonly makeHash: MakeHash;
  readonly meter: Meter;
  readonly signal?: AbortSignal;
  readonly delivery?: Delivery;
  /** Bytes that the browser may still give, where it says. */
  readonly room: () => Promise<number | undefined>;
}

/**
 * Fetches what is missing of a model and writes down how far it is. Only one may do this at a time. config.json comes first and
 * alone: it may say that there is no need for the rest; then what is small, together with the first file of the weights, and the
 * other files of the weights one by one.
 * @throws LibraryError; what has arrived stays
 */
export async function fulfil(job: Fulfilment): Promise<Manifest> {
  const { key, shelf, meter, delivery } = job;
  let manifest = await withoutLost(key, job.manifest, shelf);
  meter.files(manifest.files);
  for (const file of manifest.files) meter.bytes(file.path, await shelf.have(key, file), 'disk');
  const saveLatest = savingLatest(() => shelf.save(key, manifest));
  const save = (path: string, change: Partial<ManifestFile>) => {
    const files = manifest.files.map((file) => (file.path === path ? { ...file, ...change } : file));
    manifest = { ...manifest, files };
    return saveLatest();
  };
  if (manifest.files.some(({ state }) => state !== 'verified')) await checkRoom(job, manifest);
  const fetching =
    ({ path }: ManifestFile) =>
    async (signal: AbortSignal) => {
      const file = () => manifest.files.find((one) => one.path === path) as ManifestFile;
      if (file().state !== 'verified')
        await fetchOne({ ...job, signal }, file(), (change) => save(path, change));
      await delivery?.onVerified(path, file());
    };
  for (const files of inTurns(manifest.files)) await together(files.map(fetching), job.signal);
  meter.show('done');
  return manifest;
}

async function fetchOne(
  job: Fulfilment,
  record: ManifestFile,
  save: (change: Partial<ManifestFile>) => Promise<void>,
): Promise<void> {
  const { key, manifest, shelf, hubs, net, meter, signal, delivery } = job;
  const { path } = record;
  const { ref, commit } = manifest;
  await save({ state: 'partial' });
  const at = shelf.path(key, path);
  const file = await shelf.store.write(at);
  let journal: Journal | undefined;
  let saving: Promise<void> = Promise.resolve();
  const close = () => {
    delivery?.onClose(path);
    journal?.close();
    file.close();
  };
  try {
    if (comesByNeed(record)) journal = await Journal.open(shelf.store, at);
    delivery?.onOpen(path, file);
    const sources = sourcesOf(ref, commit, path, hubs);
    const found = await fetchFile({
      record,
      validator: record.validator,
      file,
      journal,
      sources,
      versions: versionsOf(ref),
      net,
      makeHash: isLarge(record) ? job.makeHash : undefined,
      signal,
      watch: {
        onParts(parts, from) {
          delivery?.onParts(path, parts);
          meter.bytes(path, parts.covered, from);
        },
        onHashed: (bytes) => meter.hashed(path, bytes),
        onServer: (server) => meter.show('downloading', { file: path, server }),
        onRetry: ({ message }, retryIn) => meter.show('retrying', { problem: message, retryIn }),
        onVersion(validator) {
          saving = saving.then(() => save({ validator }));
        },
      },
    });
    await saving;
    close();
    await save({ ...found, state: 'verified' });
    await shelf.store.remove(journalPath(at)); // not before: without it, only a file that is verified is there
    prefer(
      hubs,
      sources.map(({ url }) => url),
    );
  } catch (error) {
    close();
    await saving.catch(() => {}); // the first failure is the one to tell
    if (error instanceof LibraryError && error.code === 'changed') await save({ validator: undefined });
    throw error;
  }
}

/** Which files to fetch at a time, one turn after the other. */
function inTurns([config, ...files]: readonly ManifestFile[]): ManifestFile[][] {
  const isWeights = ({ path }: ManifestFile) => path.endsWith('.safetensors');
  const small = files.filter((file) => !isWeights(file));
  const [first, ...others] = files.filter(isWeights);
  return [config, [...small, first], ...others].map((turn) =>
    [turn].flat().filter((file) => file !== undefined),
  );
}

/** Whether a file takes longer to hash than a thread to start. */
const isLarge = ({ size = 0 }: ManifestFile): boolean => size > LARGE_BYTES;

const LARGE_BYTES = 1 << 24;

const versionsOf = (ref: HubRef | UrlRef): FileJob['versions'] => {
  if (ref.kind === 'hub') return 'ignore';
  return isSameOrigin(ref.url) ? 'condition' : 'compare';
};

/** Puts the servers into the order that a file left them in, so that the next does not wait for one that is down. */
function prefer(hubs: string[], urls: readonly string[]): void {
  const place = (hub: string) => urls.findIndex((url) => url.startsWith(`${hub}/`));
  hubs.sort((a, b) => place(a) - place(b));
}

/** A browser may throw files away: what is gone is missing again. */
async function withoutLost(key: string, manifest: Manifest, shelf: Shelf): Promise<Manifest> {
  const files: ManifestFile[] = [];
  for (const file of manifest.files) {
    const lost = file.state === 'verified' && (await shelf.size(key, file.path)) !== file.size;
    files.push(lost ? { ...file, state: 'missing', sha256: undefined } : file);
  }
  return { ...manifest, files };
}

async function checkRoom({ key, shelf, room }: Fulfilment, { name, files }: Manifest): Promise<void> {
  const free = await room();
  if (free === undefined) return;
  let needed = 0;
  // A file whose last part came first takes all of its room already.
  for (const { path, size = 0 } of files) needed += Math.max(0, size - (await shelf.size(key, path)));
  if (needed > free) throw new LibraryError('full', messages.tooBig(name, needed, free));
}
