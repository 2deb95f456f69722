/** Row-major float64 numbers [rows, columns], as cells hold them. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}
