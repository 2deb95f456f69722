import type { Config } from '../../../gpt2/config';
import type { OpenOptions } from '../../api';
import { EngineError } from '../../errors';
import { MOST_BYTES, SHARD_BYTES, weightBytes } from './deal';
import { words } from './words';

/** Whether a worker can be started from here: there are browsers in which a worker cannot start others, and Node has none. */
export const canStartShards = (): boolean => typeof Worker === 'function';

/**
 * Whether a model is to be spread over several workers.
 * @throws EngineError where it must be and cannot
 */
export function needsShards(config: Config, { workers = 1 }: OpenOptions): boolean {
  const bytes = weightBytes(config);
  if (workers <= 1 && bytes <= SHARD_BYTES) return false;
  if (canStartShards()) return true;
  if (bytes <= MOST_BYTES) return false;
  throw new EngineError('run', words.noWorkers(bytes));
}
