/** One of several things of one moment, and who waits for what comes of it. */
interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends what is asked in one moment in one message: the cells of a recalculation reach the engine together, and one
 * forward pass serves them.
 * @param send takes several and gives as many answers, in their order
 */
export function burst<In, Out>(send: (items: In[]) => Promise<Out[]>): (item: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = [];
  const flush = async () => {
    const now = waiting;
    waiting = [];
    try {
      const outs = await send(now.map(({ item }) => item));
      for (const [i, { resolve }] of now.entries()) resolve(outs[i] as Out);
    } catch (error) {
      for (const { reject } of now) reject(error);
    }
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
