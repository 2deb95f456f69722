const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const TEXT = /^"(?:[^"]|"")*"$/;

function scalar(text: string): number | string | boolean | undefined {
  if (NUMBER.test(text)) return Number(text);
  if (TEXT.test(text)) return text.slice(1, -1).replaceAll('""', '"');
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return undefined;
}

/** The values of an argument that is written out in the formula, by rows; undefined for anything that must be calculated. */
export function literal(text: string): unknown[][] | undefined {
  const alone = scalar(text);
  if (alone !== undefined) return [[alone]];
  const [, inner] = /^\{([\s\S]*)\}$/.exec(text) ?? [];
  if (inner === undefined) return undefined;
  const rows = cut(inner, ';').map((row) => cut(row, ',').map((cell) => scalar(cell.trim())));
  const width = rows[0]?.length;
  const whole = rows.every((row) => row.length === width && row.every((cell) => cell !== undefined));
  return whole ? rows : undefined;
}

/** A text cut at a separator, but not inside quotes. */
function cut(text: string, separator: string): string[] {
  const parts: string[] = [''];
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    if (char === separator && !quoted) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}
