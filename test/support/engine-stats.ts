import type { Page } from 'playwright-core';
import type { EngineStats } from '../../src/engine/api';
import { type Opener, prepared } from './prepared';

type WithWorker = Window & { engineWorker?: Worker };

/** A browser whose panes let a test ask their worker what it has done. */
export const withStats = (browser: Opener): Opener =>
  prepared(browser, (context) =>
    context.addInitScript(() => {
      const Plain = window.Worker;
      window.Worker = class extends Plain {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          // In the workbench it is the page's that is around the pane.
          if (options?.name === 'gpt2-engine') (window as unknown as WithWorker).engineWorker = this;
        }
      };
    }),
  );

/** The engine's own figures, asked for as Comlink does. */
export const statsOf = (page: Page): Promise<EngineStats> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const worker = [window, window.parent].map((page) => (page as WithWorker).engineWorker).find(Boolean);
        if (!worker) return reject(new Error('This page has started no worker.'));
        const id = `stats-${Math.random()}`;
        worker.addEventListener('message', function answered({ data }) {
          if (data?.id !== id) return;
          worker.removeEventListener('message', answered);
          if (data.type === 'RAW') resolve(data.value);
          else reject(new Error('The worker has no figures.'));
        });
        worker.postMessage({ id, type: 'APPLY', path: ['stats'], argumentList: [] });
      }),
  );

/** The figures that the pane shows under their names, opened if need be. */
export async function shownFigures(page: Page): Promise<Record<string, string>> {
  await page.getByRole('tab', { name: 'Model' }).click();
  const box = page.locator('details', { hasText: 'Engine figures' });
  if ((await box.getAttribute('open')) === null) await box.locator('summary').click();
  return box.evaluate((box) =>
    Object.fromEntries(
      [...box.querySelectorAll('dl > div')].map((fact) => [
        fact.querySelector('dt')?.textContent,
        fact.querySelector('dd')?.textContent,
      ]),
    ),
  );
}
