import type { BackendName, BackendReport, Edit, OpenOptions } from '../../../src/engine/api';
import { Engine } from '../../../src/engine/engine';
import { parseConfig } from '../../../src/gpt2/config';
import type { Model } from '../../../src/gpt2/reference';
import { readWeights } from '../../../src/gpt2/weights';
import type { Difference } from '../../support/agreement';
import { agreement, worstOf } from '../../support/agreement';
import { randomIds } from '../../support/random';
import type { Case } from '../cases';
import { randomCases } from '../cases';

/** What the page tells about one model. */
export interface Finding {
  readonly name: string;
  readonly backend: BackendReport;
  readonly milliseconds: number;
  readonly rows: readonly Difference[];
  readonly positionsReused: number;
}

/** What to compare, in a form that crosses from a test into a page. */
export interface Task {
  readonly backend: BackendName | 'best';
  readonly wasmPaths: string;
  /** URLs of folders with config.json and model.safetensors. */
  readonly folders: readonly string[];
  readonly threads?: number;
  readonly largestBuffer?: number;
  /** Compares these models alone. */
  readonly only?: readonly string[];
  /** Leaves out longer prompts, for a back end that takes its time. */
  readonly longestPrompt?: number;
  /** Also compares passes with edits of `q`, `attn_scores` and `resid_mid`. */
  readonly withEdits?: boolean;
  /** Also compares prompts that go on from those by a token. */
  readonly withGrowth?: boolean;
}

/** Runs random models and the given ones in this page, every activation of every layer, against the reference. */
export async function compareInPage(task: Task): Promise<Finding[]> {
  const { backend, wasmPaths, threads, largestBuffer } = task;
  const options: OpenOptions = { backend, wasmPaths, threads, largestBuffer };
  const all = [...randomCases(), ...(await Promise.all(task.folders.map(trainedCase)))];
  const cases = task.only ? all.filter(({ name }) => task.only?.includes(name)) : all;
  const findings: Finding[] = [];
  for (const { name, model, prompts } of cases) {
    const start = performance.now();
    const engine = await Engine.open(model, options);
    const runs = [];
    for (const ids of prompts.filter(({ length }) => length <= (task.longestPrompt ?? length))) {
      runs.push(await agreement(engine, model, ids));
      if (task.withEdits) runs.push(await edited(engine, model, ids));
      const grown = [...ids, ids.length % model.config.vocab_size];
      if (task.withGrowth) runs.push(await agreement(engine, model, grown));
    }
    const { positionsReused } = engine.stats;
    await engine.dispose();
    const milliseconds = Math.round(performance.now() - start);
    findings.push({ name, backend: engine.backend, milliseconds, rows: worstOf(runs), positionsReused });
    console.info(`${name}: ${milliseconds} ms`);
  }
  return findings;
}

/** Steers, scales and ablates in block 0; the reference does the same through its hook. */
function edited(engine: Engine, model: Model, ids: readonly number[]): Promise<Difference[]> {
  const one = (n: number) => ({ dims: [], data: Float32Array.of(n) });
  const edits: Edit[] = [
    { name: 'q', layer: 0, scale: one(0.5) },
    { name: 'attn_scores', layer: 0, bias: one(0.25) },
    { name: 'resid_mid', layer: 0, scale: one(2), bias: one(0.01) },
  ];
  return agreement(engine, model, ids, edits, (name, layer, values) => {
    const edit = layer === 0 && edits.find((candidate) => candidate.name === name);
    if (!edit) return;
    const scale = edit.scale?.data[0] ?? 1;
    const bias = edit.bias?.data[0] ?? 0;
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * scale + bias;
  });
}

async function trainedCase(folder: string): Promise<Case> {
  const get = async (file: string) => (await fetch(new URL(file, folder))).arrayBuffer();
  const config = parseConfig(JSON.parse(new TextDecoder().decode(await get('config.json'))));
  const model = { config, weights: readWeights(config, new Uint8Array(await get('model.safetensors'))) };
  const name = folder.split('/').at(-2) ?? folder;
  return {
    name,
    model,
    prompts: [randomIds(config, 1, 1), randomIds(config, Math.min(11, config.n_positions), 2)],
  };
}
