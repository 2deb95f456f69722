import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Numbers } from '../../src/gpt2/arithmetic';
import { forward } from '../../src/gpt2/reference';
import { largest } from '../../src/gpt2/sampling';
import { checkpoint } from '../support/checkpoint';
import { type HubServer, startHub } from '../support/hub-server';
import { byteTokenizer, byteVocabulary } from '../support/model-folder';
import { randomModel, smallConfig } from '../support/random';
import { useSite } from '../support/site';
import { openWorkbench } from '../support/workbench';

const WEIGHTS = 'model.safetensors';
/** The library asks for this much of a file first, in which the header is. */
const FIRST_ANSWER = 1 << 17;
const TEXT = 'ab';

const model = randomModel(
  smallConfig({ n_layer: 6, n_head: 4, n_embd: 64, n_positions: 32, vocab_size: 257 }),
  3,
);
const expected = forward(model, byteTokenizer().encode(TEXT), 'float64');
const files = checkpoint(model, {}, byteVocabulary());

/** Where a tensor begins in the file. */
function placeOf(name: string): number {
  const bytes = files.get(WEIGHTS) as Uint8Array;
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  return 8 + length + header[name].data_offsets[0];
}

const site = useSite();
let hub: HubServer;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.close());

it('layers work as they arrive; cells that need more say what is missing, and follow when it has come', async () => {
  const address = hub.putFolder('/models/slow', files);
  hub.fail({ on: WEIGHTS, how: { holdAt: [placeOf('h.3.ln_1.weight') - FIRST_ANSWER] } });
  const query = `?backend=wasm&model=${encodeURIComponent(address)}`;
  const workbench = await openWorkbench(site.browser, site.url, { query });
  await workbench.set({
    'Scratch!A1': TEXT,
    'Scratch!A3': '=GPT2.EMBED(A1)',
    'Scratch!A6': '=GPT2.ATTN(A1,2,1)',
    'Scratch!A9': '=GPT2.ATTN(A1,3,1)',
    'Scratch!A12': '=GPT2.NEXT(A1)',
  });
  const value = async (cell: string) => (await workbench.read(`Scratch!${cell}`)).value as number;
  await expect.poll(() => value('A3')).toBeCloseTo((expected.get('embed') as Numbers)[0] as number, 5);
  await expect
    .poll(() => value('A7'))
    .toBeCloseTo((expected.get('pattern.2') as Numbers)[4 + 2] as number, 5);
  for (const cell of ['A9', 'A12']) {
    await expect.poll(async () => (await workbench.read(`Scratch!${cell}`)).error).toBe('#N/A');
    expect((await workbench.read(`Scratch!${cell}`)).message).toBe(
      'Layer 3 of the model has not arrived yet; 4 of its 8 parts are here. The cell is calculated again when it has.',
    );
  }
  await workbench.pane.getByText('4 of 8 parts of slow are here').first().waitFor();

  hub.heal();
  hub.release();
  await expect
    .poll(() => value('A10'))
    .toBeCloseTo((expected.get('pattern.3') as Numbers)[4 + 2] as number, 5);
  const logits = (expected.get('logits') as Numbers).slice(-257);
  const next = byteTokenizer().show(largest(logits, 1)[0] as number);
  await expect.poll(() => value('A12')).toBe(next);
  await workbench.pane.getByText('parts of slow are here').first().waitFor({ state: 'hidden' });
  await workbench.close();
});
