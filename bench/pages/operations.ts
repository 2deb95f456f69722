import * as Comlink from 'comlink';
import { alternate } from '../measure';
import type { OperationsWorker, Trial } from './operations-worker';

/** One operation beside float32's, milliseconds for one matrix in each round; or why it could not run. */
export type Tried =
  | { readonly trial: Trial; readonly times: readonly number[]; readonly float32: readonly number[] }
  | { readonly trial: Trial; readonly failed: string };

/** Times each operation in turns with the first of them, on one thread. */
export async function tryOperations(
  trials: readonly Trial[],
  rows: number,
  rounds: number,
): Promise<Tried[]> {
  const worker = new Worker(new URL('operations-worker.js', document.baseURI), { type: 'module' });
  const remote = Comlink.wrap<OperationsWorker>(worker);
  await remote.start(new URL('ort/', document.baseURI).href, 1);
  const [first, ...others] = trials as [Trial, ...Trial[]];
  await remote.open('first', first);
  await remote.run('first', rows);
  const tried: Tried[] = [];
  for (const trial of others) {
    try {
      await remote.open('other', trial);
      await remote.run('other', rows);
      const { first: float32, other } = await alternate(
        { first: () => remote.run('first', rows), other: () => remote.run('other', rows) },
        rounds,
      );
      tried.push({ trial, times: other, float32 });
    } catch (error) {
      tried.push({ trial, failed: (error as Error).message });
    }
    await remote.close('other');
  }
  worker.terminate();
  return tried;
}
