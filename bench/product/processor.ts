import type { Browser, BrowserContext, Page } from 'playwright-core';

/** What something took of the clock, in milliseconds, and of all processors together, in seconds. */
export interface Took {
  readonly milliseconds: number;
  readonly seconds: number;
}

/**
 * @param run what is done in a page → milliseconds, as it counts them itself
 * @param before processor time of the browser and this process when it began, where that was before there was a page
 */
export async function took(page: Page, run: () => Promise<number>, before?: number): Promise<Took> {
  const start = before ?? (await processorSeconds(page.context()));
  const milliseconds = await run();
  return { milliseconds, seconds: (await processorSeconds(page.context())) - start };
}

interface Processes {
  send(method: 'SystemInfo.getProcessInfo'): Promise<{ processInfo: { cpuTime: number }[] }>;
  detach(): Promise<void>;
}

/** Seconds of processor time that a window's browser has taken, all its processes together, and this process, which serves the files. */
export async function processorSeconds(context: BrowserContext): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (await browserSeconds(context.browser() as Browser)) + (user + system) / 1e6;
}

/** Seconds of processor time that a browser has taken, all its processes together. */
export async function browserSeconds(browser: Browser): Promise<number> {
  const session = (await browser.newBrowserCDPSession()) as unknown as Processes;
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
