import type { Fact } from './facts';
import type { Field, FillIn, Grid, Picture, Predict, Show, Source, Text } from './lesson';

/** Short names for the parts of a step, so that a lesson reads like its own table of contents. */

type Without<T> = Omit<T, 'kind'>;

export const text = (text: string): Text => ({ kind: 'text', text });
export const source = (...facts: readonly Fact[]): Source => ({ kind: 'source', facts });
export const input = (key: string, label: string, content: string | number): Field => ({
  kind: 'input',
  key,
  label,
  content,
});
export const given = (key: string, label: string, content: string | number): Field => ({
  kind: 'given',
  key,
  label,
  content,
});
export const show = (part: Without<Show>): Show => ({ kind: 'show', ...part });
export const grid = (part: Without<Grid>): Grid => ({ kind: 'grid', ...part });
export const fillIn = (part: Without<FillIn>): FillIn => ({ kind: 'fillIn', ...part });
export const exercise = (part: Without<FillIn>): FillIn => ({ kind: 'exercise', ...part });
export const predict = (part: Without<Predict>): Predict => ({ kind: 'predict', ...part });
export const chart = (part: Without<Picture>): Picture => ({ kind: 'chart', ...part });
