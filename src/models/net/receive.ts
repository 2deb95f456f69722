import { LibraryError } from '../errors';
import { messages } from '../messages';
import { piecesOf } from './body';
import { ask, type FileRequest, lengthOf, validatorOf, watched } from './request';

export interface Reception extends FileRequest {
  readonly from: number;
  /** How many there must be in the end, where that is known. */
  readonly size: number | undefined;
  /** Which version of the file is wanted, where that matters and is known. */
  readonly validator: string | undefined;
  /** Hears of the answer before its first byte. */
  readonly onAnswer: (answer: { validator: string | undefined; size: number | undefined }) => void;
  /**
   * Takes the bytes as they come, from `at` on: not always from `from` on, and not always to before `to`. They are good until it
   * returns.
   */
  readonly onBytes: (bytes: Uint8Array, at: number) => void;
  /** Bytes that are there, to tell of them where the connection breaks. */
  readonly have: () => number;
}

/**
 * Fetches a part of a file. A server may ignore which, and send all of it: then all of it is handed on, so that what
 * is missing elsewhere is found in it, too.
 * @throws LibraryError `changed` when the server has another version of the file now, and those of a broken connection
 */
export function receive(request: Reception): Promise<void> {
  const { file, source, from, to, size, onBytes } = request;
  return watched(request, async (signal, alive) => {
    const response = await ask(request, signal);
    alive();
    if (response.status === 416) return beyond(request, response);
    const isPart = response.status === 206;
    const start = isPart ? (startOf(response) ?? from) : 0;
    if (start > from) throw new LibraryError('answer', messages.strangeRange(file, source.server));
    const length = lengthOf(response);
    const reachesEnd = !isPart || to === undefined;
    const counted = length === undefined || !reachesEnd ? undefined : start + length;
    const whole = totalOf(response) ?? counted;
    const validator = validatorOf(response);
    if (request.validator && validator && validator !== request.validator) {
      throw new LibraryError('changed', messages.changed(file, source.server));
    }
    if (size !== undefined && whole !== undefined && whole !== size) {
      throw new LibraryError('wrong', messages.otherSize(file, source.server, size, whole));
    }
    request.onAnswer({ validator, size: whole });
    const last = size ?? whole;
    const end = reachesEnd ? last : to;
    let at = start;
    const broken = (error: unknown): never => {
      throw signal.aborted ? error : cut(request, last);
    };
    const next = response.body ? piecesOf(response.body) : async () => undefined;
    for (let piece = await next().catch(broken); piece; piece = await next().catch(broken)) {
      alive();
      onBytes(piece, at);
      at += piece.length;
    }
    if (end !== undefined && at < end) broken(undefined);
  });
}

const cut = ({ file, source, have }: Reception, size: number | undefined): LibraryError =>
  new LibraryError('cut', messages.cut(file, source.server, have(), size));

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
