/** A formula that is one call: the function's name and what stands between its brackets, by commas. */
export interface CallParts {
  readonly name: string;
  readonly args: readonly string[];
}

/** Takes `IF(A1=0,SUM(B1,2),"x,y")` apart: `IF`, and its three arguments. Nothing if the text is not one call. */
export function callParts(text: string): CallParts | undefined {
  const [, name, rest] = /^([A-Z][A-Z0-9_.]*)\((.*)\)$/s.exec(text) ?? [];
  if (name === undefined || rest === undefined) return undefined;
  const args = [''];
  let depth = 0;
  let quoted = false;
  for (const letter of rest) {
    if (letter === '"') quoted = !quoted;
    if (!quoted) depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
    if (depth < 0) return undefined;
    if (letter === ',' && depth === 0 && !quoted) args.push('');
    else args[args.length - 1] += letter;
  }
  return { name, args };
}
