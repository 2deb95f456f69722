import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Numbers } from '../../../src/gpt2/arithmetic';
import { forward, type Model } from '../../../src/gpt2/reference';
import { seriousFindings } from '../../support/axe';
import { checkpoint } from '../../support/checkpoint';
import { type HubServer, startHub } from '../../support/hub-server';
import { byteTokenizer, byteVocabulary, writeModelFolder } from '../../support/model-folder';
import { type OpenPane, openPaneWithErrors } from '../../support/pane';
import { useSite } from '../../support/site';
import { LibraryPage, modelOf, WEIGHTS } from './shelf';

const ID = 'tests/small';
const PROMPT = 'To be or not';

const model = modelOf(1);
const files = checkpoint(model, {}, byteVocabulary());
const size = (files.get(WEIGHTS) as Uint8Array).length;

const site = useSite();
let hub: HubServer;
beforeAll(async () => {
  hub = await startHub();
  hub.put(ID, files);
});
afterAll(() => hub?.close());
beforeEach(() => {
  hub.heal();
  hub.forget();
});

/** Opens a pane of its own, 320 pixels wide, with the hub of the tests for its server. */
async function visit(use: (library: LibraryPage, pane: OpenPane) => Promise<void>): Promise<void> {
  const pane = await openPaneWithErrors(site.browser, site.url, '?backend=reference');
  try {
    const { page } = pane;
    page.setDefaultTimeout(60_000);
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.setViewportSize({ width: 320, height: 800 });
    const library = new LibraryPage(page);
    await library.open();
    await library.useServers(hub.url);
    await use(library, pane);
    expect(errors).toEqual([]);
  } finally {
    await pane.close();
  }
}

/** The largest difference of the pane's logits to those of a model in float64, relative to their size. */
async function differenceTo({ config, weights }: Model, pane: OpenPane): Promise<number> {
  const ids = byteTokenizer().encode(PROMPT);
  const all = forward({ config, weights }, ids, 'float64').get('logits') as Numbers;
  const last = all.subarray((ids.length - 1) * config.vocab_size);
  const got = ((await pane.call('LOGITS', [[PROMPT]])) as number[][]).flat();
  expect(got).toHaveLength(config.vocab_size);
  const scale = Math.max(...Array.from(last, Math.abs));
  return Math.max(...got.map((value, i) => Math.abs(value - (last[i] as number)))) / scale;
}

async function expectAnswersOf(wanted: Model, pane: OpenPane): Promise<void> {
  const difference = await differenceTo(wanted, pane);
  console.log(`LOGITS of the model in use: largest difference to float64 ${difference.toExponential(1)}`);
  expect(difference).toBeLessThan(1e-5);
  const ids = byteTokenizer().encode(PROMPT);
  const all = forward(wanted, ids, 'float64').get('logits') as Numbers;
  const last = Array.from(all.subarray((ids.length - 1) * wanted.config.vocab_size));
  const id = last.indexOf(Math.max(...last));
  const tokenizer = byteTokenizer();
  const text = id < tokenizer.size ? tokenizer.decode([id]) : String(id);
  const next = await pane.call('NEXT', [[PROMPT]]);
  expect([text, tokenizer.size > id ? tokenizer.show(id) : text]).toContain(next);
}

describe('the list', () => {
  it('has the built-in model and OpenAI’s, each with its measures and whether this device can hold it', () =>
    visit(async (library) => {
      expect(await library.page.locator('[data-model] .library-name').allInnerTexts()).toEqual([
        'gpt2-tiny-stories',
        'distilgpt2',
        'gpt2',
        'gpt2-medium',
        'gpt2-large',
        'gpt2-xl',
      ]);
      await library.untilState('gpt2-tiny-stories', 'open now');
      expect(await library.state('gpt2-xl')).toBe('not here');
      await library.unfold('gpt2-xl');
      const row = library.row('gpt2-xl');
      await row.getByText('1,557,611,200').waitFor();
      await row.getByText('6.4 GB').first().waitFor();
      await row
        .getByText(/device|slowly/)
        .first()
        .waitFor();
      await row.getByText('Why').click();
      // WebAssembly in several workers and plain JavaScript; how much memory there is differs from device to device.
      await expect
        .poll(() => row.getByText(/It takes about 8\.\d\d GB in float32/).count())
        .toBeGreaterThan(0);
    }));
});

