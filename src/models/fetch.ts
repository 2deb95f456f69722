import { ModelError } from '../gpt2/errors';

/** Hears how many bytes have arrived, and of how many, where the server says so. */
export type OnBytes = (arrived: number, total: number | undefined) => void;

interface Options {
  readonly signal?: AbortSignal;
  readonly onBytes?: OnBytes;
  /** A missing file gives undefined instead of an error. */
  readonly optional?: boolean;
}

type Bytes = Uint8Array<ArrayBuffer>;

export function fetchBytes(url: string, options: Options & { optional: true }): Promise<Bytes | undefined>;
export function fetchBytes(url: string, options?: Options): Promise<Bytes>;
/**
 * Downloads a file.
 * @throws ModelError naming the file and what the server answered
 */
export async function fetchBytes(url: string, options: Options = {}): Promise<Bytes | undefined> {
  const { signal, onBytes, optional } = options;
  const response = await fetch(url, { signal }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ModelError(
      `${url} cannot be reached: the server does not answer, or does not allow this page.`,
    );
  });
  // A static host may answer an unknown path with its start page instead of 404.
  const missing = response.status === 404 || response.headers.get('content-type')?.startsWith('text/html');
  if (missing && optional) return undefined;
  if (missing || !response.ok) {
    throw new ModelError(
      `${url} cannot be read: ${missing ? 'there is no such file' : `the server answers ${response.status}`}.`,
    );
  }
  if (!response.body || !onBytes) return new Uint8Array(await response.arrayBuffer());
  return collect(url, response.body, lengthOf(response), onBytes);
}

/** The length the body will have; unknown where the server compresses it on the way. */
function lengthOf(response: Response): number | undefined {
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  return response.headers.has('content-encoding') || Number.isNaN(length) ? undefined : length;
}

async function collect(
  url: string,
  body: ReadableStream<Uint8Array>,
  total: number | undefined,
  onBytes: OnBytes,
): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let arrived = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    arrived += value.length;
    onBytes(arrived, total);
  }
  if (total !== undefined && arrived !== total) {
    throw new ModelError(`${url} is cut short: ${arrived} of ${total} bytes arrived.`);
  }
  const bytes = new Uint8Array(arrived);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
