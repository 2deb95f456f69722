/** Numbers in either precision. Sums run in float64 and are rounded when they are stored. */
export type Numbers = Float32Array | Float64Array;

export type Precision = 'float32' | 'float64';

/** Room for `length` numbers. */
export const zeros = (length: number, precision: Precision): Numbers =>
  precision === 'float64' ? new Float64Array(length) : new Float32Array(length);

const like = (x: Numbers, length: number): Numbers =>
  zeros(length, x instanceof Float64Array ? 'float64' : 'float32');

/** a + b, number by number. */
export function add(a: Numbers, b: Numbers): Numbers {
  const sum = like(a, a.length);
  for (let i = 0; i < sum.length; i++) sum[i] = (a[i] as number) + (b[i] as number);
  return sum;
}

/** x [rows, n] · weight [n, m] + bias [m] → [rows, m]. */
export function linear(x: Numbers, weight: Numbers, n: number, m: number, bias?: Numbers): Numbers {
  const rows = x.length / n;
  const y = like(x, rows * m);
  const sum = new Float64Array(m);
  for (let row = 0; row < rows; row++) {
    if (bias) sum.set(bias);
    else sum.fill(0);
    for (let i = 0; i < n; i++) {
      const factor = x[row * n + i] as number;
      const at = i * m;
      for (let j = 0; j < m; j++) sum[j] = (sum[j] as number) + factor * (weight[at + j] as number);
    }
    y.set(sum, row * m);
  }
  return y;
}

/** a [rows, n] · b [cols, n]ᵀ → [rows, cols]: every row of a with every row of b. */
export function dotRows(a: Numbers, b: Numbers, n: number): Numbers {
  const rows = a.length / n;
  const cols = b.length / n;
  const y = like(a, rows * cols);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (a[row * n + i] as number) * (b[col * n + i] as number);
      y[row * cols + col] = sum;
    }
  }
  return y;
}

/** LayerNorm of each row of x [rows, n]: mean 0, variance 1 (divided by n), times gain [n], plus bias [n]. */
export function layerNorm(x: Numbers, gain: Numbers, bias: Numbers, epsilon: number): Numbers {
  const n = gain.length;
  const y = like(x, x.length);
  for (let at = 0; at < x.length; at += n) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += (x[at + i] as number) / n;
    let variance = 0;
    for (let i = 0; i < n; i++) variance += ((x[at + i] as number) - mean) ** 2 / n;
    const scale = 1 / Math.sqrt(variance + epsilon);
    for (let i = 0; i < n; i++) {
      y[at + i] = ((x[at + i] as number) - mean) * scale * (gain[i] as number) + (bias[i] as number);
    }
  }
  return y;
}

/** Softmax of each row of x [rows, n]. */
export function softmax(x: Numbers, n: number): Numbers {
  const y = like(x, x.length);
  for (let at = 0; at < x.length; at += n) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) largest = Math.max(largest, x[at + i] as number);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Math.exp((x[at + i] as number) - largest);
    for (let i = 0; i < n; i++) y[at + i] = Math.exp((x[at + i] as number) - largest) / sum;
  }
  return y;
}

/** GELU in GPT-2's tanh form. */
export function gelu(x: Numbers): Numbers {
  const y = like(x, x.length);
  const c = Math.sqrt(2 / Math.PI);
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number;
    y[i] = 0.5 * value * (1 + Math.tanh(c * (value + 0.044715 * value ** 3)));
  }
  return y;
}

/** Columns [from, from + width) of x [rows, n] → [rows, width]. */
export function columns(x: Numbers, n: number, from: number, width: number): Numbers {
  const rows = x.length / n;
  const y = like(x, rows * width);
  for (let row = 0; row < rows; row++) {
    y.set(x.subarray(row * n + from, row * n + from + width), row * width);
  }
  return y;
}

/** One array after another. */
export function concat(parts: readonly Numbers[]): Numbers {
  const first = parts[0] ?? new Float32Array(0);
  const all = like(
    first,
    parts.reduce((length, part) => length + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
