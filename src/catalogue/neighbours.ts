import { sourcesOf } from '../gpt2/activations';
import { FACTS, factsOf } from './facts';
import { activationNamesOf, formulaOf } from './formula';

/** The formulas around one: what feeds it, what it feeds, and what does something alike. */
export interface Neighbours {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly alike: readonly string[];
}

/** The neighbours of a formula in the chain, as the table of activations and the table of facts have them. */
export function neighboursOf(id: string): Neighbours {
  const before = sourcesOfFormula(id);
  const after = Object.keys(FACTS).filter((other) => other !== id && sourcesOfFormula(other).includes(id));
  const near = new Set([id, ...before, ...after]);
  const said = (other: string) => factsOf(other).alike ?? [];
  const alike = Object.keys(FACTS).filter(
    (other) => !near.has(other) && (said(id).includes(other) || said(other).includes(id)),
  );
  return { before, after, alike };
}

/** Formulas that show what a formula is computed from. */
function sourcesOfFormula(id: string): string[] {
  const shown = activationNamesOf(id).flatMap((name) => sourcesOf(name).map(formulaOf));
  return [...new Set([...shown, ...(factsOf(id).from ?? [])])].filter((other) => other !== id);
}
