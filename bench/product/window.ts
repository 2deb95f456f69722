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
    // It may still be writing for a while; what cannot be deleted at all is left to the system.
    const patience = { maxRetries: 10, retryDelay: 100 };
    context.on('close', () => void rm(folder, { recursive: true, force: true, ...patience }).catch(() => {}));
    return context;
  },
};
