import type { FileRecord, UrlRef } from './api';
import { LibraryError } from './errors';
import { sha256Of } from './hash';
import { messages } from './messages';
import { ask, lengthOf, sourceOf, validatorOf, watched } from './net/request';
import { tryEach } from './net/try-each';
import {
  type Asking,
  fetchSmall,
  folderOf,
  INDEX,
  type Plan,
  parseJson,
  shardsOf,
  TOKENIZER,
  VOCABULARY,
  WEIGHTS,
} from './plan';

/** A list of hashes as `sha256sum *` prints it. */
export const SUMS = 'SHA256SUMS';

interface Found {
  readonly size?: number;
  readonly validator?: string;
}

/** @throws LibraryError where this is no address of a folder */
export function checkUrl({ url }: UrlRef): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new LibraryError('request', messages.badUrl(url));
  }
}

/** What people call a folder on a server: its last part. */
export const nameOf = ({ url }: UrlRef): string =>
  decodeURIComponent(new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? new URL(url).host);

/**
 * Looks what a plain server's folder holds. It keeps no record but, perhaps, a file SHA256SUMS; in place of a commit
 * stands a hash of all names, sizes, etags and sums, so that files of two versions never mix.
 * @throws LibraryError where there is no config.json or there are no weights
 */
export async function planUrl(ref: UrlRef, asking: Asking): Promise<Plan> {
  checkUrl(ref);
  const name = nameOf(ref);
  const server = new URL(ref.url).host;
  const at = (path: string) => sourceOf(`${folderOf(ref)}/${path}`);
  const text = (path: string) => fetchSmall({ path }, [at(path)], asking);

  const found = new Map<string, Found>();
  const find = (paths: readonly string[]) =>
    Promise.all(
      paths.map(async (path) => {
        const one = await look(path);
        if (one) found.set(path, one);
      }),
    );
  // Browsers complain in their console of each file that is not there, so none is looked for in vain.
  await find(['config.json', ...VOCABULARY, WEIGHTS, ...(asking.sums === false ? [] : [SUMS])]);
  if (!VOCABULARY.every((path) => found.has(path))) await find([TOKENIZER]);
  if (!found.has(WEIGHTS)) await find([INDEX]);
  const sums = found.has(SUMS) ? parseSums(await text(SUMS)) : new Map<string, string>();
  const files = ['config.json'];
  if (VOCABULARY.every((path) => found.has(path))) files.push(...VOCABULARY);
  else if (found.has(TOKENIZER)) files.push(TOKENIZER);
  if (found.has(WEIGHTS)) files.push(WEIGHTS);
  else if (found.has(INDEX)) {
    const shards = shardsOf(parseJson(INDEX, server, await text(INDEX)));
    await find(shards);
    for (const shard of shards) if (!found.has(shard)) none(shard);
    files.push(INDEX, ...shards);
  } else none(WEIGHTS);
  if (!found.has('config.json')) none('config.json');

  const records = files.map((path): FileRecord => {
    const size = found.get(path)?.size;
    const value = sums.get(path);
    return {
      path,
      ...(size === undefined ? {} : { size }),
      ...(value === undefined ? {} : { hash: { algorithm: 'sha256', value } }),
    };
  });
  const validators: Record<string, string> = {};
  for (const path of files) {
    const validator = found.get(path)?.validator;
    if (validator !== undefined) validators[path] = validator;
  }
  const commit = (await sha256Of(JSON.stringify([records, validators]))).slice(0, 40);
  return { ref, name, commit, files: records, validators };

  function none(path: string): never {
    throw new LibraryError('missing', messages.missingPlain(path, `${server} (${folderOf(ref)})`));
  }

  /** Whether a file is there, and which. Servers that do not answer HEAD are taken to have it if GET gives a beginning. */
  async function look(path: string): Promise<Found | undefined> {
    const { net, signal, onServer, onRetry } = asking;
    onServer?.(server);
    const request = { file: path, source: at(path), net, signal, method: 'HEAD' as const };
    try {
      return await tryEach([request], { net, signal, onRetry }, () =>
        watched(request, async (inner) => {
          const response = await ask(request, inner).catch((error: unknown) => {
            if (!(error instanceof LibraryError) || error.code !== 'answer') throw error;
            return ask({ ...request, method: 'GET' }, inner);
          });
          return { size: lengthOf(response), validator: validatorOf(response) };
        }),
      );
    } catch (error) {
      // A static host may answer an unknown path with its start page instead of 404.
      const absent = error instanceof LibraryError && (error.code === 'missing' || error.code === 'page');
      if (!absent) throw error;
      if (error.code === 'page' && path === 'config.json') throw error;
      return undefined;
    }
  }
}

/** Reads lines of `<sha256>  <file>`. */
export function parseSums(bytes: Uint8Array): Map<string, string> {
  const sums = new Map<string, string>();
  for (const line of new TextDecoder().decode(bytes).split(/\r?\n/)) {
    const [, value, path] = /^([0-9a-fA-F]{64}) [ *](?:\.\/)?(.+)$/.exec(line) ?? [];
    if (value !== undefined && path !== undefined) sums.set(path, value.toLowerCase());
  }
  return sums;
}
