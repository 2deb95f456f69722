import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { giveCellErrors } from './cell-errors';
import { type Call, callFormulas } from './formulas';
import type { Opener } from './prepared';

export const OFFICE_SERVER = 'https://appsforoffice.microsoft.com/';
const OFFICE = `${OFFICE_SERVER}lib/1/hosted/`;
const officeFolder = join(
  dirname(createRequire(import.meta.url).resolve('@microsoft/office-js/package.json')),
  'dist',
);

/** The pane in a page of its own, outside Excel, with Microsoft's own Office.js. */
export interface OpenPane {
  readonly page: Page;
  /** Calls a formula the way Office.js knows it. */
  call(id: string, ...args: unknown[]): Promise<unknown>;
  /** Calls many formulas in one moment, as a recalculation does. */
  callAll(calls: readonly Call[]): Promise<unknown[]>;
  close(): Promise<void>;
}

/** Opens taskpane.html and waits until its model is ready, or has failed. */
export async function openPane(browser: Opener, url: string, query = ''): Promise<OpenPane> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await answerForOffice(page);
  await page.goto(`${url}taskpane.html${query}`);
  const callAll: OpenPane['callAll'] = (calls) => callFormulas(page, calls);
  return {
    page,
    callAll,
    call: async (id, ...args) => (await callAll([[id, ...args]]))[0],
    close: () => context.close(),
  };
}

/**
 * Answers what a page asks of Office's servers, and holds up nothing else. With a route of Playwright's every request would wait for
 * this process, and nothing would come from the browser's cache.
 */
async function answerForOffice(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  devtools.on('Fetch.requestPaused', ({ requestId, request: { url } }) => {
    const name = url.slice(OFFICE.length).replace(/\?.*/, '');
    const path = join(officeFolder, name);
    const answer = existsSync(path)
      ? { responseCode: 200, body: readFileSync(path).toString('base64') }
      : { responseCode: 404 };
    const responseHeaders = [{ name: 'content-type', value: 'text/javascript' }];
    // The page may be closed by now.
    devtools.send('Fetch.fulfillRequest', { requestId, responseHeaders, ...answer }).catch(() => {});
  });
  await devtools.send('Fetch.enable', { patterns: [{ urlPattern: `${OFFICE}*` }] });
}

/** Has a page do without Office.js, as where Office's servers are out of reach. */
export async function withoutOffice(page: Page): Promise<void> {
  await page.route(`${OFFICE_SERVER}**`, (route) => route.abort());
}

/** The pane with the errors that Excel has for cells; outside it Office.js has none. */
export async function openPaneWithErrors(browser: Opener, url: string, query: string): Promise<OpenPane> {
  const pane = await openPane(browser, url, query);
  await giveCellErrors(pane.page);
  return pane;
}
