import type { Config } from '../gpt2/config';
import { parseConfig } from '../gpt2/config';
import { ModelError } from '../gpt2/errors';
import type { FileRecord, HubRef, UrlRef } from './api';
import { LibraryError } from './errors';
import { fetchFile } from './fetch-file';
import { messages } from './messages';
import { shardsByNeed } from './need';
import type { Net } from './net/net';
import { type Source, sourceOf } from './net/request';
import { MemoryFile } from './store/memory';

export const WEIGHTS = 'model.safetensors';
export const INDEX = 'model.safetensors.index.json';
/** Small files that a model may have; `tokenizer.json` counts only where there is no vocab.json with merges.txt. */
export const VOCABULARY = ['vocab.json', 'merges.txt'] as const;
export const TOKENIZER = 'tokenizer.json';

/** What to fetch for a model, and what it must be. */
export interface Plan {
  readonly ref: HubRef | UrlRef;
  readonly name: string;
  readonly commit: string;
  /** In the order in which to fetch them: what is small, then the weights. */
  readonly files: readonly FileRecord[];
  /** What tells the versions of a plain server's files apart, by path. */
  readonly validators?: Readonly<Record<string, string>>;
}

/** How a plan is made. */
export interface Asking {
  /** The hub's address and those of its mirrors, in the order to try; reordered by what fails. */
  readonly hubs: string[];
  readonly net: Net;
  readonly signal?: AbortSignal;
  /** Whether to look for SHA256SUMS on a plain server; yes, unless the files come with the page itself. */
  readonly sums?: boolean;
  readonly onServer?: (server: string) => void;
  readonly onRetry?: (problem: LibraryError, seconds: number) => void;
}

/** Where the files of a model lie. */
export function sourcesOf(
  ref: HubRef | UrlRef,
  commit: string,
  path: string,
  hubs: readonly string[],
): Source[] {
  const file = path.split('/').map(encodeURIComponent).join('/');
  if (ref.kind === 'url') return [sourceOf(`${folderOf(ref)}/${file}`)];
  return hubs.map((hub) => sourceOf(`${hub}/${ref.id}/resolve/${encodeURIComponent(commit)}/${file}`));
}

/** A folder's address without the last slash. */
export const folderOf = ({ url }: UrlRef): string => url.replace(/\/+$/, '');

/** Whether a request may carry `If-Range` without a CORS preflight: the server is the page's own. */
export const isSameOrigin = (url: string): boolean =>
  globalThis.location === undefined || new URL(url).origin === globalThis.location.origin;

/** Fetches a small file whole, and holds it to its record. */
export async function fetchSmall(
  record: FileRecord,
  sources: Source[],
  { net, signal, onServer, onRetry }: Asking,
): Promise<Uint8Array> {
  const file = new MemoryFile();
  await fetchFile({
    record,
    file,
    sources,
    versions: 'ignore',
    net,
    signal,
    watch: {
      onParts: () => {},
      onHashed: () => {},
      onServer: (server) => onServer?.(server),
      onRetry: (problem, seconds) => onRetry?.(problem, seconds),
      onVersion: () => {},
    },
  });
  const bytes = new Uint8Array(file.size);
  file.read(bytes, 0);
  return bytes;
}

/** Reads a file as JSON. @param from who gave it, for people */
export function parseJson(file: string, from: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new LibraryError('answer', messages.notJson(file, from));
  }
}

/** Reads `config.json` where the model is called `name`. @throws ModelError naming the model too */
export function readConfig(name: string, bytes: Uint8Array): Config {
  const json = parseJson('config.json', name, bytes);
  try {
    return parseConfig(json);
  } catch (error) {
    throw error instanceof ModelError ? new ModelError(`${name}: ${error.message}`) : error;
  }
}

/**
 * The files of the weights that an index names, each once, in the order in which they are needed.
 * @throws LibraryError where it names none, or names a file outside the folder
 */
export function shardsOf(index: unknown): string[] {
  const map = (index as { weight_map?: unknown } | null)?.weight_map;
  if (typeof map !== 'object' || map === null) {
    throw new LibraryError('answer', messages.badIndex('it has no weight_map'));
  }
  for (const shard of Object.values(map)) {
    if (typeof shard !== 'string' || !/^[\w.-]+\.safetensors$/.test(shard)) {
      throw new LibraryError('answer', messages.badIndex(`it names a file ${JSON.stringify(shard)}`));
    }
  }
  const shards = shardsByNeed(map as Record<string, string>);
  if (shards.length === 0) throw new LibraryError('answer', messages.badIndex('it names no file'));
  return shards;
}
