import * as Comlink from 'comlink';
import { expect, it } from 'vitest';
import { EngineClient } from '../../src/rpc/client';
import type { Change, Opened, Ticketed } from '../../src/rpc/protocol';

const opened = {
  model: { name: 'gpt2', bytes: 0, sha256: '' },
  backend: { name: 'wasm', reason: '' },
} as Opened;
const request = { name: 'gpt2', from: 'key', base: 'http://school.example/' };

/** A client, and what its worker says of a model that has been opened. */
async function open() {
  const { port1, port2 } = new MessageChannel();
  let change!: (change: Change) => void;
  Comlink.expose(
    {
      open: async (...[, , , onChange]: [unknown, unknown, unknown, typeof change]) => {
        change = onChange;
        return opened;
      },
    },
    port1,
  );
  const client = new EngineClient(port2 as unknown as Worker);
  let arrivals = 0;
  client.addEventListener('arrival', () => arrivals++);
  await client.open(request as never);
  const close = () => {
    port1.close();
    port2.close();
  };
  return { client, change, arrivals: () => arrivals, close };
}

it('has cells calculated again when the model that they show turns out to be wrong', async () => {
  const { client, change, arrivals, close } = await open();
  expect([client.status.phase, arrivals()]).toEqual(['ready', 0]);
  change({ failed: 'model.safetensors from school.example is not what it should be.' });
  await expect.poll(arrivals).toBe(1);
  expect(client.status.phase).toBe('failed');
  await expect(client.opened()).rejects.toThrow('is not what it should be');
  close();
});

it('leaves cells alone that missed nothing when more of their model is here', async () => {
  const { client, change, arrivals, close } = await open();
  change({ opened, arriving: { text: '3 of 14 parts of gpt2 are here', fraction: 3 / 14 } });
  await expect.poll(() => client.status).toMatchObject({ phase: 'ready', arriving: { fraction: 3 / 14 } });
  expect(arrivals()).toBe(0);
  close();
});

it('asks once what cells ask together, and nothing that was asked of another model', async () => {
  const { port1, port2 } = new MessageChannel();
  const read: number[][] = [];
  let goOn: () => void = () => undefined;
  Comlink.expose(
    {
      open: async () => opened,
      encode: async (text: string) => [...text].map((letter) => letter.charCodeAt(0)),
      read: async (requests: readonly Ticketed[]) => {
        read.push(requests.map(({ request }) => ('ids' in request.from ? request.from.ids.length : -1)));
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        return requests.map(() => ({ tensors: [{ dims: [1], data: Float32Array.of(read.length) }] }));
      },
    },
    port1,
  );
  const client = new EngineClient(port2 as unknown as Worker);
  await client.open(request as never);
  const ask = (...ids: number[]) => client.read({ from: { ids }, wants: [{ name: 'embed' }] });
  const together = Promise.all([ask(1, 2), ask(1, 2), ask(1), ask(1, 2)]);
  await expect.poll(() => read).toEqual([[2], [1]]);
  await client.open(request as never);
  const after = ask(1, 2);
  await expect.poll(() => read).toEqual([[2], [1], [2]]);
  goOn();
  expect(await client.ids({ text: 'ab' })).toEqual([97, 98]);
  expect((await after).tensors[0]?.data[0]).toBe(3);
  void together; // its model is gone
  port1.close();
  port2.close();
});
