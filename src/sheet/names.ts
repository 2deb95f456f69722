/** Whether a name fits a pattern in which * stands for any characters and ? for any one; case does not count. */
export function fits(name: string, pattern: string): boolean {
  const text = name.toLowerCase();
  const wanted = pattern.toLowerCase();
  let at = 0;
  let next = 0;
  let star = -1; // the last * seen, and where what it stands for ends
  let end = 0;
  while (at < text.length) {
    if (wanted[next] === '*') {
      star = next++;
      end = at;
    } else if (next < wanted.length && (wanted[next] === '?' || wanted[next] === text[at])) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++end;
    } else return false;
  }
  while (wanted[next] === '*') next++;
  return next === wanted.length;
}

/** Of a name nobody has, only so much is compared. */
const LONGEST = 64;

/** The `count` names that are most like one that does not exist, best first. */
export function likeliest(name: string, names: readonly string[], count: number): string[] {
  const wanted = name.slice(0, LONGEST).toLowerCase();
  return names
    .map((one) => ({ one, distance: edits(wanted, one.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ one }) => one);
}

/** How many characters must be put in, taken out or replaced to make b of a: Levenshtein's distance. */
function edits(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    above = row;
  }
  return above[b.length] as number;
}
