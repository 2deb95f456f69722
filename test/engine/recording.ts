import type { OpenOptions } from '../../src/engine/api';
import type { Backend, BlockRun } from '../../src/engine/backends/backend';
import { ReferenceBackend } from '../../src/engine/backends/reference';
import { Engine } from '../../src/engine/engine';
import type { Model } from '../../src/gpt2/reference';
import { randomIds, randomModel, smallConfig } from '../support/random';

export const config = smallConfig({ n_layer: 4 });
export const model = randomModel(config, 5);
export const ids = randomIds(config, 6, 1);

/** The reference, which writes down what it is asked to run and takes a macrotask for each run. */
export class RecordingBackend extends ReferenceBackend {
  readonly runs: string[] = [];
  /** Called before each block. */
  before: (run: BlockRun) => void = () => {};

  override async runBlock(run: BlockRun) {
    this.runs.push(`block ${run.layer}: ${[...run.names].sort().join(' ')}`);
    await new Promise((resolve) => setTimeout(resolve));
    this.before(run);
    return super.runBlock(run);
  }
  override async runNorm(residPost: Float32Array) {
    this.runs.push('norm');
    return super.runNorm(residPost);
  }
  override async runHead(lnFinal: Float32Array) {
    this.runs.push(`head of ${lnFinal.length / config.n_embd}`);
    return super.runHead(lnFinal);
  }
}

/** An engine on such a back end. */
export async function open(
  options: OpenOptions = {},
): Promise<{ engine: Engine; backend: RecordingBackend }> {
  let made: Backend | undefined;
  const engine = await Engine.open(model, { ...options, backend: 'reference' }, async (given: Model) => {
    made = new RecordingBackend(given);
    return made;
  });
  return { engine, backend: made as RecordingBackend };
}
