import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchProfile } from '../../test/support/browser';
import type { Opener } from '../../test/support/prepared';
import { browserSeconds } from './processor';

/** A browser that has begun takes no more of a processor than this part of it. */
const QUIET = 0.05;
const LOOK_MS = 300;
const PATIENCE_MS = 10_000;

/** Waits until a browser that was just started has done what it does at every start: for a second it takes more than a processor. */
async function settled(browser: Browser): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (let before = await browserSeconds(browser); Date.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const now = await browserSeconds(browser);
    if (now - before < (QUIET * LOOK_MS) / 1000) return;
    before = now;
  }
}

/**
 * Ordinary windows, each of a browser of its own that has been started for a while, as people use them. The contexts that tests open are private ones, where the
 * device's storage is the memory of another process, and each write a message to it.
 */
export const ordinaryWindows: Opener = {
  async newContext() {
    const folder = mkdtempSync(join(tmpdir(), 'gpt2-profile-'));
    const context = await launchProfile(folder, { measuresMemory: true });
    await settled(context.browser() as Browser);
    // It may still be writing for a while; what cannot be deleted at all is left to the system.
    const patience = { maxRetries: 10, retryDelay: 100 };
    context.on('close', () => void rm(folder, { recursive: true, force: true, ...patience }).catch(() => {}));
    return context;
  },
};
