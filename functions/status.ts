import { engine, type Status } from '../src/rpc/client';
import { stream } from './stream';

/**
 * Tells how the model is: how far it has loaded, and once it is open, which one it is and what runs it. Follows every change.
 * @customfunction STATUS
 * @returns A sentence, in one cell.
 * @example =GPT2.STATUS()
 * @streaming
 */
export function status(invocation: CustomFunctions.StreamingInvocation<string>): void {
  stream('STATUS', invocation, async (show, signal) => {
    const client = await engine();
    const tell = () => show(sentence(client.status));
    client.addEventListener('statuschange', tell, { signal });
    tell();
  });
}

function sentence(status: Status): string {
  switch (status.phase) {
    case 'waiting':
      return 'No model is open.';
    case 'loading': {
      const { text, fraction } = status.progress;
      return fraction === undefined ? `${text} …` : `${text} (${Math.floor(fraction * 100)}%)`;
    }
    case 'failed':
      return `The model could not be opened: ${status.message}`;
    case 'ready': {
      const { model, backend } = status.opened;
      return `${model.name} is ready. ${backend.reason}`;
    }
  }
}
