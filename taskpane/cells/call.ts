import { NAMESPACE } from '../../src/namespace';

/** A formula that is one call of a function of the add-in. */
export interface Call {
  /** Without the namespace: `ATTN`. */
  readonly name: string;
  /** The first argument as it is written: `A1`, `"Mike"`, `GPT2.IDS(A1)`. */
  readonly input: string;
}

/** Reads a formula in English with commas; undefined where it is anything else than one call of the add-in's. */
export function callOf(formula: string): Call | undefined {
  const start = /^=\s*([A-Z0-9_.]+)\(/i.exec(formula);
  const name = start?.[1]?.toUpperCase() ?? '';
  const namespace = `${NAMESPACE}.`.toUpperCase();
  if (!start || !name.startsWith(namespace)) return undefined;
  let depth = 0;
  let quote = '';
  let firstEnd: number | undefined;
  for (let at = start[0].length; at < formula.length; at++) {
    const sign = formula[at] as string;
    // A doubled quote closes and opens again, which comes to the same.
    if (quote) quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if ('({'.includes(sign)) depth++;
    else if (sign === ',' && depth === 0) firstEnd ??= at;
    else if (')}'.includes(sign) && --depth < 0) {
      const input = formula.slice(start[0].length, firstEnd ?? at).trim();
      return formula.slice(at + 1).trim() === '' ? { name: name.slice(namespace.length), input } : undefined;
    }
  }
  return undefined;
}
