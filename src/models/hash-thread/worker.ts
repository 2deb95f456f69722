import { hashing } from '../hash';
import type { Answer, Order } from './messages';

const answer = (message: Answer, transfer: Transferable[] = []) => self.postMessage(message, { transfer });

const starting = hashing('sha256');
let before: Promise<void> = Promise.resolve();

// One after the other, and the first when the hash is ready.
self.onmessage = ({ data }: MessageEvent<Order>) => {
  before = before
    .then(() => carryOut(data))
    .catch(({ message }: Error) => answer({ kind: 'failed', message }));
};

async function carryOut(order: Order): Promise<void> {
  const hash = await starting;
  switch (order.kind) {
    case 'update': {
      const { buffer, length } = order;
      hash.update(new Uint8Array(buffer, 0, length));
      return answer({ kind: 'hashed', buffer, length }, [buffer]);
    }
    case 'restart':
      return hash.restart();
    case 'digest':
      return answer({ kind: 'digest', value: hash.digest() });
  }
}
