import type { Browser, Page } from 'playwright-core';

interface Processes {
  send(method: 'SystemInfo.getProcessInfo'): Promise<{ processInfo: { cpuTime: number }[] }>;
  detach(): Promise<void>;
}

/** Seconds of processor time that a page's browser has taken, all its processes together, and this process, which serves the files. */
export async function processorSeconds(page: Page): Promise<number> {
  const browser = page.context().browser() as Browser;
  const session = (await browser.newBrowserCDPSession()) as unknown as Processes;
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const { user, system } = process.cpuUsage();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, (user + system) / 1e6);
}
