import type * as Ort from 'onnxruntime-web';
import type { Tensor } from '../api';
import { EngineError, messageOf } from '../errors';
import { Held, type HeldForRuns, HeldTensors } from './held';
import { causalBounds, causalMask, paddedKeys, zeros } from './mask';
import type { OrtRuntime } from './runtime';

/** What goes into ONNX Runtime's sessions and comes out of them: arrays, and tensors that stay on the device. */
export class Tensors {
  /** Gives back one thing that is held, once. */
  readonly #live = new Set<() => Promise<void>>();
  /** Zeros on the device, as many as a run may need for its padding. */
  #zeros: GPUBuffer | undefined;

  /**
   * @param d d_model
   * @param owner whose everything is that is held
   */
  constructor(
    private readonly runtime: OrtRuntime,
    private readonly d: number,
    private readonly owner: object,
  ) {}

  of({ dims, data }: Tensor): Ort.Tensor {
    return new this.runtime.ort.Tensor('float32', data, dims);
  }

  /** [R, d_model] */
  rows(rows: Float32Array | Held): Ort.Tensor {
    if (rows instanceof Held) return (rows as HeldForRuns).tensors[0] as Ort.Tensor;
    return this.of({ dims: [rows.length / this.d, this.d], data: rows });
  }

  indices(rows: readonly number[]): Ort.Tensor {
    return new this.runtime.ort.Tensor('int32', Int32Array.from(rows), [rows.length]);
  }

  /** [T, W] for T positions behind P others. */
  mask(tokens: number, past: number, width: number): Ort.Tensor {
    return new this.runtime.ort.Tensor('bool', causalMask(tokens, past, width), [tokens, width]);
  }

  /** The same as the largest that scores may be. */
  bounds(tokens: number, past: number, width: number): Ort.Tensor {
    return this.of({ dims: [tokens, width], data: causalBounds(tokens, past, width) });
  }

  /** [n] */
  integers(numbers: readonly number[]): Ort.Tensor {
    return new this.runtime.ort.Tensor('int64', BigInt64Array.from(numbers, BigInt), [numbers.length]);
  }

  /** Rows of zeros [n, d_model], from where they lie already. */
  padding(n: number): Ort.Tensor {
    const { device } = this.runtime;
    if (!device || n === 0) return this.rows(zeros(n * this.d));
    this.#zeros ??= device.createBuffer({
      size: paddedKeys(1) * this.d * Float32Array.BYTES_PER_ELEMENT,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    return this.onDevice(this.#zeros, [n, this.d]);
  }

  /** The first numbers of a buffer. */
  onDevice(gpuBuffer: Ort.Tensor.GpuBufferType, dims: readonly number[]): Ort.Tensor {
    return this.runtime.ort.Tensor.fromGpuBuffer(gpuBuffer, { dataType: 'float32', dims });
  }

  /**
   * The numbers of an output, wherever it lies; what lay on the device is gone from there afterwards.
   * @param what it is of, for the message
   * @throws EngineError
   */
  async read(what: string, output: Ort.Tensor): Promise<Float32Array> {
    if (output.location === 'cpu') return output.data as Float32Array;
    try {
      return (await this.runtime.exclusive(() => output.getData(true))) as Float32Array;
    } catch (cause) {
      const { label } = this.runtime;
      throw new EngineError('run', `${label} could not read ${what}: ${messageOf(cause)}`, { cause });
    }
  }

  /** Outputs that stay on the device. Nothing is given back while something runs. */
  hold(tensors: readonly Ort.Tensor[]): HeldTensors {
    const free = async () => {
      if (!this.#live.delete(free)) return;
      for (const tensor of tensors) tensor.dispose();
    };
    this.#live.add(free);
    // A device that is gone holds nothing to give back.
    return new HeldTensors(this.owner, tensors, () => void this.runtime.exclusive(free).catch(() => {}));
  }

  /** Gives back all that is held, whoever may still think that they use it. */
  async dispose(): Promise<void> {
    for (const free of this.#live) await this.runtime.exclusive(free).catch(() => {});
    this.#zeros?.destroy();
    this.#zeros = undefined;
  }
}
