import { LibraryError } from '../errors';
import { messages } from '../messages';
import { isOffline, type Net } from './net';

/** A place to fetch a file from. */
export interface Source {
  readonly url: string;
  /** The host, for people. */
  readonly server: string;
}

export const sourceOf = (url: string): Source => ({ url, server: new URL(url).host });

/** One request for a file, or for a part of it. */
export interface FileRequest {
  /** The file's name, for people. */
  readonly file: string;
  readonly source: Source;
  readonly net: Net;
  readonly signal?: AbortSignal;
  readonly method?: 'GET' | 'HEAD';
  /** The first byte that is wanted. */
  readonly from?: number;
  /** What follows the last byte that is wanted; the rest of the file unless given. */
  readonly to?: number;
  /** What `If-Range` is to hold the file to. */
  readonly ifRange?: string;
}

/**
 * A connection that ends by itself when nothing comes for a while. `alive` is called at every sign of life.
 * @throws what `run` throws, or LibraryError `stalled`, or the signal's reason
 */
export async function watched<T>(
  { file, source, net, signal }: FileRequest,
  run: (signal: AbortSignal, alive: () => void) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const pass = () => controller.abort(signal?.reason);
  signal?.addEventListener('abort', pass, { once: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const seconds = Math.max(1, Math.round(net.stallMs / 1000));
      controller.abort(new LibraryError('stalled', messages.stalled(file, source.server, seconds)));
    }, net.stallMs);
  };
  alive();
  try {
    return await run(controller.signal, alive);
  } catch (error) {
    // fetch and streams wrap the reason of an abort in different ways.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', pass);
    // Ends what is left of the answer, so that a refused body does not go on in the background.
    controller.abort();
  }
}

/**
 * Sends a request and looks at the head of the answer.
 * A `Range` of one part needs no CORS preflight, which the hub's content servers have not always answered; and browsers
 * ask for it uncompressed, so that bytes can be counted. Answers are not kept in the HTTP cache: they would be on disk twice.
 * @returns an answer 200, 206 or 416
 * @throws LibraryError for every other one
 */
export async function ask(request: FileRequest, signal: AbortSignal): Promise<Response> {
  const { file, source, net, method = 'GET', from, to, ifRange } = request;
  const headers: Record<string, string> = {};
  if (from !== undefined) headers.Range = `bytes=${from}-${to === undefined ? '' : to - 1}`;
  if (from && ifRange) headers['If-Range'] = ifRange;
  let response: Response;
  try {
    response = await net.fetch(source.url, {
      method,
      headers,
      signal,
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
  } catch (error) {
    if (signal.aborted) throw error;
    const code = isOffline() ? 'offline' : 'unreachable';
    throw new LibraryError(code, messages[code](file, source.server));
  }
  refuse(response, file, source.server);
  return response;
}

function refuse(response: Response, file: string, server: string): void {
  const { status } = response;
  if (status === 404 || status === 410) throw new LibraryError('missing', messages.missing(file, server));
  if (status === 401 || status === 403 || status === 451) {
    throw new LibraryError('refused', messages.refused(file, server, status));
  }
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    const retryAfter = seconds > 0 ? seconds : undefined;
    throw new LibraryError('busy', messages.busy(file, server, status), { retryAfter });
  }
  if (status !== 200 && status !== 206 && status !== 416) {
    throw new LibraryError('answer', messages.status(file, server, status));
  }
  if (isPage(response)) throw new LibraryError('page', messages.page(file, server));
}

const isPage = ({ headers }: Response): boolean => /^text\/html\b/i.test(headers.get('content-type') ?? '');

/** The length the body will have; unknown where the server does not say or compresses it on the way. */
export function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get('content-length');
  return length === null || headers.has('content-encoding') ? undefined : Number(length);
}

/** What tells this version of a file from another: a strong etag, else the time of the last change. */
export function validatorOf({ headers }: Response): string | undefined {
  const etag = headers.get('etag');
  if (etag?.startsWith('"')) return etag;
  return headers.get('last-modified') ?? undefined;
}
