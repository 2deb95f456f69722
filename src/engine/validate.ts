import type { ActivationName } from '../gpt2/activations';
import { ACTIVATION_NAMES, ACTIVATIONS, shapeOf } from '../gpt2/activations';
import type { Config } from '../gpt2/config';
import { broadcasts, sizeOf } from './affine';
import type { Edit, Start, Tensor, Want } from './api';
import { EngineError } from './errors';
import { orderOf } from './order';

const refuse = (message: string): never => {
  throw new EngineError('input', message);
};

/** A value as a message shows it, whatever it is. */
const show = (value: unknown): string => {
  if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
};

const isWholeBelow = (value: unknown, end: number): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < end;

/** @throws EngineError unless `ids` are 1 to n_positions token ids of the model's vocabulary */
export function checkIds(ids: readonly number[], config: Config): void {
  if (!Array.isArray(ids)) refuse(`ids is ${show(ids)}; a list of token ids is needed.`);
  if (ids.length < 1 || ids.length > config.n_positions) {
    refuse(`The prompt has ${ids.length} tokens; this model takes 1 to ${config.n_positions}.`);
  }
  for (let t = 0; t < ids.length; t++) {
    if (!isWholeBelow(ids[t], config.vocab_size)) {
      refuse(
        `Token id ${show(ids[t])} at position ${t} is not in the vocabulary; whole numbers from 0 to ${config.vocab_size - 1} are.`,
      );
    }
  }
}

const STARTS = ['resid_pre', 'resid_mid', 'resid_post', 'ln_final'] as const satisfies Start['name'][];

/** @throws EngineError unless there is such a place to start from, and the values are finite and [T, d_model] */
export function checkStart({ name, layer, values }: Start, config: Config): void {
  if (!STARTS.includes(name))
    refuse(`A pass cannot start from ${show(name)}; it can from ${STARTS.join(', ')}.`);
  checkPlace(name, layer, config);
  const tokens = values?.dims?.[0] ?? 0;
  if (!(tokens >= 1 && tokens <= config.n_positions)) {
    refuse(`The cells have ${tokens} rows; this model takes 1 to ${config.n_positions} tokens.`);
  }
  checkTensor('The start', values, [tokens, config.n_embd]);
  if (values.dims.length !== 2 || values.dims[1] !== config.n_embd) {
    refuse(`The cells are ${values.dims.join('×')}; ${tokens}×${config.n_embd} are needed.`);
  }
  const wrong = values.data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) refuse(`The cells hold ${values.data[wrong]}, which is not a finite number.`);
}

/** @throws EngineError unless what is wanted arises after the start */
export function checkAfter({ name, layer }: Start, want: Want): void {
  if (orderOf(want.name, want.layer) <= orderOf(name, layer)) {
    refuse(`${want.name} arises before ${name}, from which this pass starts.`);
  }
}

/** @throws EngineError unless `list` is a list of objects */
export function checkList(what: string, list: unknown): void {
  if (!Array.isArray(list) || !list.every((entry) => typeof entry === 'object' && entry !== null)) {
    refuse(`${what} is ${show(list)}; a list of objects is needed.`);
  }
}

/** @throws EngineError unless there is such an activation, in such a layer, with such a head and position */
export function checkWant(want: Want, config: Config, tokens: number): void {
  checkPlace(want.name, want.layer, config);
  const shape: readonly string[] = ACTIVATIONS[want.name].shape;
  if (want.head !== undefined) {
    if (shape[0] !== 'H') refuse(`${want.name} is not split into heads; leave head out.`);
    checkIndex('head', want.head, config.n_head);
  }
  if (want.position !== undefined) checkIndex('position', want.position, tokens);
}

/** @throws EngineError unless there is such a hook point and scale and bias stretch over it */
export function checkEdit(edit: Edit, config: Config, tokens: number): void {
  checkPlace(edit.name, edit.layer, config);
  const shape = shapeOf(edit.name, config, tokens);
  if (edit.scale) checkTensor(`The scale for ${edit.name}`, edit.scale, shape);
  if (edit.bias) checkTensor(`The bias for ${edit.name}`, edit.bias, shape);
}

function checkTensor(what: string, tensor: Tensor, shape: readonly number[]): void {
  const { dims, data } = tensor;
  if (!Array.isArray(dims) || !(data instanceof Float32Array)) {
    refuse(`${what} must have dims and float32 data.`);
  }
  if (!broadcasts(dims, shape)) {
    refuse(`${what} is ${dims.join('×') || 'one number'}; it must stretch over ${shape.join('×')}.`);
  }
  if (data.length !== sizeOf(dims)) {
    refuse(
      `${what} has ${data.length} numbers; ${dims.join('×') || 'a single value'} needs ${sizeOf(dims)}.`,
    );
  }
}

function checkPlace(name: ActivationName, layer: number | undefined, config: Config): void {
  if (!ACTIVATION_NAMES.includes(name)) {
    refuse(`There is no activation ${show(name)}; there are ${ACTIVATION_NAMES.join(', ')}.`);
  }
  if (ACTIVATIONS[name].per === 'layer') {
    if (layer === undefined) refuse(`${name} needs a layer, 0 to ${config.n_layer - 1}.`);
    checkIndex('layer', layer, config.n_layer);
  } else if (layer !== undefined) {
    refuse(`${name} exists once in the model; leave layer out (it is ${show(layer)}).`);
  }
}

function checkIndex(what: string, value: unknown, end: number): void {
  if (!isWholeBelow(value, end)) {
    refuse(
      `${what} is ${show(value)}; ${end === 1 ? 'only 0 is' : `whole numbers from 0 to ${end - 1} are`} allowed.`,
    );
  }
}
