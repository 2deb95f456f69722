import type { Want } from '../engine/api';
import { ModelError } from '../gpt2/errors';
import type { ReadRequest } from '../rpc/protocol';

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
