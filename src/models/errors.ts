import { ModelError } from '../gpt2/errors';

export type FailureCode =
  /** The device has no network. */
  | 'offline'
  /** The server does not answer, or does not allow this page. */
  | 'unreachable'
  /** 404: there is no such file, model or revision. */
  | 'missing'
  /** 401, 403: it needs an account. */
  | 'refused'
  /** 429, 5xx: not now. */
  | 'busy'
  /** A web page came instead of the file: a Wi-Fi's sign-in page, for instance. */
  | 'page'
  /** No byte arrived for a long while. */
  | 'stalled'
  /** The connection ended before the file did. */
  | 'cut'
  /** The file is another one than the one that was begun. */
  | 'changed'
  /** The file's hash or size is not what the record says. */
  | 'wrong'
  /** The answer makes no sense. */
  | 'answer'
  /** The device, or the browser's share of it, is full. */
  | 'full'
  /** The storage fails in another way. */
  | 'storage'
  /** Another tab is at it. */
  | 'locked'
  /** What was asked for cannot be: a name that is no name, a model without weights that can be read. */
  | 'request';

interface Details {
  /** Seconds that the server asks to wait. */
  readonly retryAfter?: number;
}

/** What went wrong with a model's files: a sentence that names the file and the server and says what helps. */
export class LibraryError extends ModelError {
  override name = 'LibraryError';
  readonly code: FailureCode;
  readonly retryAfter: number | undefined;

  constructor(code: FailureCode, message: string, { retryAfter }: Details = {}) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may well succeed a little later. */
  get passing(): boolean {
    return PASSING.has(this.code);
  }

  /** Whether no server can help. */
  get local(): boolean {
    return LOCAL.has(this.code);
  }
}

const PASSING: ReadonlySet<FailureCode> = new Set(['offline', 'unreachable', 'busy', 'stalled', 'cut']);
const LOCAL: ReadonlySet<FailureCode> = new Set(['full', 'storage', 'locked', 'request']);
