import { expect, it } from 'vitest';
import type { Want } from '../../src/engine/api';
import type { Engine } from '../../src/engine/engine';
import { ids, open } from './recording';

const none: Want[] = [{ name: 'embed' }];
const stretch = { dims: [7], data: new Float32Array(7) };
it.each([
  [{ ids: [], wants: none }, /has 0 tokens; this model takes 1 to 16/],
  [{ ids: Array(17).fill(0), wants: none }, /has 17 tokens; this model takes 1 to 16/],
  [{ ids: 'abc', wants: none }, /ids is "abc"; a list of token ids/],
  [{ ids: [0, 50], wants: none }, /Token id 50 at position 1 .* 0 to 49/],
  [{ ids: [-1], wants: none }, /Token id -1 at position 0/],
  [{ ids: [1.5], wants: none }, /Token id 1.5/],
  [{ ids: [Number.NaN], wants: none }, /Token id NaN/],
  [{ ids: ['1'], wants: none }, /Token id "1"/],
  [{ ids: Array(3), wants: none }, /Token id undefined/],
  [{ ids }, /wants is undefined; a list of objects/],
  [{ ids, wants: [null] }, /wants is an object; a list of objects/],
  [{ ids, wants: none, edits: 'all' }, /edits is "all"; a list of objects/],
  [{ ids, wants: [{ name: 'Q', layer: 0 }] }, /no activation "Q"; there are embed, /],
  [{ ids, wants: [{ name: 'toString', layer: 0 }] }, /no activation "toString"/],
  [{ ids, wants: [{ name: 'q' }] }, /q needs a layer, 0 to 3/],
  [{ ids, wants: [{ name: 'q', layer: 4 }] }, /layer is 4; whole numbers from 0 to 3/],
  [{ ids, wants: [{ name: 'q', layer: 'x'.repeat(99) }] }, /layer is "x{40}…"/],
  [{ ids, wants: [{ name: 'logits', layer: 0 }] }, /logits exists once in the model; leave layer out/],
  [{ ids, wants: [{ name: 'q', layer: 0, head: 3 }] }, /head is 3; whole numbers from 0 to 2/],
  [{ ids, wants: [{ name: 'ln_1', layer: 0, head: 0 }] }, /ln_1 is not split into heads/],
  [{ ids, wants: [{ name: 'embed', position: 6 }] }, /position is 6; whole numbers from 0 to 5/],
  [{ ids, wants: [{ name: 'embed', position: -1 }] }, /position is -1/],
  [{ ids, wants: none, edits: [{ name: 'z', layer: 9 }] }, /layer is 9/],
  [
    { ids, wants: none, edits: [{ name: 'z', layer: 0, scale: stretch }] },
    /scale for z is 7; it must stretch over 3×6×8/,
  ],
  [
    { ids, wants: none, edits: [{ name: 'embed', bias: { ...stretch, dims: [24] } }] },
    /has 7 numbers; 24 needs 24/,
  ],
  [{ ids, wants: none, edits: [{ name: 'embed', bias: [1, 2] }] }, /must have dims and float32 data/],
])('%j is refused with a message that says why', async (request, message) => {
  const { engine } = await open();
  const hostile = request as unknown as Parameters<Engine['read']>[0];
  await expect(engine.read(hostile)).rejects.toThrow(message);
  await expect(engine.read(hostile)).rejects.toMatchObject({ name: 'EngineError', trouble: 'input' });
  expect(await engine.read({ ids, wants: [{ name: 'q', layer: 0 }] })).toHaveLength(1);
});
