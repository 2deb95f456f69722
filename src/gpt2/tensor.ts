/** Row-major float32 numbers and their shape. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}
