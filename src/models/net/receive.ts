import { LibraryError } from '../errors';
import { messages } from '../messages';
import { ask, type FileRequest, lengthOf, validatorOf, watched } from './request';

export interface Reception extends FileRequest {
  /** How many bytes are there already. */
  readonly from: number;
  /** How many there must be in the end, where that is known. */
  readonly size: number | undefined;
  /** Which version of the file is wanted, where that matters and is known. */
  readonly validator: string | undefined;
  /** Hears of the answer before its first byte. */
  readonly onAnswer: (answer: { validator: string | undefined; size: number | undefined }) => void;
  /** Takes the bytes that follow the first `from`. */
  readonly onBytes: (bytes: Uint8Array) => void;
}

/**
 * Fetches the rest of a file. Where the server starts from the beginning instead, the bytes that are there are skipped,
 * so that a connection that breaks again loses nothing.
 * @throws LibraryError `changed` when the server has another version of the file now, and those of a broken connection
 */
export function receive(request: Reception): Promise<void> {
  const { file, source, from, size, onBytes } = request;
  return watched(request, async (signal, alive) => {
    const response = await ask(request, signal);
    alive();
    if (response.status === 416) return beyond(request, response);
    const start = response.status === 206 ? (startOf(response) ?? from) : 0;
    if (start > from) throw new LibraryError('answer', messages.strangeRange(file, source.server));
    const length = lengthOf(response);
    const whole = totalOf(response) ?? (length === undefined ? undefined : start + length);
    const validator = validatorOf(response);
    if (request.validator && validator && validator !== request.validator) {
      throw new LibraryError('changed', messages.changed(file, source.server));
    }
    if (size !== undefined && whole !== undefined && whole !== size) {
      throw new LibraryError('wrong', messages.otherSize(file, source.server, size, whole));
    }
    request.onAnswer({ validator, size: whole });
    const end = size ?? whole;
    let at = start;
    const broken = (error: unknown): never => {
      throw signal.aborted ? error : cut(request, Math.max(at, from), end);
    };
    const reader = response.body?.getReader();
    for (;;) {
      const part = await reader?.read().catch(broken);
      if (!part || part.done) break;
      alive();
      const skip = Math.min(part.value.length, Math.max(0, from - at));
      at += part.value.length;
      if (skip < part.value.length) onBytes(part.value.subarray(skip));
    }
    if (end !== undefined && at < end) broken(undefined);
  });
}

const cut = ({ file, source }: Reception, got: number, size: number | undefined): LibraryError =>
  new LibraryError('cut', messages.cut(file, source.server, got, size));

/** 416: there is nothing behind the first `from` bytes. That is well where the file has just as many. */
function beyond({ file, source, from, size, onAnswer }: Reception, response: Response): void {
  const total = totalOf(response);
  if ((size ?? total ?? 0) !== from) {
    throw new LibraryError('changed', messages.changed(file, source.server));
  }
  onAnswer({ validator: undefined, size: from });
}

/** `Content-Range: bytes <start>-<end>/<total>`; other origins may have to allow that it is seen, and not do so. */
const contentRange = ({ headers }: Response) =>
  /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');

function startOf(response: Response): number | undefined {
  const start = contentRange(response)?.[1];
  return start === undefined ? undefined : Number(start);
}

function totalOf(response: Response): number | undefined {
  const total = contentRange(response)?.[2];
  return total === undefined || total === '*' ? undefined : Number(total);
}
