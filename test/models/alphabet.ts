import { openSafetensors } from '../../src/gpt2/safetensors';
import { type CheckpointOptions, checkpoint, type Files, safetensors } from '../support/checkpoint';
import { randomModel, smallConfig } from '../support/random';

/** A model of 12 blocks, so that `h.10` and `h.11` come before `h.2`; a block with its mask takes some 130 kB. */
export const longModel = randomModel(
  smallConfig({ n_layer: 12, n_embd: 48, vocab_size: 1000, n_positions: 128 }),
  21,
);

/** A checkpoint whose files have their tensors in the order of the alphabet, as those of the hub do. */
export function sorted(model = longModel, options: CheckpointOptions = {}): Files {
  const files = checkpoint(model, { buffers: true, ...options });
  for (const [path, bytes] of files) {
    if (!path.endsWith('.safetensors')) continue;
    const { tensors, data } = openSafetensors(bytes);
    const named = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
    const part = ([begin, end]: readonly [number, number]) => data.subarray(begin, end);
    const entries = named.map(
      ([name, { dtype, shape, data_offsets }]) =>
        [name, { dtype, shape, bytes: part(data_offsets) }] as const,
    );
    files.set(path, safetensors(new Map(entries)));
  }
  return files;
}

export const alphabetical = sorted();
