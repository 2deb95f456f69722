import * as Comlink from 'comlink';
import { OrtBackend } from '../../src/engine/backends/ort';
import { Scratch } from '../../src/engine/backends/scratch';
import { wasmRuntime } from '../../src/engine/backends/wasm';
import { parseConfig } from '../../src/gpt2/config';
import { dataStart, LENGTH_BYTES, parseHeader } from '../../src/gpt2/safetensors';
import { plainName } from '../../src/gpt2/weights';
import { HashThread } from '../../src/models/hash-thread/thread';
import { stageOf } from '../../src/models/need';
import { piecesOf } from '../../src/models/net/body';

/** What a kernel gives out memory in. */
const PAGE = 4096;

interface SyncHandle {
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
}
type Writable = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> };

/** Fetches a file and writes what comes to the disk. @returns what gives the next piece, which is kept by then */
async function keeping(url: string) {
  const folder = await navigator.storage.getDirectory();
  const file = (await folder.getFileHandle('kept', { create: true })) as Writable;
  const handle = await file.createSyncAccessHandle();
  const { body } = await fetch(url, { cache: 'no-store' });
  if (!body) throw new Error(`${url} has no body.`);
  const next = piecesOf(body);
  let at = 0;
  return async () => {
    const piece = await next();
    if (piece) at += handle.write(piece, { at });
    else {
      handle.flush();
      handle.close();
    }
    return piece;
  };
}

const worker = {
  /** Fetches a file, keeps it on the disk and hashes it in a thread of its own, and nothing else → milliseconds. */
  async keepAndHash(url: string): Promise<number> {
    const hash = new HashThread(
      () => new Worker(new URL('hash-worker.js', location.href), { type: 'module' }),
    );
    const began = performance.now();
    const next = await keeping(url);
    for (let piece = await next(); piece; piece = await next()) {
      await hash.room();
      hash.update(piece);
    }
    await hash.digest();
    const took = performance.now() - began;
    hash.close();
    return took;
  },

  /** Writes a byte to each page of so many bytes of memory that nobody has used → milliseconds. */
  findMemory(bytes: number): number {
    const began = performance.now();
    const memory = new Uint8Array(bytes);
    for (let at = 0; at < bytes; at += PAGE) memory[at] = 1;
    return performance.now() - began;
  },

  /**
   * Fetches the weights, keeps them on the disk and has ONNX Runtime make its sessions of them as they come, from memory and
   * without a hash, a journal, a page or a pass → milliseconds.
   */
  async keepAndPrepare(folder: string, wasmPaths: string, threads: number): Promise<number> {
    const config = parseConfig(await (await fetch(`${folder}/config.json`)).json());
    const arrays = new Map<string, Float32Array>();
    const get = (name: string) => {
      const numbers = arrays.get(name);
      if (!numbers) throw new Error(`${name} has not come when it is needed.`);
      return numbers;
    };
    const began = performance.now();
    const next = await keeping(`${folder}/model.safetensors`);
    let left = new Uint8Array(0);
    const fill = async (bytes: Uint8Array): Promise<Uint8Array> => {
      for (let at = 0; at < bytes.length; ) {
        if (left.length === 0)
          left = ((await next()) as Uint8Array<ArrayBuffer>) ?? fail('The file is too short.');
        const part = left.subarray(0, bytes.length - at);
        bytes.set(part, at);
        left = left.subarray(part.length);
        at += part.length;
      }
      return bytes;
    };
    const first = await fill(new Uint8Array(LENGTH_BYTES));
    const header = parseHeader(await fill(new Uint8Array(dataStart(first) - LENGTH_BYTES)));
    const tensors = [...header].sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
    const tied = !tensors.some(([name]) => plainName(name) === 'lm_head.weight');
    const runtime = await wasmRuntime(wasmPaths, threads);
    const model = { config, weights: { names: [], tied, get } };
    const backend = new OrtBackend(model, runtime, {
      arrived: async () => {},
      read: async (name) => get(name),
    });
    const scratch = new Scratch();
    let stage = 0;
    const prepare = async () => {
      if (stage > config.n_layer) await backend.prepareFinal();
      else if (stage > 0) await backend.prepareBlock(stage - 1);
    };
    for (const [stored, { data_offsets }] of tensors) {
      const name = plainName(stored);
      if (stageOf(name) !== stage) {
        await prepare();
        scratch.begin();
        stage = stageOf(name);
      }
      const size = data_offsets[1] - data_offsets[0];
      const bytes = await fill(stage === 0 ? new Uint8Array(size) : scratch.take(size));
      arrays.set(name, new Float32Array(bytes.buffer, bytes.byteOffset, size / 4));
    }
    await prepare();
    await next(); // the end, for the disk
    return performance.now() - began;
  },
};

function fail(message: string): never {
  throw new Error(message);
}

export type KeptWorker = typeof worker;
Comlink.expose(worker);
