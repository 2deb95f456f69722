import { expect, it } from 'vitest';
import { piecesOf } from '../../src/models/net/body';

const all = Uint8Array.from({ length: 3_000_000 }, (_, i) => i % 251);

async function readAll(body: ReadableStream<Uint8Array>) {
  const next = piecesOf(body);
  const got = new Uint8Array(all.length);
  let [at, pieces] = [0, 0];
  for (let piece = await next(); piece; piece = await next()) {
    got.set(piece, at);
    at += piece.length;
    pieces++;
  }
  expect(at).toBe(all.length);
  expect(Buffer.compare(got, all)).toBe(0);
  return pieces;
}

/** A stream of bytes that counts how large the memory is that it is asked to fill. */
function bytes(asked: number[]): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const { byobRequest } = controller;
      if (at === all.length) {
        controller.close();
        byobRequest?.respond(0);
        return;
      }
      const view = byobRequest?.view as Uint8Array;
      asked.push(view.buffer.byteLength);
      const count = Math.min(view.byteLength, 400_000, all.length - at);
      new Uint8Array(view.buffer, view.byteOffset, count).set(all.subarray(at, at + count));
      at += count;
      byobRequest?.respond(count);
    },
  });
}

it('reads a stream of bytes into memory of one size, a megabyte, to its end', async () => {
  const asked: number[] = [];
  expect(await readAll(bytes(asked))).toBe(8);
  expect(new Set(asked)).toEqual(new Set([1 << 20]));
});

it('reads the body of an answer', async () => {
  await readAll(new Response(all).body as ReadableStream<Uint8Array>);
});

it('reads a stream that knows only pieces of its own', async () => {
  const pieces = [all.subarray(0, 10), all.subarray(10, 2_000_010), all.subarray(2_000_010)];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
  expect(await readAll(body)).toBe(3);
});

it('tells of a stream that breaks', async () => {
  const broken = new ReadableStream<Uint8Array>({
    type: 'bytes',
    pull: (controller) => controller.error(new Error('the connection is gone')),
  });
  await expect(piecesOf(broken)()).rejects.toThrow('the connection is gone');
});
