/**
 * Microsoft's runtime rests for half a second after it has delivered results, to spare the servers behind Excel on
 * the web. There is no server here, and a chain of ten formulas would take five seconds. The timer that ends the rest
 * is recognised by the one private field it clears; it then fires at once. Everything else keeps its time.
 */
const ENDS_THE_REST = '_inProgressContextSyncExpectedFinishTime';
const SHORTEST_REST = 200;

type Timer = (handler: TimerHandler, delay?: number, ...values: unknown[]) => number;

/** A `setTimeout` that is deaf to the runtime's rests. */
export function withoutPauses(setTimeout: Timer): typeof window.setTimeout {
  const hurried: Timer = (handler, delay = 0, ...values) => {
    const rests = delay >= SHORTEST_REST && typeof handler === 'function';
    return setTimeout(handler, rests && `${handler}`.includes(ENDS_THE_REST) ? 0 : delay, ...values);
  };
  return hurried as typeof window.setTimeout;
}
