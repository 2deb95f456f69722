/** A length of time as people read it: 0.4 ms, 12 ms, 1.3 s. @param milliseconds from 0 */
export function duration(milliseconds: number): string {
  const [value, unit] = milliseconds < 999.5 ? [milliseconds, 'ms'] : [milliseconds / 1000, 's'];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
