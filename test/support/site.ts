import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { serve } from '../../build/serve.js';
import { launchChromium } from './browser';

const DIST = resolve(import.meta.dirname, '../../dist');

/** How the site of a test is served, and what opens it. */
export interface SiteOptions {
  /** Without the header that lets WASM use threads when false. */
  readonly isolated?: boolean;
  /** A browser with WebGPU, in software. */
  readonly gpu?: boolean;
  /** A browser that measures memory when it is asked to, and not when it next collects. */
  readonly measuresMemory?: boolean;
  /** Puts more model folders into the site's `models/`, given its path. */
  readonly models?: (folder: string) => void;
}

/** The built site on a free port; `npm test` has built it before. */
export async function serveSite({
  isolated,
  models,
}: SiteOptions = {}): Promise<{ url: string; close(): Promise<void> }> {
  if (!models) return serve({ isolated });
  const folder = mkdtempSync(join(tmpdir(), 'gpt2-site-'));
  mirror(DIST, folder);
  models(join(folder, 'models'));
  const { url, close } = await serve({ isolated, folder });
  return {
    url,
    close: async () => {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Links and copies the built site, so that a model put beside its own leaves no trace in it. */
function mirror(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (name === 'models') {
      mkdirSync(target);
      mirror(source, target);
    } else linkInto(source, target);
  }
}

/** Puts a folder or a file where the site has it, without copying what is large. */
export function linkInto(source: string, target: string): void {
  if (statSync(source).isDirectory()) symlinkSync(source, target, 'junction');
  else copyFileSync(source, target);
}

/** The built site and a browser, for all tests of the file or of the `describe` that asks for them. */
export function useSite(options: SiteOptions = {}): { readonly url: string; readonly browser: Browser } {
  let site: Awaited<ReturnType<typeof serveSite>>;
  let browser: Browser;
  beforeAll(async () => {
    [site, browser] = await Promise.all([serveSite(options), launchChromium(options)]);
  });
  afterAll(() => Promise.all([browser?.close(), site?.close()]));
  return {
    get url() {
      return site.url;
    },
    get browser() {
      return browser;
    },
  };
}
