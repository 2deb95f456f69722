/** So many bytes are taken at once at the most; what a fast connection has ready is about as much. */
const MOST_BYTES = 1 << 20;

/**
 * Reads a body piece by piece, into the same memory each time where the browser can: fresh memory for half a gigabyte costs
 * the kernel as long as all copies of it.
 * @returns what gives the next piece, which is good until the next is asked for; undefined at the end
 */
export function piecesOf(body: ReadableStream<Uint8Array>): () => Promise<Uint8Array | undefined> {
  const reader = byteReader(body);
  if (!reader) {
    const plain = body.getReader();
    return async () => (await plain.read()).value;
  }
  let buffer: ArrayBufferLike = new ArrayBuffer(MOST_BYTES);
  return async () => {
    const { done, value } = await reader.read(new Uint8Array(buffer));
    if (done || !value) return undefined;
    buffer = value.buffer;
    return value;
  };
}

/** Not every browser's bodies can be read into memory of the reader's. */
function byteReader(body: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | undefined {
  try {
    return body.getReader({ mode: 'byob' });
  } catch {
    return undefined;
  }
}
