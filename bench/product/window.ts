import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchProfile } from '../../test/support/browser';
import type { Opener } from '../../test/support/prepared';

/**
 * Ordinary windows, each of a browser of its own, as people use them. The contexts that tests open are private ones, where the
 * device's storage is the memory of another process, and each write a message to it.
 */
export const ordinaryWindows: Opener = {
  async newContext() {
    const folder = mkdtempSync(join(tmpdir(), 'gpt2-profile-'));
    const context = await launchProfile(folder, { measuresMemory: true });
    context.on('close', () => void remove(folder));
    return context;
  },
};

/** A browser that has just been closed may still be writing; what cannot be deleted at all is left to the system. */
async function remove(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return await rm(folder, { recursive: true, force: true });
    } catch {
      await new Promise((done) => setTimeout(done, 250));
    }
  }
}
