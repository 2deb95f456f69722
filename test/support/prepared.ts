import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';

/** What opens pages: a browser, or one whose pages are prepared before they load anything. */
export type Opener = Pick<Browser, 'newContext'>;

/** A browser whose every context is prepared first. */
export const prepared = (
  browser: Opener,
  prepare: (context: BrowserContext) => Promise<unknown>,
): Opener => ({
  async newContext(options) {
    const context = await browser.newContext(options);
    await prepare(context);
    return context;
  },
});

/** A browser to which a site seems to have one more model: `?model=models/<the folder's name>`. */
export const withModel = (browser: Opener, folder: string): Opener =>
  prepared(browser, (context) =>
    context.route(`**/models/${basename(folder)}/*`, (route) => {
      const file = join(folder, basename(new URL(route.request().url()).pathname));
      return existsSync(file) ? route.fulfill({ body: readFileSync(file) }) : route.fulfill({ status: 404 });
    }),
  );
