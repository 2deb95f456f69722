import { activationNamesOf, type FormulaInfo } from '../src/catalogue/formula';
import { ACTIVATIONS } from '../src/gpt2/activations';

/** Reads the metadata that Excel reads, so that the pane lists exactly the formulas there are. */
export async function fetchFormulas(base: string): Promise<FormulaInfo[]> {
  const answer = await fetch(new URL('functions.json', base));
  if (!answer.ok) throw new Error(`functions.json: HTTP ${answer.status}`);
  const { functions } = (await answer.json()) as { functions: FormulaInfo[] };
  return functions;
}

/** A description's first sentence, and the rest of it. */
export function sentences(description: string): { first: string; rest: string } {
  const end = /[.!?](?=\s+\p{Lu})/u.exec(description);
  if (!end) return { first: description.trim(), rest: '' };
  return {
    first: description.slice(0, end.index + 1).trim(),
    rest: description.slice(end.index + 1).trim(),
  };
}

/** The activations that a formula shows, each with its shape: "pattern, H × T × T". */
export const activationsOf = ({ id }: FormulaInfo): { name: string; shape: string }[] =>
  activationNamesOf(id).map((name) => ({ name, shape: ACTIVATIONS[name].shape.join(' × ') }));

/** Whether a formula's name, description or parameters hold every word of a filter. */
export function matches(formula: FormulaInfo, filter: string): boolean {
  const { name, description, parameters } = formula;
  const text = [name, description, ...parameters.map((parameter) => parameter.name)].join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
