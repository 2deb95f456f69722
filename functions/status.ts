import type { PassTime } from '../src/engine/api';
import { type EngineClient, engine } from '../src/rpc/client';
import { duration } from '../src/sheet/duration';
import { stream } from './stream';

/**
 * Tells how the model is: how far it has loaded, and once it is open, which one it is, what runs it, and how long the last forward pass took. Follows every change, and passes about once a second at the most.
 * @customfunction STATUS
 * @returns A sentence, in one cell.
 * @example =GPT2.STATUS()
 * @streaming
 */
export function status(invocation: CustomFunctions.StreamingInvocation<string>): void {
  stream('STATUS', invocation, async (show, signal) => {
    const client = await engine();
    const tell = () => show(sentence(client));
    client.addEventListener('statuschange', tell, { signal });
    client.addEventListener('pass', tell, { signal });
    tell();
  });
}

function sentence({ status, lastPass }: EngineClient): string {
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
      if (status.arriving) return `${status.arriving.text}. ${backend.reason}`;
      const ready = `${model.name} is ready. ${backend.reason}`;
      return lastPass ? `${ready} ${speed(lastPass)}` : ready;
    }
  }
}

const speed = ({ tokens, blocks, milliseconds }: PassTime): string =>
  `The last pass took ${plural(tokens, 'token')} through ${plural(blocks, 'block')} in ${duration(milliseconds)}.`;

const plural = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;
