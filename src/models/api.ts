import type { Config } from '../gpt2/config';
import type { Model } from '../gpt2/reference';
import type { Tokenizer } from '../gpt2/tokenizer';
import type { WeightSource } from '../gpt2/weights';

export type { WeightSource };

/** Where a model comes from. Everything here can be sent to a worker. */
export type ModelRef = HubRef | UrlRef | FilesRef | DirectoryRef;

/** A repository of the Hugging Face hub or of a mirror of it. */
export interface HubRef {
  readonly kind: 'hub';
  /** `owner/name`. */
  readonly id: string;
  /** A branch, a tag or a commit; `main` unless given. */
  readonly revision?: string;
}

/** A folder on a server, laid out as on the hub: `config.json`, `model.safetensors`, `vocab.json`, `merges.txt`. */
export interface UrlRef {
  readonly kind: 'url';
  /** Absolute address of the folder, with or without the last slash. */
  readonly url: string;
}

/** Files of one folder on this computer, from `<input webkitdirectory>` or a drop. Nothing is copied. */
export interface FilesRef {
  readonly kind: 'files';
  readonly name: string;
  readonly files: readonly File[];
}

/** A folder on this computer, from `showDirectoryPicker()` or a drop. Nothing is copied. */
export interface DirectoryRef {
  readonly kind: 'directory';
  readonly handle: FileSystemDirectoryHandle;
}

/** A model that the library knows by name. */
export interface KnownModel {
  readonly ref: HubRef | UrlRef;
  /** What people call it, as in `gpt2-medium`. */
  readonly name: string;
  readonly config: Config;
  /** Numbers that training found; the tied head counts once. */
  readonly parameters: number;
  /** Bytes to fetch, as the hub had them when this was written; `describe` asks anew. 0 for the model that is built in. */
  readonly download: number;
  /** How the weights are stored. */
  readonly dtype: 'F32' | 'F16' | 'BF16';
  readonly licence: string;
}

/** What a model is, before it is fetched. */
export interface Description {
  readonly ref: ModelRef;
  readonly name: string;
  /** The commit that `revision` stands for now, or a fingerprint of what a plain server holds. */
  readonly commit: string;
  readonly config: Config;
  readonly parameters: number;
  readonly files: readonly FileRecord[];
  /** Bytes of all files. */
  readonly download: number;
  /** Bytes of them that are on this device already. */
  readonly fetched: number;
  readonly memory: MemoryNeed;
}

/** One file, and what it must be. */
export interface FileRecord {
  readonly path: string;
  /** Bytes; missing where a plain server does not say. */
  readonly size?: number;
  /** What its contents must hash to; missing where the server keeps no record. */
  readonly hash?: ContentHash;
}

/** `git-sha1` is git's name for a file: SHA-1 of `blob <size>\0` and the contents. The value is lower-case hexadecimal. */
export interface ContentHash {
  readonly algorithm: 'sha256' | 'git-sha1';
  readonly value: string;
}

/** Bytes of memory to run a model in float32, which is the only precision today whatever the file has. */
export interface MemoryNeed {
  /** All parameters. */
  readonly weights: number;
  /** The largest single parameter: wte [V, d_model], as GPT-2 goes. */
  readonly largest: number;
  /** Keys and values of one prompt as long as the context: 2 × n_layer × n_positions × n_embd. */
  readonly cache: number;
  /** The widest moment of a pass over such a prompt: scores and pattern of a block, or its MLP. */
  readonly activations: number;
  /** All but `largest`, added. */
  readonly total: number;
}

/** What is known of this device; all of it hints but the limits of WebAssembly and WebGPU. */
export interface Device {
  /** `navigator.deviceMemory`, in GiB: a rounded figure, never more than 8 (32 in newer browsers); Chromium only. */
  readonly memory?: number;
  /** `navigator.storage.estimate()`. */
  readonly storage?: { readonly quota: number; readonly usage: number };
  /** Whether a worker can start others, so that a large model may be spread over several WebAssembly memories. */
  readonly workers?: boolean;
  /** `GPUAdapter.limits`; missing without WebGPU. */
  readonly gpu?: { readonly maxBufferSize: number; readonly maxStorageBufferBindingSize: number };
}

/** Whether one way of computing can hold a model. */
export interface Fit {
  readonly backend: 'webgpu' | 'wasm' | 'reference';
  readonly precision: 'float32';
  /** `perhaps`: nothing forbids it, and nothing proves it. */
  readonly verdict: 'yes' | 'perhaps' | 'no';
  /** A sentence for people. */
  readonly reason: string;
}

