/** A formula as its function is: arguments as cells or single values, and then what Microsoft's runtime calls an invocation. */
export type Formula = (...given: unknown[]) => unknown;

let known: Readonly<Record<string, Formula>> = {};

/** Leaves the formulas where the pane finds them: it calls one where an argument of another formula is a call. */
export const registerFormulas = (formulas: Readonly<Record<string, unknown>>): void => {
  known = formulas as Readonly<Record<string, Formula>>;
};

/** A formula by its id, such as `ATTN`; undefined where there is none. */
export const registered = (id: string): Formula | undefined =>
  Object.hasOwn(known, id) ? known[id] : undefined;
