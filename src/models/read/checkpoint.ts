import { ModelError } from '../../gpt2/errors';
import { dataStart, LENGTH_BYTES, parseHeader, type TensorInfo, widen } from '../../gpt2/safetensors';
import { plainName, type Room, type WeightSource } from '../../gpt2/weights';
import { LibraryError } from '../errors';
import { messages } from '../messages';
import { byNeed, stageOf } from '../need';
import type { ByteSource } from '../store/store';

/** A safetensors file whose header has been read. */
class Shard {
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly #file: string;
  readonly #bytes: ByteSource;
  readonly #start: number;

  private constructor(
    file: string,
    bytes: ByteSource,
    start: number,
    tensors: ReadonlyMap<string, TensorInfo>,
  ) {
    this.#file = file;
    this.#bytes = bytes;
    this.#start = start;
    this.tensors = tensors;
  }

  static async open(file: string, bytes: ByteSource): Promise<Shard> {
    try {
      const start = dataStart(await take(file, bytes, 0, LENGTH_BYTES));
      const json = await take(file, bytes, LENGTH_BYTES, start);
      const data = bytes.size === undefined ? undefined : bytes.size - start;
      const tensors = [...parseHeader(json, data)].map(([name, info]) => [plainName(name), info] as const);
      return new Shard(file, bytes, start, new Map(tensors.sort(byNeed)));
    } catch (error) {
      const ours = error instanceof ModelError && !(error instanceof LibraryError);
      throw ours ? new ModelError(`${file}: ${error.message}`) : error;
    }
  }

  async read(name: string, room?: Room): Promise<Float32Array> {
    const [begin, end] = this.info(name).data_offsets;
    return this.#read(name, begin, end, room);
  }

  async readRows(name: string, from: number, to: number, room?: Room): Promise<Float32Array> {
    const { shape, data_offsets } = this.info(name);
    const [begin, end] = data_offsets;
    const row = (end - begin) / (shape[0] as number);
    return this.#read(name, begin + from * row, begin + to * row, room);
  }

  async #read(name: string, begin: number, end: number, room?: Room): Promise<Float32Array> {
    const into = room?.(end - begin);
    const bytes = await take(this.#file, this.#bytes, this.#start + begin, this.#start + end, into);
    return widen(name, this.info(name).dtype, bytes);
  }

  async here(name: string): Promise<void> {
    const [begin, end] = this.info(name).data_offsets;
    await this.#bytes.here?.(this.#start + begin, this.#start + end);
  }

  info(name: string): TensorInfo {
    const info = this.tensors.get(name);
    if (!info) throw new ModelError(`${this.#file} holds no tensor "${name}".`);
    return info;
  }
}

/** @throws LibraryError where a file ends too early */
async function take(
  file: string,
  bytes: ByteSource,
  begin: number,
  end: number,
  into?: Uint8Array,
): Promise<Uint8Array> {
  if (bytes.size !== undefined && end > bytes.size) {
    throw new LibraryError('answer', messages.cutFile(file, bytes.size, end));
  }
  const part = await bytes.read(begin, end, into);
  if (part.length !== end - begin) {
    throw new LibraryError('answer', messages.cutFile(file, begin + part.length, end));
  }
  return part;
}

/** The parameters of one file; waits for its header. */
export async function openFile(file: string, bytes: ByteSource): Promise<WeightSource> {
  const shard = await Shard.open(file, bytes);
  return {
    names: [...shard.tensors.keys()],
    shape: async (name) => shard.info(name).shape,
    here: (name) => shard.here(name),
    read: (name, room) => shard.read(name, room),
    readRows: (name, from, to, room) => shard.readRows(name, from, to, room),
  };
}

/**
 * The parameters of several files, as their index has them; waits for no header until a parameter of its file is asked for.
 * @param map the index's `weight_map`: parameter → file
 */
export function openShards(
  map: Readonly<Record<string, string>>,
  shards: ReadonlyMap<string, ByteSource>,
): WeightSource {
  const open = new Map<string, Promise<Shard>>();
  const files = new Map(Object.entries(map).map(([name, file]) => [plainName(name), file]));
  const shardOf = (name: string): Promise<Shard> => {
    const file = files.get(name);
    const bytes = file === undefined ? undefined : shards.get(file);
    if (file === undefined || !bytes) throw new ModelError(`The checkpoint has no parameter "${name}".`);
    const shard = open.get(file) ?? Shard.open(file, bytes);
    open.set(file, shard);
    return shard;
  };
  return {
    names: [...files.keys()].sort((a, b) => stageOf(a) - stageOf(b)),
    shape: async (name) => (await shardOf(name)).info(name).shape,
    here: async (name) => (await shardOf(name)).here(name),
    read: async (name, room) => (await shardOf(name)).read(name, room),
    readRows: async (name, from, to, room) => (await shardOf(name)).readRows(name, from, to, room),
  };
}
