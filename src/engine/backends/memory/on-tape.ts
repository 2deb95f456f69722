import type * as Ort from 'onnxruntime-web';
import { TAPE_OUTPUTS } from '../../onnx/block';
import type { TapePasts } from './pasts';
import type { Runs } from './runs';
import type { Tape } from './tape';

const INPUTS = ['resid_pre', 'keys', 'values'] as const;
const OUTPUTS = ['resid_post', ...TAPE_OUTPUTS] as const;

/**
 * Runs a block from one place of the stream into another, both ONNX Runtime's tensors; its keys and values go where those of the past lie.
 * @param common what it takes besides
 */
export function runOnTape(
  runs: Runs,
  block: Ort.InferenceSession,
  tape: Tape,
  [before, after]: readonly [number, number],
  { names, given }: ReturnType<TapePasts['inputs']>,
): void {
  const [keys, values] = tape.tensors;
  runs.call(block, [...INPUTS, ...names], [before, keys, values, ...given], OUTPUTS, [after, keys, values]);
}
