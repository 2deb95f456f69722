import { existsSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].map(
    (folder) => `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
  ),
];

/** Keep a browser under test from talking to anyone but the page's server. */
const QUIET = [
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** WebGPU computed on the processor: slow, and the same everywhere. */
const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** Memory is measured at once, not when Chromium next collects what nobody uses. */
const EAGER_MEMORY = ['--enable-blink-features=ForceEagerMeasureMemory'];

/** Where Chromium or Chrome is on this machine. @throws Error saying how to get one */
export function findChromium(): string {
  const asked = process.env.CHROME_PATH;
  if (asked && !existsSync(asked)) throw new Error(`CHROME_PATH is ${asked}, and there is no such file.`);
  const found = asked ?? PLACES.find((place) => existsSync(place));
  if (found) return found;
  throw new Error(
    'The browser tests need Chromium or Chrome. Install one (Debian and Ubuntu: apt-get install chromium; ' +
      'elsewhere: https://www.google.com/chrome) or set CHROME_PATH to its executable.',
  );
}

interface Started {
  /** With WebGPU, in software. */
  readonly gpu?: boolean;
  /** With `performance.measureUserAgentSpecificMemory` that answers at once. */
  readonly measuresMemory?: boolean;
}

const optionsFor = ({ gpu, measuresMemory }: Started) => ({
  executablePath: findChromium(),
  headless: true,
  // The sandbox refuses to run as root, as in most containers.
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...QUIET,
    ...(gpu ? SOFTWARE_GPU : []),
    ...(measuresMemory ? EAGER_MEMORY : []),
  ],
});

/** Starts a headless Chromium; the caller closes it. */
export const launchChromium = (options: Started = {}): Promise<Browser> =>
  chromium.launch(optionsFor(options));

/**
 * Starts one with a profile, whose pages keep their files on the disk. Other contexts keep them in memory.
 * @param profile a folder; the caller deletes it
 */
export const launchWithProfile = (profile: string, options: Started = {}): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, optionsFor(options));