/** How a download goes. Sent at most ten times a second, and at every change of phase. */
export interface DownloadProgress {
  readonly phase: /** The server is asked what the model consists of. */
    | 'asking'
    /** Another tab is downloading this model; its progress is shown where it tells. */
    | 'waiting'
    /** What is on the device is read and hashed: what was there before, and at the end what came out of order. */
    | 'checking'
    | 'downloading'
    /** A model that is on the device is read into memory. */
    | 'reading'
    /** Something failed, `problem` says what, and it is tried again after `retryIn`. */
    | 'retrying'
    | 'done';
  /** The file in hand. */
  readonly file?: string;
  /** The server in hand, as in `huggingface.co`. */
  readonly server?: string;
  /** Bytes of the whole model that are on the device. */
  readonly bytes: number;
  /** Bytes of the whole model; missing where the server does not say. */
  readonly total?: number;
  /** Bytes a second over the last five seconds; missing while there is nothing to measure. */
  readonly speed?: number;
  /** At that speed. */
  readonly secondsLeft?: number;
  /** How much of a file that has arrived has been hashed, from 0 to 1, in phase `checking`. */
  readonly checked?: number;
  /** A sentence for people, in phase `retrying`. */
  readonly problem?: string;
  /** Seconds until the next try, in phase `retrying`. */
  readonly retryIn?: number;
}

/** A model on this device, whole or in part. */
export interface StoredModel {
  /** What to call it in `open`, `remove` and `resume`. */
  readonly key: string;
  readonly ref: HubRef | UrlRef;
  readonly name: string;
  readonly commit: string;
  /** Its shape; missing until its `config.json` is here. */
  readonly config?: Config;
  /** Whether every file is there and was found to be right. */
  readonly complete: boolean;
  /** Bytes on the device. */
  readonly bytes: number;
  /** Bytes of the whole; missing where the server did not say. */
  readonly total?: number;
  /** When it was last downloaded from, in milliseconds since 1970. */
  readonly modified: number;
  readonly files: readonly (FileRecord & { readonly state: 'missing' | 'partial' | 'verified' })[];
}

/** Where downloads are kept. */
export interface Storage {
  /** `memory` is lost with the page. */
  readonly kind: 'disk' | 'memory';
  /** Why memory, in a sentence for people. */
  readonly reason?: string;
}

/** A model, read: what every part of the add-in works on. */
export interface LoadedModel extends Model {
  /** Missing where there is no vocabulary; then only token ids work. */
  readonly tokenizer?: Tokenizer;
  /** Bytes of the weights' files. */
  readonly bytes: number;
  /** SHA-256 of `model.safetensors`; of several shards, of the lines `<sha256>  <file>` sorted by file. */
  readonly sha256: string;
}

/**
 * A model whose weights may still be on their way. `source.read(name)` waits until that parameter has arrived.
 *
 * `source.names` is in the order in which a pass needs them: the embeddings, the blocks 0, 1, …, the final norm, the head
 * where it is not tied; a block's masks are among its parameters, and within a stage the order is that of the file. A file
 * is fetched in this order, however it is stored, where the server sends parts of files and says how long they are; else
 * from its first byte to its last. Shards come one after the other, each when the first of its parameters is needed.
 * Whoever reads in this order waits least; any other order works, too.
 */
export interface ArrivingModel {
  readonly config: Config;
  readonly tokenizer?: Tokenizer;
  readonly source: WeightSource;
  /**
   * Settles when every file is there and was found to be right; rejects as `download` does. Numbers read before are
   * not to be trusted until then.
   */
  readonly whole: Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** Ends reading, and the download where there is one; what has arrived is kept. */
  close(): void;
}

export interface Watch {
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Aborting is pausing: the promise rejects with the signal's reason, what has arrived is kept, a second call goes on from there. */
  readonly signal?: AbortSignal;
}

/**
 * The models of this device. Made by `openLibrary()` in a worker, because files can be written bit by bit only there.
 * Every failure is a `LibraryError`, whose message names the file and the server and says what helps.
 */
export interface Library {
  readonly storage: Storage;
  readonly known: readonly KnownModel[];
  /** Servers that hub models are fetched from, in the order in which they are tried; addresses without the last slash. */
  sources: readonly string[];
  /** Asks what a model consists of, without fetching its weights. @throws LibraryError, ModelError for what is not a GPT-2 */
  describe(ref: ModelRef, watch?: Watch): Promise<Description>;
  /** Fetches what is missing of a model. Where nothing is missing it only says so. */
  download(ref: HubRef | UrlRef, watch?: Watch): Promise<StoredModel>;
  /** Goes on with a model that `list` gave, at the commit that it was begun with. */
  resume(key: string, watch?: Watch): Promise<StoredModel>;
  /** What is on the device, the latest first. */
  list(): Promise<StoredModel[]>;
  /** Deletes a model. @throws LibraryError while another tab downloads it */
  remove(key: string): Promise<void>;
  /** Hashes a stored model's files anew; those that are wrong are deleted, to be fetched again. */
  verify(key: string, watch?: Watch): Promise<StoredModel>;
  /** Opens a model to read it as it arrives: a stored one by its key, any other by where it comes from. */
  arrive(model: ModelRef | string, watch?: Watch): Promise<ArrivingModel>;
  /** Opens a model and reads all of it, a parameter at a time. */
  open(model: ModelRef | string, watch?: Watch): Promise<LoadedModel>;
}
