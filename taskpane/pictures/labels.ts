/** About how wide a label of this size is, in pixels: enough to decide how much room a column of them gets. */
export function widthOf(tokens: readonly string[], least: number, most: number): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return most;
  context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  let widest = least;
  for (const token of tokens) {
    widest = Math.max(widest, Math.ceil(context.measureText(token).width) + 14);
    if (widest >= most) return most;
  }
  return widest;
}
