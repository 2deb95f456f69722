import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Workbench } from '../../../workbench/window';
import { checkpoint } from '../../support/checkpoint';
import { type HubServer, startHub } from '../../support/hub-server';
import { byteVocabulary } from '../../support/model-folder';
import { useSite } from '../../support/site';
import { openWorkbench } from '../../support/workbench';
import { LibraryPage, modelOf } from './shelf';

const ID = 'tests/small';

type Window = { gpt2Workbench: Workbench };

const site = useSite();
let hub: HubServer;
beforeAll(async () => {
  hub = await startHub();
  hub.put(ID, checkpoint(modelOf(1), {}, byteVocabulary()));
});
afterAll(() => hub?.close());

it('a workbook remembers its model; without it no other model’s numbers are shown', async () => {
  const bench = await openWorkbench(site.browser, site.url, { query: '?backend=reference' });
  const { page } = bench;
  page.setDefaultTimeout(30_000);
  try {
    const setting = () =>
      page.evaluate(() => (window as unknown as Window).gpt2Workbench.host.getSetting?.('gpt2-model'));
    const pane = page.frameLocator('#pane-frame');
    const library = new LibraryPage(pane);
    await library.open();
    await bench.set({
      'Scratch!B2': 'To be',
      'Scratch!B3': '=GPT2.CONFIG("n_embd")',
      'Scratch!B4': '=GPT2.NEXT(B2)',
    });
    await bench.settled();
    expect((await bench.read('Scratch!B3')).value).toBe(96);
    expect(await setting()).toBeUndefined();
    const builtIn = (await bench.read('Scratch!B4')).value;

    await library.useServers(hub.url);
    await library.find('hub', ID, 'use');
    await library.untilState(ID, 'open now');
    await expect.poll(setting).toContain(ID);
    await expect.poll(async () => (await bench.read('Scratch!B4')).value).not.toBe(builtIn);

    await library.act('gpt2-tiny-stories', 'use');
    await library.untilState('gpt2-tiny-stories', 'open now');
    await expect.poll(setting).toBeUndefined();
    await expect.poll(async () => (await bench.read('Scratch!B4')).value).toBe(builtIn);

    await library.act(ID, 'use');
    await library.untilState(ID, 'open now');
    await expect.poll(setting).toContain(ID);
    await library.act(ID, 'remove');
    await library.row(ID).getByText('It is open now').waitFor();
    await library.row(ID).locator('[data-action=remove-yes]').click();
    await library.row(ID).locator('[data-action=download]').waitFor(); // it is gone from the device
    expect(await library.state(ID)).toBe('open now'); // and stays in memory until the page closes

    // The workbook stays, as it would in Excel: only the pane begins anew.
    await page.evaluate(() => {
      document.querySelector<HTMLIFrameElement>('#pane-frame')?.contentWindow?.location.reload();
    });
    const sentence = `This workbook uses ${ID}; open the pane to load it.`;
    await pane.getByText(sentence).first().waitFor();
    await page.evaluate(() => (window as unknown as Window).gpt2Workbench.host.recalculate?.());
    await expect.poll(async () => (await bench.read('Scratch!B4')).error).toBe('#N/A');
    expect((await bench.read('Scratch!B4')).message).toContain(sentence);

    await pane.getByRole('button', { name: `Load ${ID}` }).click();
    await expect
      .poll(async () => (await bench.read('Scratch!B4')).error, { timeout: 60_000 })
      .toBeUndefined();
    expect((await bench.read('Scratch!B4')).value).not.toBe(builtIn);
    // What the pane said of the missing model went with it.
    await expect.poll(() => pane.locator('.failure').isVisible()).toBe(false);
  } finally {
    await bench.close();
  }
});
