import type { Tensor, Want } from '../../src/engine/api';
import { shapeOf } from '../../src/gpt2/activations';
import type { Ask } from './picture';

/** How much one answer of the engine may weigh. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * Reads activations of every layer with one forward pass, and hands them on layer by layer, so that no more than a
 * few layers are held. What fits is one read; more is several, each of which goes on where the engine stopped.
 * @param wantsOf what to read of a layer
 */
export async function eachLayer(
  { client, reading, signal, progress }: Ask,
  wantsOf: (layer: number) => readonly Want[],
  see: (layer: number, tensors: readonly Tensor[]) => void,
): Promise<void> {
  const { config, ids } = reading;
  const { n_layer } = config;
  const bytesOf = (want: Want) =>
    4 * shapeOf(want.name, config, ids.length).reduce((size, length) => size * length, 1);
  const heaviest = Math.max(
    ...[0, n_layer - 1].map((layer) => wantsOf(layer).reduce((sum, want) => sum + bytesOf(want), 0)),
  );
  const together = Math.max(1, Math.floor(MOST_BYTES / heaviest));
  for (let from = 0; from < n_layer; from += together) {
    const layers = Array.from({ length: Math.min(together, n_layer - from) }, (_, i) => from + i);
    const { tensors } = await client.read({ from: { ids }, wants: layers.flatMap(wantsOf) }, signal);
    signal.throwIfAborted();
    let at = 0;
    for (const layer of layers) {
      const { length } = wantsOf(layer);
      see(layer, tensors.slice(at, at + length));
      at += length;
    }
    progress((from + layers.length) / n_layer);
  }
}
