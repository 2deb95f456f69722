let last = { tokens: 0, mask: new Uint8Array(0) };

/** [T, T] of booleans: 1 where the position of the row may look at the position of the column. */
export function causalMask(tokens: number): Uint8Array {
  if (last.tokens !== tokens) {
    const mask = new Uint8Array(tokens * tokens);
    for (let t = 0; t < tokens; t++) mask.fill(1, t * tokens, t * tokens + t + 1);
    last = { tokens, mask }; // all blocks of a forward pass ask for the same
  }
  return last.mask;
}
