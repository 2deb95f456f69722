import { expect, it, vi } from 'vitest';
import { PartialFile } from '../../src/models/partial-file';
import { MemoryFile } from '../../src/models/store/memory';

const MEGABYTE = 1 << 20;

/** A file that counts how often it is forced to the disk. */
class CountingFile extends MemoryFile {
  flushes = 0;

  override flush(): void {
    this.flushes++;
  }
}

/** Receives 160 MB, each megabyte after so many milliseconds. @returns how often the disk was waited for, before the end and in all */
async function arrived(pace: number): Promise<[before: number, all: number]> {
  const file = new CountingFile();
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const partial = await PartialFile.open({ path: 'model.safetensors' }, file, undefined, () => {});
    for (let i = 0; i < 160; i++) {
      vi.advanceTimersByTime(pace);
      partial.write(new Uint8Array(MEGABYTE), i * MEGABYTE);
    }
    const before = file.flushes;
    await partial.end('here');
    partial.close();
    return [before, file.flushes];
  } finally {
    vi.useRealTimers();
  }
}

it('waits for the disk every 64 MB, but not while bytes come fast, and at the end', async () => {
  expect(await arrived(100)).toEqual([2, 3]);
  expect(await arrived(10)).toEqual([0, 1]);
});
