import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { Limits } from './pages/limits';
import { bench } from './places';
import type { Machine } from './results';

/** What everything was measured on, and against which versions. */
export function machineOf(browser: string, limits: readonly Limits[]): Machine {
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(bench, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
    system: `${type()} ${release()}`,
    node: process.version,
    browser,
    peers: { ...dependencies, ...optionalDependencies },
    limits,
  };
}

/** How many processors other programs keep busy just now, while the bench itself waits for `milliseconds`. */
export async function busyProcessors(milliseconds = 1500): Promise<number> {
  const spent = () =>
    cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const [before, began] = [spent(), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return (spent() - before) / (performance.now() - began);
}
