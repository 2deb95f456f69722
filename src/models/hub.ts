import type { FileRecord, HubRef } from './api';
import { LibraryError } from './errors';
import { messages } from './messages';
import { ask, type Source, sourceOf, watched } from './net/request';
import { tryEach } from './net/try-each';
import {
  type Asking,
  fetchSmall,
  INDEX,
  type Plan,
  parseJson,
  shardsOf,
  sourcesOf,
  TOKENIZER,
  VOCABULARY,
  WEIGHTS,
} from './plan';

/** The Hugging Face hub. */
export const HUB = 'https://huggingface.co';

/**
 * Reads what a person writes for a hub model: `owner/name`, `owner/name@revision`, or the address of its page.
 * @throws LibraryError saying what is needed
 */
export function parseHubId(text: string): HubRef {
  const page = /^https?:\/\/[^/]+\/([^/]+\/[^/?#@]+)(?:\/(?:tree|resolve|blob)\/([^/?#]+))?/.exec(
    text.trim(),
  );
  const [, id, revision] = page ?? /^([^@]*)(?:@(.*))?$/.exec(text.trim()) ?? [];
  const ref: HubRef = { kind: 'hub', id: id ?? '', ...(revision === undefined ? {} : { revision }) };
  checkRef(page ? ref : { ...ref, id: id ?? text });
  return ref;
}

/** @throws LibraryError where the id or the revision could not be one, and might lead elsewhere */
export function checkRef({ id, revision }: HubRef): void {
  const part = '(?!\\.)[A-Za-z0-9_.-]{1,96}';
  if (!new RegExp(`^${part}/${part}$`).test(id) || id.includes('..') || id.includes('--')) {
    throw new LibraryError('request', messages.badId(id));
  }
  if (revision !== undefined && (!/^[\w./-]{1,200}$/.test(revision) || revision.includes('..'))) {
    throw new LibraryError('request', messages.badRevision(revision));
  }
}

interface TreeEntry {
  readonly type: string;
  readonly path: string;
  readonly size: number;
  /** git's hash; of a file in large-file storage, that of the pointer to it. */
  readonly oid: string;
  readonly lfs?: { readonly oid: string; readonly size: number };
}

/**
 * Asks the hub which commit a revision is, and what that commit holds.
 * The hub's `/api/models/<id>/revision/<revision>` answers the commit as `sha`, `/api/models/<id>/tree/<commit>` the
 * files with their hashes: SHA-256 for those in large-file storage, git's own for the others.
 * @throws LibraryError where no server answers, or the repository has no weights that can be read
 */
export async function planHub(ref: HubRef, asking: Asking): Promise<Plan> {
  checkRef(ref);
  const revision = ref.revision ?? 'main';
  const { id } = ref;
  const label = ref.revision === undefined ? id : `${id} (${revision})`;
  const found = await eachHub(asking, label, async (hub, json) => {
    const info = await json(`${hub}/api/models/${id}/revision/${encodeURIComponent(revision)}`);
    const commit = (info as { sha?: unknown }).sha;
    if (typeof commit !== 'string' || !/^[0-9a-f]{40,64}$/.test(commit)) {
      throw new LibraryError(
        'answer',
        messages.strangeAnswer(label, new URL(hub).host, 'it gives no commit'),
      );
    }
    const tree = await json(`${hub}/api/models/${id}/tree/${commit}?recursive=true`);
    return { commit, records: recordsOf(tree, label, new URL(hub).host) };
  });
  const { commit, records } = found;
  const files: FileRecord[] = [need(records, 'config.json', id)];
  if (VOCABULARY.every((path) => records.has(path))) {
    files.push(...VOCABULARY.map((path) => need(records, path, id)));
  } else if (records.has(TOKENIZER)) {
    files.push(need(records, TOKENIZER, id));
  }
  if (records.has(WEIGHTS)) return { ref, name: id, commit, files: [...files, need(records, WEIGHTS, id)] };
  const index = records.get(INDEX);
  if (!index) {
    const others = [...records.keys()].filter((path) => /\.(bin|h5|msgpack|ot|pt|gguf|onnx)$/.test(path));
    throw new LibraryError('request', messages.noWeights(id, others));
  }
  const bytes = await fetchSmall(index, sourcesOf(ref, commit, INDEX, asking.hubs), asking);
  const shards = shardsOf(parseJson(INDEX, id, bytes)).map((path) => {
    const record = records.get(path);
    if (!record) throw new LibraryError('request', messages.missingShard(path, id));
    return record;
  });
  return { ref, name: id, commit, files: [...files, index, ...shards] };
}

type AskJson = (url: string) => Promise<unknown>;

/** Tries the hub and its mirrors for what `run` asks of one of them. */
function eachHub<T>(
  { hubs, net, signal, onServer, onRetry }: Asking,
  label: string,
  run: (hub: string, json: AskJson) => Promise<T>,
): Promise<T> {
  return tryEach(hubs, { net, signal, onRetry }, (hub) => {
    onServer?.(new URL(hub).host);
    return run(hub, (url) => askJson(sourceOf(url)));
  });

  /** All pages of an answer: a list may go on at the address in the `Link` header. */
  async function askJson(source: Source): Promise<unknown> {
    const pages: unknown[] = [];
    let next: Source | undefined = source;
    while (next) {
      const { page, more } = await askPage(next);
      if (!Array.isArray(page)) return page;
      pages.push(...page);
      next = more;
    }
    return pages;
  }

  function askPage(source: Source): Promise<{ page: unknown; more: Source | undefined }> {
    const request = { file: label, source, net, signal };
    return watched(request, async (inner, alive) => {
      const response = await ask(request, inner);
      alive();
      const body = await response.arrayBuffer().catch((error: unknown) => {
        throw inner.aborted ? error : new LibraryError('cut', messages.unreachable(label, source.server));
      });
      const more = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      return {
        page: parseJson(label, source.server, new Uint8Array(body)),
        more: more === undefined ? undefined : sourceOf(new URL(more, source.url).href),
      };
    });
  }
}

function recordsOf(tree: unknown, label: string, server: string): Map<string, FileRecord> {
  const strange = (what: string): never => {
    throw new LibraryError('answer', messages.strangeAnswer(label, server, what));
  };
  if (!Array.isArray(tree)) return strange('its list of files is no list');
  const records = new Map<string, FileRecord>();
  for (const { type, path, size, oid, lfs } of tree as TreeEntry[]) {
    if (type !== 'file') continue;
    const value = lfs?.oid ?? oid;
    const bytes = lfs?.size ?? size;
    if (typeof path !== 'string' || !Number.isSafeInteger(bytes) || !/^[0-9a-f]+$/.test(value ?? '')) {
      return strange('a file of its list has no path, size or hash');
    }
    records.set(path, { path, size: bytes, hash: { algorithm: lfs ? 'sha256' : 'git-sha1', value } });
  }
  return records;
}

function need(records: ReadonlyMap<string, FileRecord>, path: string, id: string): FileRecord {
  const record = records.get(path);
  if (!record) throw new LibraryError('request', messages.noFile(path, id));
  return record;
}
