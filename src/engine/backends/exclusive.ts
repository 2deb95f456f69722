import { inTime } from '../../in-time';
import { EngineError } from '../errors';

type InTurn = <T>(task: () => Promise<T>) => Promise<T>;

/** A queue of tasks that must not overlap: each starts when the one before has ended, well or badly. */
export function exclusiveQueue(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task);
    last = mine.catch(() => {}); // the failure belongs to whoever asked, not to the next in line
    return mine;
  };
}

/**
 * A queue with a limit for each task until one has been done; after that there is none.
 * @param sentence what to say when a task is late
 */
export function inTimeAtFirst(inTurn: InTurn, milliseconds: number, sentence: string): InTurn {
  let started = false;
  const late = () => {
    throw new EngineError('run', sentence);
  };
  return (task) =>
    inTurn(async () => {
      if (started) return task();
      const answer = await inTime(task(), milliseconds, late);
      started = true;
      return answer;
    });
}
