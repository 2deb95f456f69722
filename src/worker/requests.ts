import type { Want } from '../engine/api';
import type { Config } from '../gpt2/config';
import { ModelError } from '../gpt2/errors';
import type { ReadRequest } from '../rpc/protocol';

/** @throws ModelError when a prompt's token ids are not this model's, or are more than its context holds */
export function checkIds(ids: readonly number[], config: Config): void {
  ids.forEach((id, row) => {
    if (!(Number.isInteger(id) && id >= 0 && id < config.vocab_size)) {
      throw new ModelError(
        `input holds ${id} in row ${row + 1}: this model's token ids go from 0 to ${config.vocab_size - 1}. ` +
          'To give digits as text, write them in quotes: "2024".',
      );
    }
  });
  if (ids.length > config.n_positions) {
    throw new ModelError(
      `input has ${ids.length} tokens: this model's context holds ${config.n_positions}. Shorten it.`,
    );
  }
}

/**
 * Wants with negative positions counted from the end of a prompt of T tokens.
 * @throws ModelError when a position is outside the prompt
 */
export function resolvePositions(wants: ReadRequest['wants'], T: number): Want[] {
  return wants.map((want) => {
    const { position } = want;
    if (position === undefined) return want;
    if (!(Number.isInteger(position) && position >= -T && position < T)) {
      throw new ModelError(
        `position is ${position}: the prompt has ${T} ${T === 1 ? 'token' : 'tokens'}, so give a whole number ` +
          `from 0 to ${T - 1}, or from -${T} to -1 to count from the end.`,
      );
    }
    return { ...want, position: position < 0 ? T + position : position };
  });
}
