import { expect, it, vi } from 'vitest';
import type { DownloadProgress, HubRef } from '../../src/models/api';
import { MemoryStore } from '../../src/models/store/memory';
import { startHub } from '../support/hub-server';
import { files, libraryOn, model } from './setting';

const ref: HubRef = { kind: 'hub', id: 'school/small' };

it('what is read of a stored model again, in rows or whole, is not counted again', async () => {
  const hub = await startHub();
  try {
    hub.put('school/small', files);
    const mine = libraryOn([hub.url], new MemoryStore());
    await mine.download(ref);
    const seen: DownloadProgress[] = [];
    // Progress is told ten times a second at the most: here a second passes whenever somebody looks.
    let now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 1000;
      return now;
    });
    const { source } = await mine.arrive(ref, { onProgress: (progress) => seen.push(progress) });
    const wte = model.weights.get('wte.weight');
    const [V, d] = [model.config.vocab_size, model.config.n_embd];
    const half = V >> 1;
    expect(await source.readRows('wte.weight', 0, half)).toEqual(wte.subarray(0, half * d));
    expect(seen.at(-1)).toMatchObject({ phase: 'reading', bytes: 4 * half * d });
    expect(await source.readRows('wte.weight', half, V)).toEqual(wte.subarray(half * d));
    expect(seen.at(-1)).toMatchObject({ phase: 'reading', bytes: wte.byteLength });
    expect(await source.read('wte.weight')).toEqual(wte);
    await source.readRows('wte.weight', 0, 1);
    expect(seen.at(-1)).toMatchObject({ phase: 'reading', bytes: wte.byteLength });
  } finally {
    vi.restoreAllMocks();
    await hub.close();
  }
});
