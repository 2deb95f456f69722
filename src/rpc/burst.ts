/** One of several things of one moment, and who waits for what comes of it. */
interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends what is asked in one moment together: the cells of a recalculation reach the engine at once, and one forward pass
 * serves all that can share it.
 * @param send takes several and gives as many answers, in their order
 * @param keysOf what has the same key goes in one message, and is answered when all of it can be; one message right after the other
 */
export function burst<In, Out>(
  send: (items: In[]) => Promise<Out[]>,
  keysOf: (items: readonly In[]) => unknown[] = (items) => items.map(() => ''),
): (item: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = [];
  const sendTogether = async (together: readonly Waiting<In, Out>[]) => {
    try {
      const outs = await send(together.map(({ item }) => item));
      for (const [i, { resolve }] of together.entries()) resolve(outs[i] as Out);
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  };
  const flush = () => {
    const now = waiting;
    waiting = [];
    const messages = new Map<unknown, Waiting<In, Out>[]>();
    for (const [i, key] of keysOf(now.map(({ item }) => item)).entries()) {
      const one = now[i] as Waiting<In, Out>;
      const message = messages.get(key);
      if (message) message.push(one);
      else messages.set(key, [one]);
    }
    for (const message of messages.values()) void sendTogether(message);
  };
  // A message channel, because timers are slowed down while the pane is closed.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = flush;
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1) port2.postMessage(null);
    });
}
