import { type Config, parseConfig } from '../gpt2/config';
import type { FileRecord, HubRef, StoredModel, UrlRef } from './api';
import { LibraryError } from './errors';
import { sha256Of } from './hash';
import { recorded } from './journal';
import { messages } from './messages';
import { comesByNeed } from './need';
import type { Plan } from './plan';
import { readText, type Store, writeText } from './store/store';

const ROOT = 'models';
const CONFIG = 'config.json';

/** One file of a model, and how far it is. */
export interface ManifestFile extends FileRecord {
  readonly state: 'missing' | 'partial' | 'verified';
  /** Which version a partial file is of, on a server that keeps no record. */
  readonly validator?: string;
  /** Of a verified file. */
  readonly sha256?: string;
}

/** What is known of a model on this device: enough to go on with it without asking which files it has. */
export interface Manifest {
  readonly format: 1;
  readonly ref: HubRef | UrlRef;
  readonly name: string;
  readonly commit: string;
  readonly modified: number;
  readonly files: readonly ManifestFile[];
}

/** The models of a store: `models/<id>/<commit>/`, each with its files and a manifest. */
export class Shelf {
  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  path(key: string, file: string): string {
    return `${ROOT}/${key}/${file}`;
  }

  /** The manifest that was written last; the copy helps where a crash cut its writing short. */
  async load(key: string): Promise<Manifest | undefined> {
    for (const name of MANIFESTS) {
      const text = await readText(this.store, this.path(key, name));
      const manifest = text === undefined ? undefined : parseManifest(text);
      if (manifest) return manifest;
    }
    return undefined;
  }

  /** @throws LibraryError where there is no such model */
  async need(key: string): Promise<Manifest> {
    const manifest = isKey(key) ? await this.load(key) : undefined;
    if (!manifest) throw new LibraryError('request', messages.notThere(key));
    return manifest;
  }

  /** Two copies, one after the other: one of them is whole at every moment. */
  async save(key: string, manifest: Manifest): Promise<void> {
    const text = JSON.stringify({ ...manifest, modified: Date.now() }, null, 1);
    for (const name of [...MANIFESTS].reverse()) await writeText(this.store, this.path(key, name), text);
  }

  async keys(): Promise<string[]> {
    const keys: string[] = [];
    for (const id of await this.store.list(ROOT)) {
      for (const { name } of await this.store.list(`${ROOT}/${id.name}`)) keys.push(`${id.name}/${name}`);
    }
    return keys;
  }

  /** Deletes a model, and the folder of its name where no other revision is in it. */
  async remove(key: string): Promise<void> {
    await this.store.remove(`${ROOT}/${key}`);
    const folder = `${ROOT}/${key.split('/')[0]}`;
    if ((await this.store.list(folder)).length === 0) await this.store.remove(folder);
  }

  /** How many bytes a file takes. */
  async size(key: string, file: string): Promise<number> {
    return (await this.store.read(this.path(key, file)))?.size ?? 0;
  }

  /** How many bytes of a file are there, to go on from. */
  async have(key: string, file: ManifestFile): Promise<number> {
    const size = await this.size(key, file.path);
    if (size === 0 || file.state === 'verified' || !comesByNeed(file)) return size;
    return Math.min(size, (await recorded(this.store, this.path(key, file.path))).covered);
  }

  async describe(key: string, manifest: Manifest): Promise<StoredModel> {
    const { ref, name, commit, modified, files } = manifest;
    let bytes = 0;
    for (const file of files) bytes += await this.have(key, file);
    const config = await this.#config(key, manifest);
    return {
      key,
      ref,
      name,
      commit,
      ...(config ? { config } : {}),
      modified,
      bytes,
      total: totalOf(files),
      complete: isComplete(manifest),
      files: files.map(({ path, size, hash, state }) => ({ path, size, hash, state })),
    };
  }

  /** The shape of a model, where its file is here and can be read. */
  async #config(key: string, { files }: Manifest): Promise<Config | undefined> {
    if (!files.some(({ path, state }) => path === CONFIG && state === 'verified')) return undefined;
    try {
      return parseConfig(JSON.parse((await readText(this.store, this.path(key, CONFIG))) ?? ''));
    } catch {
      return undefined; // a model that cannot be computed, or a file that was lost: opening it says so
    }
  }
}

const MANIFESTS = ['manifest.json', 'manifest-copy.json'] as const;

/** The first manifest of a plan, before anything is there. */
export const manifestOf = ({ ref, name, commit, files, validators }: Plan): Manifest => ({
  format: 1,
  ref,
  name,
  commit,
  modified: Date.now(),
  files: files.map((file) => ({ ...file, state: 'missing', validator: validators?.[file.path] })),
});

export const isComplete = ({ files }: Manifest): boolean => files.every(({ state }) => state === 'verified');

/** Bytes of some files; unknown where one of them is. */
export function totalOf(files: readonly FileRecord[]): number | undefined {
  let total = 0;
  for (const { size } of files) {
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}

/** The folder of a model and a commit. Hub names have no `--` in them, so no two names meet in one folder. */
export async function keyOf(ref: HubRef | UrlRef, commit: string): Promise<string> {
  if (ref.kind === 'hub') return `${ref.id.replace('/', '--')}/${commit}`;
  const url = ref.url.replace(/\/+$/, '');
  const readable = url.replace(/^https?:\/\//, '').replace(/[^A-Za-z0-9.]+/g, '-');
  return `url--${readable.slice(0, 80)}--${(await sha256Of(url)).slice(0, 12)}/${commit}`;
}

/** Keys come back from pages: nothing in them may lead out of the folder of models. */
const isKey = (key: string): boolean => /^[\w.-]+\/[0-9a-f]{40,64}$/.test(key) && !key.startsWith('.');

function parseManifest(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest;
    return manifest.format === 1 && Array.isArray(manifest.files) ? manifest : undefined;
  } catch {
    return undefined; // cut short by a crash
  }
}