describe('a download', () => {
  it('can be paused, survives a reload of the page, goes on, and fetches nothing twice', () =>
    visit(async (library, { page }) => {
      hub.fail({ on: WEIGHTS, how: { slow: 500_000 } });
      await library.find('hub', ID, 'download');
      const host = new URL(hub.url).host;
      await expect.poll(() => library.progress(ID)).toMatch(/kB of 1\.9 MB|MB of 1\.9 MB/);
      await expect.poll(() => library.progress(ID)).toMatch(/kB\/s · \d+ s left/);
      expect(await library.progress(ID)).toContain(host);
      await library.act(ID, 'pause');
      await expect.poll(() => library.said(ID)).toMatch(/Paused\. .* kept\./);
      expect(await library.state(ID)).toMatch(/^partly here: \d+%$/);

      await page.reload();
      await library.open();
      await library.untilState(ID, /^partly here: \d+%$/);
      hub.heal();
      hub.forget();
      await library.act(ID, 'resume');
      await library.untilState(ID, /^here$/);
      const resumed = hub.asked.find(({ range, path }) => range !== undefined && path.includes(WEIGHTS));
      const from = Number(/bytes=(\d+)-/.exec(resumed?.range ?? '')?.[1]);
      console.log(`Went on from byte ${from} of ${size}; ${hub.sent.get(WEIGHTS)} bytes were sent then.`);
      expect(from).toBeGreaterThan(0);
      expect(hub.sent.get(WEIGHTS)).toBe(size - from);
      expect(hub.sent.get('vocab.json') ?? 0).toBe(0);
      expect(await library.said(ID)).toBe(`${ID} is on this device.`);
    }));

  it('is announced at quarters', () =>
    visit(async (library, { page }) => {
      await page.evaluate(() => {
        const region = document.querySelector('[role=status][aria-live]') as HTMLElement;
        const heard: string[] = [];
        Object.assign(window, { heard });
        new MutationObserver(() => heard.push(region.textContent ?? '')).observe(region, { childList: true });
      });
      hub.fail({ on: WEIGHTS, how: { slow: 800_000 } });
      await library.find('hub', ID, 'download');
      await library.untilState(ID, /^here$/);
      const heard = (await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).filter(
        // The built-in model, which the page opens by itself, is announced in the same place.
        (text) => text.startsWith(`${ID}: `) && text.includes('percent'),
      );
      expect(heard).toEqual([25, 50, 75].map((percent) => `${ID}: ${percent} percent`));
    }));

  it.each([
    [{ status: 404 }, /no model\.safetensors \(it answers 404\)/],
    [{ status: 403 }, /does not give out model\.safetensors \(it answers 403\)/],
    ['page', /Instead of model\.safetensors, a web page came/],
    ['offline', /cannot be reached, or does not allow this page/],
  ] as const)('that fails with %j says so, keeps what is here, and can be resumed', (how, sentence) =>
    visit(async (library) => {
      hub.fail({ on: WEIGHTS, how });
      await library.find('hub', ID, 'download');
      await expect.poll(() => library.row(ID).innerText(), { timeout: 60_000 }).toMatch(sentence);
      if (how === 'offline') await library.act(ID, 'pause');
      await library.untilState(ID, /^partly here/);
      hub.heal();
      await library.act(ID, 'resume');
      await library.untilState(ID, /^here$/);
    }),
  );

  it('names a file that came damaged, and fetches that one again', () =>
    visit(async (library) => {
      hub.fail({ on: WEIGHTS, how: { corrupt: 100_000 } });
      await library.find('hub', ID, 'download');
      await expect
        .poll(() => library.row(ID).innerText(), { timeout: 60_000 })
        .toMatch(/model\.safetensors from .* is damaged: its SHA-256 is/);
      hub.heal();
      hub.forget();
      await library.act(ID, 'resume');
      await library.untilState(ID, /^here$/);
      expect(hub.sent.get(WEIGHTS)).toBe(size);
      expect(hub.sent.get('vocab.json') ?? 0).toBe(0);
    }));
});

describe('what is on the device', () => {
  it('can be checked: a file that has gone bad is named, and fetched again', () =>
    visit(async (library, { page }) => {
      await library.find('hub', ID, 'download');
      await library.untilState(ID, /^here$/);
      await library.act(ID, 'verify');
      await expect.poll(() => library.said(ID)).toBe('Checked: all 4 files are what they should be.');
      await page.evaluate(async () => {
        type Folder = FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> };
        const find = async (folder: Folder): Promise<FileSystemFileHandle | undefined> => {
          for await (const entry of folder.values()) {
            if (entry.name === 'model.safetensors') return entry as FileSystemFileHandle;
            const found = entry.kind === 'directory' ? await find(entry as Folder) : undefined;
            if (found) return found;
          }
          return undefined;
        };
        const file = await find((await navigator.storage.getDirectory()) as Folder);
        const writable = await file?.createWritable({ keepExistingData: true });
        await writable?.write({ type: 'write', position: 50_000, data: new Uint8Array([1, 2, 3]) });
        await writable?.close();
      });
      await library.act(ID, 'verify');
      await expect
        .poll(() => library.said(ID))
        .toMatch(/^model\.safetensors was damaged or lost, and has been deleted/);
      await library.untilState(ID, /^partly here/);
      hub.forget();
      await library.act(ID, 'resume');
      await library.untilState(ID, /^here$/);
      expect(hub.sent.get(WEIGHTS)).toBe(size);
    }));

  it('is used by the formulas, and is gone when it is deleted', () =>
    visit(async (library, pane) => {
      await library.find('hub', ID, 'use');
      await library.untilState(ID, 'open now');
      await expectAnswersOf(model, pane);
      expect(hub.sent.get(WEIGHTS)).toBe(size);
      await library.act('gpt2-tiny-stories', 'use');
      await library.untilState('gpt2-tiny-stories', 'open now');
      await library.untilState(ID, /^here$/);
      const before = await pane.page.locator('.library-storage').innerText();
      expect(before).toContain('Downloaded models take 1.9 MB');
      await library.act(ID, 'remove');
      await library.row(ID).getByText(`Delete ${ID} from this device? That frees 1.9 MB.`).waitFor();
      await pane.page.keyboard.press('Escape');
      expect(await library.state(ID)).toBe('here');
      await library.act(ID, 'remove');
      await library.row(ID).locator('[data-action=remove-yes]').click();
      await pane.page.getByText(`${ID} is deleted; 1.9 MB are free again.`).first().waitFor();
      expect(await library.row(ID).count()).toBe(0);
      await pane.page.getByText('No downloaded models').waitFor();
    }));
});

