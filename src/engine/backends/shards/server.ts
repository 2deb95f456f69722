import { EngineError } from '../../errors';
import type { BlockRun, Keys } from '../backend';
import { moved } from './moved';
import { openShard, type ReadParameter, type ShardService, type ShardSetup } from './shard';

/**
 * What crosses from the engine into a worker that holds a share. Answers are moved, not copied: WebAssembly gives arrays, and holds
 * nothing back.
 */
export class ShardServer {
  #service: ShardService | undefined;

  async open(setup: ShardSetup, read: ReadParameter): Promise<void> {
    this.#service = await openShard(setup, read);
  }

  prepareBlock(layer: number): Promise<void> {
    return this.#opened().prepareBlock(layer);
  }

  prepareFinal(): Promise<void> {
    return this.#opened().prepareFinal();
  }

  async runBlock(run: BlockRun) {
    const answer = await this.#opened().runBlock(run);
    const { activations } = answer;
    const keys = answer.keys as Keys | undefined;
    return moved(answer, [...activations.values(), ...(keys ? [keys.k, keys.v] : [])]);
  }

  async runNorm(residPost: Float32Array): Promise<Float32Array> {
    const lnFinal = (await this.#opened().runNorm(residPost)) as Float32Array;
    return moved(lnFinal, [lnFinal]);
  }

  async runHead(lnFinal: Float32Array): Promise<Float32Array> {
    const logits = await this.#opened().runHead(lnFinal);
    return moved(logits, [logits]);
  }

  #opened(): ShardService {
    if (!this.#service) throw new EngineError('run', 'This worker has been given no model yet.');
    return this.#service;
  }
}
