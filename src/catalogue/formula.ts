import { ACTIVATIONS, type ActivationName } from '../gpt2/activations';

/** A formula as `functions.json` describes it: the part that people are shown. */
export interface FormulaInfo {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly ParameterInfo[];
}

export interface ParameterInfo {
  readonly name: string;
  readonly description?: string;
  readonly optional?: boolean;
  /** A range, or one value. */
  readonly dimensionality?: 'scalar' | 'matrix';
  /** The list of names that it takes one of. */
  readonly customEnumId?: string;
}

/** "(input, layer, [head])" */
export const argumentsOf = ({ parameters }: Pick<FormulaInfo, 'parameters'>): string =>
  `(${parameters.map(({ name, optional }) => (optional ? `[${name}]` : name)).join(', ')})`;

/** The activations that a formula shows, in the order in which they arise. */
export const activationNamesOf = (id: string): ActivationName[] =>
  (Object.keys(ACTIVATIONS) as ActivationName[]).filter((name) =>
    ACTIVATIONS[name].formula.startsWith(`${id}(`),
  );

/** The id of the formula that shows an activation. */
export const formulaOf = (name: ActivationName): string => ACTIVATIONS[name].formula.replace(/\(.*/, '');