describe('other ways', () => {
  it('says beside the field what is wrong with what was typed', () =>
    visit(async (library) => {
      await library.find('hub', '');
      expect(await library.beside('hub')).toContain('Type the name of a model');
      await library.find('hub', 'nonsense');
      expect(await library.beside('hub')).toContain('"nonsense" is not the name of a model on the hub');
      await library.find('hub', 'tests/none');
      await expect.poll(() => library.beside('hub')).toContain('there is no such model');
      await library.find('url', 'school');
      expect(await library.beside('url')).toContain('"school" is not the address of a folder');
      await library.useServers('not an address');
      await expect.poll(() => library.beside('servers')).toContain('"not" is not the address of a server');
    }));

  it('opens a revision of a model of the hub', () =>
    visit(async (library, pane) => {
      const other = modelOf(2);
      hub.put(ID, checkpoint(other, {}, byteVocabulary()), { revision: 'v2' });
      await library.find('hub', `${ID}@v2`);
      await library.page.getByText('4 layers × 3 heads × 96 wide').waitFor();
      await library.find('hub', `${ID}@v2`, 'use');
      await expect
        .poll(() => library.page.locator('.library-open').innerText(), { timeout: 60_000 })
        .toBe('open now');
      await expectAnswersOf(other, pane);
    }));

  it('opens a folder on a school’s server, and one on this computer', () =>
    visit(async (library, pane) => {
      const school = modelOf(3);
      const url = hub.putFolder('/models/school', checkpoint(school, {}, byteVocabulary()));
      await library.find('url', url, 'use');
      await library.untilState('school', 'open now');
      await expectAnswersOf(school, pane);

      const folder = mkdtempSync(join(tmpdir(), 'gpt2-folder-'));
      try {
        const mine = modelOf(4);
        writeModelFolder(folder, mine, true);
        const choosing = pane.page.waitForEvent('filechooser');
        await pane.page.locator('[data-action=choose-folder]').click();
        await (await choosing).setFiles(folder);
        await pane.page.locator('#library-folder-said [data-action=use]').click();
        const name = folder.split('/').at(-1) as string;
        await library.untilState(name, 'open now');
        await expectAnswersOf(mine, pane);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }));

  it('remembers the servers over a reload, and goes back to the default', () =>
    visit(async (library, { page }) => {
      await page.reload();
      await library.open();
      const section = await library.section('servers');
      expect(await section.locator('textarea').inputValue()).toBe(hub.url);
      await section.getByRole('button', { name: 'Use the default' }).click();
      await expect.poll(() => section.locator('textarea').inputValue()).toContain('https://huggingface.co');
      await page.reload();
      await library.open();
      expect(await (await library.section('servers')).locator('textarea').inputValue()).toContain(
        'huggingface.co',
      );
    }));
});

describe('for everyone', () => {
  it.each(['light', 'dark'] as const)('holds up to axe at 320 pixels, %s, whatever it shows', (colorScheme) =>
    visit(async (library, { page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      hub.fail({ on: WEIGHTS, how: { slow: 200_000 } });
      await library.find('hub', ID, 'download');
      await expect.poll(() => library.progress(ID)).toMatch(/of 1\.9 MB/);
      await library.unfold('gpt2-medium');
      await library.row('gpt2-medium').getByText('Why').click();
      await library.find('hub', 'nonsense');
      await library.section('servers');
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await library.act(ID, 'pause');
      await library.act(ID, 'remove');
      expect(await seriousFindings(page)).toEqual([]);
    }),
  );

  it('can be worked by keyboard alone', () =>
    visit(async (library, { page }) => {
      await library.section('more');
      await page.locator('#library-hub').focus();
      await page.keyboard.type(ID);
      await page.keyboard.press('Enter');
      await page.locator('.library-found').waitFor();
      await page.keyboard.press('Tab'); // why
      await page.keyboard.press('Tab'); // use
      await page.keyboard.press('Tab'); // download only
      await page.keyboard.press('Enter');
      await library.untilState(ID, /^here$/);
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('library-head');
    }));
});
