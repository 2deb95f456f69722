import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Opener } from './prepared';

const OFFICE = 'https://appsforoffice.microsoft.com/lib/1/hosted/';
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
  callAll(calls: readonly (readonly [id: string, ...args: unknown[]])[]): Promise<unknown[]>;
  close(): Promise<void>;
}

/** Opens taskpane.html and waits until its model is ready, or has failed. */
export async function openPane(browser: Opener, url: string, query = ''): Promise<OpenPane> {
  const context = await browser.newContext();
  await context.route(`${OFFICE}**`, (route) => {
    const name = route.request().url().slice(OFFICE.length).replace(/\?.*/, '');
    try {
      return route.fulfill({ body: readFileSync(join(officeFolder, name)), contentType: 'text/javascript' });
    } catch {
      return route.fulfill({ status: 404 });
    }
  });
  const page = await context.newPage();
  await page.goto(`${url}taskpane.html${query}`);
  const callAll: OpenPane['callAll'] = async (calls) => {
    // A hundred thousand numbers travel as one text in no time, one by one in seconds.
    const results = await page.evaluate(async (calls) => {
      type Formula = (...args: unknown[]) => Promise<unknown>;
      const { mappings } = (
        CustomFunctions as unknown as { _association: { mappings: Record<string, Formula> } }
      )._association;
      const results = await Promise.all(
        calls.map(([id, ...args]) => {
          const formula = mappings[id];
          if (!formula) throw new Error(`${id} is not registered`);
          // The runtime fills in null for what is left out, and adds the invocation.
          const given = [...args, ...new Array<null>(formula.length - 1 - args.length).fill(null), {}];
          return formula(...given);
        }),
      );
      return JSON.stringify(results);
    }, calls);
    return JSON.parse(results);
  };
  return {
    page,
    callAll,
    call: async (id, ...args) => (await callAll([[id, ...args]]))[0],
    close: () => context.close(),
  };
}
