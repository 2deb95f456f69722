import { expect, it } from 'vitest';
import { RuntimeBridge } from '../../workbench/runtime/bridge';
import { type Outcome, readRequest } from '../../workbench/runtime/protocol';

/** A delivery as Microsoft's runtime writes it. */
const delivery = (results: unknown[]) =>
  JSON.stringify({
    id: 7,
    type: 1,
    flags: 2193,
    message: {
      url: 'ProcessQuery',
      method: 'POST',
      headers: {},
      body: {
        Actions: [
          { Id: 2, ActionType: 1, Name: '' },
          { Id: 5, ActionType: 3, Name: 'SetInvocationArrayResults', ArgumentInfo: { Arguments: [results] } },
        ],
      },
    },
  });

it('reads results and errors', () => {
  const text = delivery([
    [1, true, [[1, 2]], [0]],
    [2, false, 'nope', 1, [0]],
    [3, false, '', 3, [0]],
    [4, false, 'NaN', 0, [0]],
    [5, false, 'x', 10, [0]],
  ]);
  expect(readRequest(text)).toEqual({
    id: 7,
    outcomes: [
      { id: 1, value: [[1, 2]] },
      { id: 2, error: '#N/A', message: 'nope' },
      { id: 3, error: '#VALUE!', message: '' },
      { id: 4, error: '#NUM!', message: '' },
      { id: 5, error: '#NAME?', message: 'x' },
    ],
  });
});

it('acknowledges a delivery before it passes it on', async () => {
  const delivered: Outcome[][] = [];
  const heard: string[] = [];
  const bridge = new RuntimeBridge();
  bridge.onOutcomes = (outcomes) => delivered.push(outcomes);
  bridge.onMessageFromHost = (text) => heard.push(text);
  bridge.sendMessageToHost(delivery([[1, true, 'x', [0]]]));
  await Promise.resolve();
  expect(JSON.parse(heard[0] ?? '')).toMatchObject({ id: 7, message: { statusCode: 200 } });
  expect(delivered).toEqual([[{ id: 1, value: 'x' }]]);
});

/** What was sent, message by message. */
const entriesIn = (texts: readonly string[]) =>
  texts.map((text) => JSON.parse(text).message.entries.map((entry: unknown[]) => entry[3]));

it('gathers the calls of a calculation, however many turns it takes, and forgets those taken back', async () => {
  const heard: string[] = [];
  const bridge = new RuntimeBridge();
  bridge.onMessageFromHost = (text) => heard.push(text);
  bridge.open();
  bridge.hold();
  for (const id of [1, 2, 3]) {
    bridge.invoke({ id, name: 'F', values: [], address: 'S!A1', flags: 0 });
    await new Promise((resolve) => setTimeout(resolve));
  }
  bridge.cancel(2);
  await Promise.resolve();
  expect(heard).toEqual([]);
  bridge.release();
  await Promise.resolve();
  expect(entriesIn(heard)).toEqual([[1, 3].map((id) => [id, 'F', [], 'S!A1', 0])]);
});

it('keeps calls until the functions are registered, and sends one turn’s calls in one message', async () => {
  const heard: string[] = [];
  const bridge = new RuntimeBridge();
  bridge.onMessageFromHost = (text) => heard.push(text);
  const call = (id: number) => bridge.invoke({ id, name: 'F', values: [], address: 'S!A1', flags: 0 });
  call(1);
  await Promise.resolve();
  expect(heard).toEqual([]);
  bridge.open();
  call(2);
  call(3);
  bridge.cancel(3);
  bridge.cancel(1);
  await Promise.resolve();
  expect(entriesIn(heard)).toEqual([
    [[1, 'F', [], 'S!A1', 0]],
    [{ invocationId: 1 }],
    [[2, 'F', [], 'S!A1', 0]],
  ]);
});
