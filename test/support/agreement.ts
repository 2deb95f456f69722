import type { Edit, Want } from '../../src/engine/api';
import type { Engine } from '../../src/engine/engine';
import type { ActivationName } from '../../src/gpt2/activations';
import { ACTIVATION_NAMES, ACTIVATIONS, MASKED } from '../../src/gpt2/activations';
import type { Numbers } from '../../src/gpt2/arithmetic';
import type { Hook, Model } from '../../src/gpt2/reference';
import { forward, keyOf } from '../../src/gpt2/reference';

/** How far one activation is from the reference, over all layers. */
export interface Difference {
  readonly name: ActivationName;
  /** The largest difference between two numbers. */
  readonly absolute: number;
  /** The same, as a part of the largest number of its tensor; Infinity where a masked score is not exactly so. */
  readonly relative: number;
}

/** Compares two arrays; masked scores must be equal and do not count as large. */
export function difference(got: Numbers, expected: Numbers): { absolute: number; relative: number } {
  if (got.length !== expected.length) return { absolute: Infinity, relative: Infinity };
  let absolute = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const right = expected[i] as number;
    const is = got[i] as number;
    if (right === MASKED) {
      if (is !== MASKED) return { absolute: Math.abs(is - right), relative: Infinity };
      continue;
    }
    if (right < MASKED / 2) {
      // A masked score that was edited: float32 cannot hold what little the edit added.
      if (Math.abs(is - right) > 1e-6 * Math.abs(right))
        return { absolute: Math.abs(is - right), relative: Infinity };
      continue;
    }
    if (!Number.isFinite(is)) return { absolute: Infinity, relative: Infinity };
    absolute = Math.max(absolute, Math.abs(is - right));
    largest = Math.max(largest, Math.abs(right));
  }
  return { absolute, relative: absolute === 0 ? 0 : absolute / largest };
}

/** Every activation of every layer, whole. */
export const allWants = (layers: number): Want[] =>
  ACTIVATION_NAMES.flatMap((name): Want[] =>
    ACTIVATIONS[name].per === 'model'
      ? [{ name }]
      : Array.from({ length: layers }, (_, layer) => ({ name, layer })),
  );

/** Runs one prompt on an engine and on the reference in float64; the largest difference of each activation. */
export async function agreement(
  engine: Engine,
  model: Model,
  ids: readonly number[],
  edits: readonly Edit[] = [],
  hook?: Hook,
): Promise<Difference[]> {
  const expected = forward(model, ids, 'float64', hook);
  const wants = allWants(model.config.n_layer);
  const got = await engine.read({ ids, wants, edits });
  const worst = new Map<ActivationName, Difference>();
  wants.forEach(({ name, layer }, i) => {
    const right = expected.get(keyOf(name, layer)) as Numbers;
    const { absolute, relative } = difference(got[i]?.data ?? new Float32Array(0), right);
    const before = worst.get(name);
    worst.set(name, {
      name,
      absolute: Math.max(absolute, before?.absolute ?? 0),
      relative: Math.max(relative, before?.relative ?? 0),
    });
  });
  return [...worst.values()];
}

/** The worst of several comparisons, activation by activation. */
export const worstOf = (runs: readonly (readonly Difference[])[]): Difference[] =>
  (runs[0] ?? []).map(({ name }, i) => ({
    name,
    absolute: Math.max(...runs.map((run) => run[i]?.absolute ?? Infinity)),
    relative: Math.max(...runs.map((run) => run[i]?.relative ?? Infinity)),
  }));

/** The largest relative difference of all. */
export const largest = (rows: readonly Difference[]): number =>
  Math.max(...rows.map(({ relative }) => relative));

/** A table to print: for each activation the largest absolute and, after the slash, the largest relative difference. */
export function table(title: string, rows: readonly Difference[]): string {
  const cells = rows.map(({ name, absolute, relative }) =>
    `${name.padEnd(12)}${absolute.toExponential(1)} / ${relative.toExponential(1)}`.padEnd(32),
  );
  const lines = [];
  for (let i = 0; i < cells.length; i += 4)
    lines.push(
      `  ${cells
        .slice(i, i + 4)
        .join('')
        .trimEnd()}`,
    );
  return [`${title} (largest difference: absolute / relative)`, ...lines].join('\n');
}
