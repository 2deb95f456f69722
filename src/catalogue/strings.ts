/** The stages by which formulas are grouped, in the pane and in the documentation. */
export const groups = {
  text: 'Text and tokens',
  embedding: 'Embedding',
  block: 'Inside a block',
  output: 'Output',
  scoring: 'Scoring',
  vectors: 'Vectors',
  model: 'The model itself',
  arithmetic: 'Arithmetic on cells',
  other: 'Other',
} as const;
