import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Files } from './checkpoint';

/** One way to fail, for a file (or `api`), so many times. */
export interface Fault {
  /** The file's name; `api` for what is not a file; `*` for all. */
  readonly on: string;
  /** How many answers fail; all unless given. */
  readonly times?: number;
  /**
   * How many answers do not fail, of those that could and come when no earlier fault is left, before the first that
   * does; none unless given. A redirect is an answer that can have a `status`, and no body.
   */
  readonly after?: number;
  readonly how:
    | { readonly status: number; readonly headers?: Record<string, string> }
    /** The connection breaks after so many bytes of the body. */
    | { readonly cutAfter: number }
    /** Nothing more comes after so many bytes of the body. */
    | { readonly stallAfter: number }
    /** Nothing more comes after so many bytes of the body, one number after the other, until `release()`. */
    | { readonly holdAt: readonly number[] }
    /** One byte of the file is another. */
    | { readonly corrupt: number }
    /** A web page in place of the file, as from a Wi-Fi's sign-in page. */
    | 'page'
    /** The whole file where a part was asked for. */
    | 'no-range'
    /** The connection is closed at once. */
    | 'offline'
    /** So many bytes a second, at most. */
    | { readonly slow: number };
}

interface Told {
  readonly status?: number;
  readonly cutAfter?: number;
  readonly stallAfter?: number;
  readonly holdAt?: readonly number[];
  readonly corrupt?: number;
  readonly slow?: number;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly range?: string;
  readonly ifRange?: string;
}

export interface HubServer {
  /** What to give as a source. */
  readonly url: string;
  /** Where the contents lie, as on the hub: another origin. */
  readonly content: string;
  /** Puts a revision of a model there; its commit is the answer. */
  put(id: string, files: Files, options?: { revision?: string; lfs?: (path: string) => boolean }): string;
  /** Puts a plain folder there; its address is the answer. */
  putFolder(path: string, files: Files): string;
  fail(...faults: Fault[]): void;
  heal(): void;
  /** Bodies that are held. */
  readonly held: number;
  /** Lets go on what is held. */
  release(): void;
  readonly asked: Asked[];
  /** Bytes of bodies that were sent, by file name. */
  readonly sent: Map<string, number>;
  /** Bodies that are being sent. */
  readonly sending: number;
  forget(): void;
  close(): Promise<void>;
}

const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'X-Repo-Commit, X-Linked-Size, X-Linked-ETag, X-Error-Code, ETag, Link, Accept-Ranges, Content-Range',
};
const PAGE = '<!doctype html><title>Sign in</title><p>Welcome to this Wi-Fi. Please sign in.</p>';

interface Repository {
  readonly commits: Map<string, { files: Files; lfs: (path: string) => boolean }>;
  readonly revisions: Map<string, string>;
}

