import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { PictureId } from '../../../taskpane/pictures/picture';
import { OFFICE_SERVER, withoutOffice } from '../../support/pane';
import { fakeOffice } from '../fake-office';

/** Compiling ONNX Runtime takes this long on a busy machine. */
const PATIENCE_MS = 90_000;

interface Visit extends BrowserContextOptions {
  /** Whether Office.js is a fake with an Excel around it, or not to be had. */
  readonly excel?: boolean;
  readonly backend?: 'reference' | 'wasm';
}

/** Opens the pane at its Pictures and gives it to `use`; fails on any error or breach of policy that the page reports. */
export async function visit(
  browser: Browser,
  url: string,
  { excel = false, backend = 'reference', ...context }: Visit,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const viewport = { width: 320, height: 800 };
  const opened = await browser.newContext({ viewport, reducedMotion: 'reduce', ...context });
  try {
    const page = await opened.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    const body = `(${fakeOffice.toString()})(false)`;
    if (!excel) await withoutOffice(page);
    else
      await page.route(`${OFFICE_SERVER}**`, (route) =>
        route.fulfill({ contentType: 'text/javascript', body }),
      );
    await page.goto(`${url}taskpane.html?backend=${backend}`);
    await openPictures(page);
    await use(page);
    expect(complaints).toEqual([]);
  } finally {
    await opened.close();
  }
}

type Place = Page | Frame;

export async function openPictures(page: Place): Promise<void> {
  await page.getByText('4 layers × 4 heads').waitFor();
  await page.getByRole('tab', { name: 'Pictures' }).click();
  await page.locator('.picture-view').waitFor();
}

/** What can be walked through. */
export const picture = (page: Place) => page.locator('.picture-view');

/** The line with the value at the cursor. */
export const value = (page: Place) => page.locator('.picture-value');

/** What a screen reader was told last. */
export const spoken = async (page: Place) => (await page.getByRole('status').first().textContent())?.trim();

/** Changes something, and waits until the picture shows it: a new drawing takes the place of the old. */
export async function redrawn(page: Place, change: () => Promise<unknown>): Promise<void> {
  await picture(page).evaluate((view) => view.firstElementChild?.setAttribute('data-old', ''));
  await change();
  await page.locator('.picture-view > :not([data-old])').waitFor();
}

export const choose = (page: Place, label: string, option: string) =>
  redrawn(page, () => page.getByLabel(label, { exact: true }).selectOption(option));

/** Shows a picture; it may be the one that is shown already. */
export async function show(page: Place, id: PictureId): Promise<void> {
  const list = page.getByLabel('Picture', { exact: true });
  if ((await list.inputValue()) !== id) await choose(page, 'Picture', id);
}

export const write = (page: Place, prompt: string) =>
  redrawn(page, () => page.getByLabel('Prompt').fill(prompt));

/** The table beside the picture: its rows as texts, without the headings of its columns. */
export async function table(page: Place): Promise<string[][]> {
  const box = page.locator('.picture details');
  if (!(await box.evaluate((details: HTMLDetailsElement) => details.open)))
    await box.locator('summary').click();
  await box.locator('tbody tr').first().waitFor();
  return box.evaluate((details) =>
    Array.from(details.querySelectorAll('tbody tr'), (row) =>
      Array.from(row.children, (cell) => cell.textContent ?? ''),
    ),
  );
}
