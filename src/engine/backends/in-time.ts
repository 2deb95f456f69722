import { EngineError } from '../errors';

/**
 * What a task gives, if it gives it in time. The task itself goes on; its timer does not outlive it.
 * @param sentence what to say when it is late
 * @throws EngineError with that sentence
 */
export async function inTime<T>(task: Promise<T>, milliseconds: number, sentence: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new EngineError('run', sentence)), milliseconds);
  });
  try {
    return await Promise.race([task, late]);
  } finally {
    clearTimeout(timer);
  }
}

type InTurn = <T>(task: () => Promise<T>) => Promise<T>;

/** A queue with a limit for each task until one has been done; after that there is none. */
export function inTimeAtFirst(inTurn: InTurn, milliseconds: number, sentence: string): InTurn {
  let started = false;
  return (task) =>
    inTurn(async () => {
      if (started) return task();
      const answer = await inTime(task(), milliseconds, sentence);
      started = true;
      return answer;
    });
}
