/** Rows [T, d_model] with the heads side by side → [H, T, d_head]. */
export function byHeads(rows: Float32Array, heads: number, d: number): Float32Array {
  const out = new Float32Array(rows.length);
  const tokens = rows.length / d;
  const width = d / heads; // d_head
  for (let h = 0; h < heads; h++) {
    for (let t = 0; t < tokens; t++) {
      const at = t * d + h * width;
      out.set(rows.subarray(at, at + width), (h * tokens + t) * width);
    }
  }
  return out;
}
