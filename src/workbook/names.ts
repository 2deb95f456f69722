/**
 * Puts something else in the place of names in a formula: `prompt` in `=GPT2.EMBED(prompt)`, not in `"prompt"`, in
 * `prompt(1)` or in `'prompt'!A1`.
 *
 * @param put Gives what stands for a name, with the sheet that is written before it, if one is; `undefined` leaves it.
 */
export function replaceNames(
  formula: string,
  put: (name: string, sheet: string | undefined) => string | undefined,
): string {
  return formula.replace(
    PARTS,
    (part, quoted: string | undefined, plain: string | undefined, name: string | undefined) =>
      name === undefined ? part : (put(name, quoted?.slice(1, -1).replaceAll("''", "'") ?? plain) ?? part),
  );
}

/** A text; or a name with or without its sheet, to which neither a bracket, a `!` nor a colon belongs. */
const PARTS =
  /"(?:[^"]|"")*"|(?:('(?:[^']|'')*')!|([\p{L}_][\p{L}\p{N}_.]*)!)?(?<![\p{L}\p{N}_.$#:])([\p{L}_\\][\p{L}\p{N}_.\\]*)(?![\p{L}\p{N}_.\\(!:])|'(?:[^']|'')*'!/gu;
