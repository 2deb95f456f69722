import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Outcome } from './outcome';
import type { Limits } from './pages/limits';

/** Figures are marked when other programs keep more processors busy than this. */
export const BUSY = 0.3;

/** What one row gave, and where. */
export interface Result extends Outcome {
  readonly name: string;
  readonly title: string;
  readonly quick: boolean;
  /** When, in ISO 8601. */
  readonly at: string;
  readonly seconds: number;
  /** How many processors other programs kept busy just before. */
  readonly busy: number;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  readonly browser: string;
  /** Versions of what was measured against. */
  readonly peers: Readonly<Record<string, string>>;
  readonly limits: readonly Limits[];
}

/** All figures there are: a row that runs again takes the place of what it gave before, and so do limits of as many threads. */
export interface Results {
  readonly machine: Machine;
  readonly rows: readonly Result[];
}

export function readResults(path: string): Results | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Results) : undefined;
}

export function keepResults(path: string, machine: Machine, fresh: readonly Result[]): Results {
  const before = readResults(path);
  const kept = (before?.rows ?? []).filter(({ name }) => !fresh.some((row) => row.name === name));
  const measured = new Set(machine.limits.map(({ threads }) => threads));
  const limits = [
    ...machine.limits,
    ...(before?.machine.limits ?? []).filter(({ threads }) => !measured.has(threads)),
  ].sort((a, b) => a.threads - b.threads);
  const results = { machine: { ...machine, limits }, rows: [...kept, ...fresh] };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  return results;
}