/** A server that speaks the hub's protocol on two origins, and fails as it is told to. */
export async function startHub(): Promise<HubServer> {
  const repositories = new Map<string, Repository>();
  const folders = new Map<string, Files>();
  const held: (() => void)[] = [];
  let sending = 0;
  const asked: Asked[] = [];
  const sent = new Map<string, number>();
  let faults: (Fault & { left: number; spared: number })[] = [];

  const faultOf = (name: string, kinds: (how: Fault['how']) => boolean) => {
    const fault = faults.find(({ on, how, left }) => left > 0 && (on === name || on === '*') && kinds(how));
    if (!fault || fault.spared-- > 0) return undefined;
    fault.left--;
    return fault.how;
  };

  const front = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://hub');
    const path = decodeURIComponent(pathname);
    note(request, path);
    if (preflight(request, response)) return;
    const file = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path);
    if (file) {
      const [, id, revision, name] = file as unknown as [string, string, string, string];
      return resolve(request, response, id, revision, name);
    }
    for (const [folder, files] of folders) {
      if (path.startsWith(`${folder}/`))
        return give(request, response, path.slice(folder.length + 1), files, true);
    }
    if (early(response, 'api')) return;
    const info = /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\/(.+)$/.exec(path);
    const repository = info && repositories.get(info[1] as string);
    if (!repository)
      return end(response, 401, { 'X-Error-Code': 'RepoNotFound' }, { error: 'Repository not found' });
    const commit = repository.revisions.get(info[3] as string) ?? (info[3] as string);
    const held = repository.commits.get(commit);
    if (!held) return end(response, 404, { 'X-Error-Code': 'RevisionNotFound' }, { error: 'Invalid rev id' });
    if (info[2] === 'revision')
      return end(response, 200, {}, { id: info[1], sha: commit, gated: false, private: false });
    const tree = treeOf(held.files, held.lfs);
    const page = Number(searchParams.get('cursor') ?? 0);
    const more = tree.slice(page + 4).length > 0;
    const link = `<http://${request.headers.host}${pathname}?recursive=true&cursor=${page + 4}>; rel="next"`;
    end(response, 200, more ? { Link: link } : {}, tree.slice(page, page + 4));
  });

  const back = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://content').pathname);
    note(request, path);
    // The hub's content servers have not always answered a preflight: neither do we.
    if (request.method === 'OPTIONS') return void response.writeHead(403).end();
    const [id, commit, name] = path.slice(1).split('|') as [string, string, string];
    const held = repositories.get(id)?.commits.get(commit);
    if (!held) return void response.writeHead(404, CORS).end();
    give(request, response, name, held.files, false);
  });

  const [url, content] = await Promise.all([listen(front), listen(back)]);

  function note(request: IncomingMessage, path: string): void {
    const { range, 'if-range': ifRange } = request.headers;
    asked.push({
      method: request.method ?? '',
      path,
      ...(range === undefined ? {} : { range }),
      ...(ifRange === undefined ? {} : { ifRange: String(ifRange) }),
    });
  }

  function resolve(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    revision: string,
    name: string,
  ) {
    const repository = repositories.get(id);
    const commit = repository?.revisions.get(revision) ?? revision;
    const held = repository?.commits.get(commit);
    if (!held) return end(response, 401, {}, { error: 'Repository not found' });
    const bytes = held.files.get(name);
    if (!bytes) return end(response, 404, { 'X-Error-Code': 'EntryNotFound' }, 'Entry not found');
    if (!held.lfs(name)) return give(request, response, name, held.files, false, { 'X-Repo-Commit': commit });
    if (early(response, name)) return;
    response
      .writeHead(302, {
        ...CORS,
        Location: `${content}/${encodeURIComponent(`${id}|${commit}|${name}`)}`,
        'X-Repo-Commit': commit,
        'X-Linked-Size': String(bytes.length),
        'X-Linked-ETag': `"${sha('sha256', bytes)}"`,
      })
      .end();
  }

  /** Faults that come in place of an answer. */
  function early(response: ServerResponse, name: string): boolean {
    const how = faultOf(
      name,
      (kind) => kind === 'offline' || kind === 'page' || (typeof kind === 'object' && 'status' in kind),
    );
    if (how === undefined) return false;
    if (how === 'offline') response.destroy();
    else if (how === 'page')
      response.writeHead(200, { ...CORS, 'Content-Type': 'text/html; charset=utf-8' }).end(PAGE);
    else if (typeof how === 'object' && 'status' in how)
      end(response, how.status, how.headers ?? {}, { error: 'told to fail' });
    return true;
  }

  function give(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    files: Files,
    plain: boolean,
    more: Record<string, string> = {},
  ): void {
    if (early(response, name)) return;
    let bytes = files.get(name);
    if (!bytes) {
      end(response, 404, {}, 'There is no such file.');
      return;
    }
    const body = request.method !== 'HEAD';
    const how = faultOf(
      name,
      (kind) => body && (typeof kind === 'object' ? !('status' in kind) : kind === 'no-range'),
    );
    const told: Told = typeof how === 'object' ? how : {};
    const etag = `"${sha('sha1', bytes).slice(0, 20)}"`;
    if (told.corrupt !== undefined) {
      bytes = bytes.slice();
      bytes[told.corrupt] = (bytes[told.corrupt] as number) ^ 0x20;
    }
    const range = how === 'no-range' ? null : /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const stands = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    const from = range && stands ? Number(range[1]) : 0;
    const headers = { ...CORS, ...more, ETag: etag, 'Content-Type': 'application/octet-stream' };
    if (range && stands && from >= bytes.length) {
      return void response.writeHead(416, { ...headers, 'Content-Range': `bytes */${bytes.length}` }).end();
    }
    const part = range && stands;
    const to = part && range[2] ? Math.min(Number(range[2]) + 1, bytes.length) : bytes.length;
    const rest = bytes.subarray(from, to);
    response.writeHead(part ? 206 : 200, {
      ...headers,
      'Content-Length': rest.length,
      ...(plain ? { 'Cache-Control': 'no-cache' } : {}),
      ...(part ? { 'Content-Range': `bytes ${from}-${to - 1}/${bytes.length}` } : {}),
    });
    if (!body) return void response.end();
    sending++;
    void pour(response, name, rest, told).finally(() => sending--);
  }

  async function pour(response: ServerResponse, name: string, body: Uint8Array, told: Told): Promise<void> {
    const slow = told.slow ?? Number.POSITIVE_INFINITY;
    const end = told.cutAfter ?? told.stallAfter ?? body.length;
    const step = slow === Number.POSITIVE_INFINITY ? 1 << 16 : Math.max(1, Math.round(slow / 20));
    const holds = [...(told.holdAt ?? [])];
    for (let at = 0; at < Math.min(end, body.length); ) {
      if (at === holds[0]) {
        holds.shift();
        await new Promise<void>((go) => held.push(go));
      }
      const piece = body.subarray(at, Math.min(at + step, end, body.length, holds[0] ?? body.length));
      at += piece.length;
      if (response.destroyed) return;
      await new Promise<void>((done) => response.write(piece, () => done()));
      sent.set(name, (sent.get(name) ?? 0) + piece.length);
      if (slow !== Number.POSITIVE_INFINITY) await new Promise((done) => setTimeout(done, 50));
    }
    if (told.stallAfter !== undefined) return;
    if (end < body.length) response.destroy();
    else response.end();
  }

  return {
    url,
    content,
    asked,
    sent,
    get held() {
      return held.length;
    },
    get sending() {
      return sending;
    },
    put(id, files, { revision = 'main', lfs = (path: string) => path.endsWith('.safetensors') } = {}) {
      const repository = repositories.get(id) ?? { commits: new Map(), revisions: new Map() };
      repositories.set(id, repository);
      const commit = sha('sha1', new TextEncoder().encode(JSON.stringify(treeOf(files, lfs))));
      repository.commits.set(commit, { files, lfs });
      repository.revisions.set(revision, commit);
      return commit;
    },
    putFolder(path, files) {
      folders.set(path, files);
      return `${url}${path}`;
    },
    fail(...more) {
      for (const fault of more) {
        faults.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY, spared: fault.after ?? 0 });
      }
    },
    heal() {
      faults = [];
    },
    release() {
      for (const go of held.splice(0)) go();
    },
    forget() {
      asked.length = 0;
      sent.clear();
    },
    async close() {
      await Promise.all([front, back].map(shut));
    },
  };
}

function treeOf(files: Files, lfs: (path: string) => boolean): object[] {
  return [...files].map(([path, bytes]) => {
    const size = bytes.length;
    const oid = gitHash(bytes);
    if (!lfs(path)) return { type: 'file', oid, size, path };
    return {
      type: 'file',
      oid: '0'.repeat(40),
      size,
      path,
      lfs: { oid: sha('sha256', bytes), size, pointerSize: 134 },
    };
  });
}

export const sha = (kind: 'sha1' | 'sha256', bytes: Uint8Array): string =>
  createHash(kind).update(bytes).digest('hex');

export const gitHash = (bytes: Uint8Array): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

function preflight(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204, { ...CORS, 'Access-Control-Allow-Headers': '*' }).end();
  return true;
}

function end(response: ServerResponse, status: number, headers: Record<string, string>, body: unknown): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  response.writeHead(status, { ...CORS, 'Content-Type': type, ...headers }).end(text);
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const shut = (server: Server) =>
  new Promise<void>((done) => {
    server.closeAllConnections();
    server.close(() => done());
  });
