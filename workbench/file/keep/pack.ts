/** The page stays responsive: texts are put together for so long at a time, in milliseconds. */
const SLICE = 8;
const CHUNK = 1 << 16;

/**
 * Packs a text that comes in pieces, letting the page breathe in between. The packed form carries a sum of its contents,
 * so that damage is noticed.
 */
export async function pack(pieces: Iterable<string>): Promise<Uint8Array> {
  const { readable, writable } = new CompressionStream('gzip');
  const packed = new Response(readable).arrayBuffer();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  let text = '';
  let since = performance.now();
  for (const piece of pieces) {
    text += piece;
    if (text.length > CHUNK) {
      await writer.write(encoder.encode(text));
      text = '';
    }
    if (performance.now() - since > SLICE) {
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
  }
  await writer.write(encoder.encode(text));
  await writer.close();
  return new Uint8Array(await packed);
}

/** @throws when the bytes are not what `pack` has made */
export async function unpack(bytes: Uint8Array): Promise<string> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}
