import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualChoice } from '../../../src/layout/choice';
import { laidOut } from '../../../src/layout/layout';
import { seriousFindings } from '../../support/axe';
import { embeddedModel, loadModel } from '../../support/models';
import { openPane } from '../../support/pane';
import { useSite } from '../../support/site';
import { type OpenWorkbench, openWorkbench } from '../../support/workbench';

const PATIENCE_MS = 120_000;
const site = useSite();

it('says outside a spreadsheet what to open', async () => {
  const { page, close } = await openPane(site.browser, site.url, '?backend=reference');
  await page.getByRole('tab', { name: 'Sheets' }).click();
  await page.getByText('Open the add-in in Excel, or the workbench, to lay a model out.').waitFor();
  await close();
});

describe('the section that lays a model out', { timeout: 2 * PATIENCE_MS }, () => {
  let workbench: OpenWorkbench;
  beforeAll(async () => {
    workbench = await openWorkbench(site.browser, site.url, { query: '?backend=reference' });
    workbench.page.setDefaultTimeout(PATIENCE_MS);
    await workbench.pane.getByRole('tab', { name: 'Sheets' }).click();
    await button('Lay out').waitFor();
  });
  afterAll(() => workbench?.close());

  const button = (name: string) =>
    workbench.pane.locator('.layout').getByRole('button', { name, exact: true });
  const says = (text: string | RegExp) =>
    workbench.pane.locator('.layout').getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  const press = async (...keys: string[]) => {
    for (const key of keys) await workbench.page.keyboard.press(key);
  };
  const focused = () =>
    workbench.pane.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText ?? '');
  const sheets = () => workbench.page.locator('[data-u-comp=slide-tab-bar] [data-id]').allInnerTexts();

  it('begins with everything of a legible model, and the prompt of the selected cell', async () => {
    await says(/^Every block in full, with all of its heads\. 7 sheets with \d+ formulas/);
    expect(await workbench.pane.locator('.layout').getByLabel('Prompt', { exact: true }).inputValue()).toBe(
      'Mike is quick. He moves',
    );
    await workbench.set({ 'Scratch!A1': 'Once there was' });
    await workbench.select('Scratch!A1');
    await expect
      .poll(() => workbench.pane.locator('.layout').getByLabel('Prompt', { exact: true }).inputValue(), {
        timeout: PATIENCE_MS,
      })
      .toBe('Once there was');
  });

  it('has nothing that axe finds serious, closed or open', async () => {
    expect(await seriousFindings(workbench.pane)).toEqual([]);
    await workbench.pane.locator('.layout-choose summary').click();
    expect(await seriousFindings(workbench.pane)).toEqual([]);
  });

  it.each([
    ['Layers', '0, 9', /Layers: “9” is not allowed\. Give numbers from 0 to 3/],
    ['Heads', 'x', /Heads: “x” is not allowed\. Give numbers from 0 to 3/],
    ['Columns', '385', /Columns: “385” is not allowed\. Give a whole number from 1 to 384\./],
    ['Room', '', /Room: it is empty\. Give a whole number from 1 to 48\./],
  ])('says what is wrong with %s “%s”, as it is typed', async (label, value, sentence) => {
    const field = workbench.pane.locator('.layout').getByLabel(label);
    const before = await field.inputValue();
    await field.fill(value);
    await says(sentence);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill(before);
    await says(/^Every block in full/);
    expect(await field.getAttribute('aria-invalid')).toBeNull();
  });

  it('says while it is typed that the prompt has no room, and again where it is asked for all the same', async () => {
    const tooLong = 'The prompt is 3 tokens, and there is room for 2.';
    const line = workbench.pane.locator('#layout-extent');
    await workbench.pane.locator('.layout').getByLabel('Room').fill('2');
    await expect.poll(() => line.innerText(), { timeout: PATIENCE_MS }).toContain(tooLong);
    const prompt = workbench.pane.locator('.layout').getByLabel('Prompt', { exact: true });
    await prompt.fill('Once there');
    await expect.poll(() => line.innerText(), { timeout: PATIENCE_MS }).toMatch(/^Every block/);
    await prompt.fill('Once there was');
    await expect.poll(() => line.innerText(), { timeout: PATIENCE_MS }).toContain(tooLong);
    await button('Lay out').click();
    await workbench.pane.locator('.layout .insertion').getByText(tooLong).waitFor({ timeout: PATIENCE_MS });
    await workbench.pane.locator('.layout').getByLabel('Room').fill('4');
  });

  it('is used from the keyboard alone: inserted, kept, inserted beside, taken away', async () => {
    await workbench.pane.locator('.layout').getByLabel('Layers').fill('');
    await says(/^All blocks as one formula\. 4 sheets/);
    await workbench.pane.locator('.layout').getByLabel('Columns').focus();
    await press('Tab');
    expect(await focused()).toBe('Lay out');
    await press('Enter');
    await says(/^Inserted 4 sheets: .* Begin on Map\./);
    await workbench.settled();
    const { config } = loadModel(embeddedModel().folder);
    const choice = { ...usualChoice(config, 0), room: 4, layers: [] };
    const { next, top } = laidOut({ config, name: '', prompt: '' }, choice);
    const [[[said] = []] = [], [[likeliest] = []] = []] = await workbench.values(next, top);
    expect(said).toMatch(/\S/);
    expect(said).toBe(likeliest);
    // A click into the sheets is no other prompt.
    await workbench.select('Embedding!C5');
    await workbench.settled();
    expect(await workbench.pane.locator('.layout').getByLabel('Prompt', { exact: true }).inputValue()).toBe(
      'Once there was',
    );

    // The names are taken now; the answer that changes nothing has the focus.
    await button('Lay out').focus();
    await press('Enter');
    await says('There are already 4 of these sheets: Map, Embedding, Blocks 0-3, Output.');
    expect(await seriousFindings(workbench.pane)).toEqual([]);
    expect(await focused()).toBe('Cancel');
    await press('Enter');
    await says('Everything stays as it is.');
    expect(await focused()).toBe('Lay out');

    await press('Enter');
    await says('There are already 4 of these sheets');
    await press('Shift+Tab');
    expect(await focused()).toBe('Keep, insert beside');
    await press('Enter');
    await says(/^Inserted 4 sheets: .* Begin on Map \(2\)\./);
    const names = await sheets();
    for (const name of ['Map', 'Map (2)', 'Output (2)']) expect(names).toContain(name);

    await button('Undo').focus();
    await press('Enter');
    await says('The sheets are gone again.');
    expect(await sheets()).not.toContain('Map (2)');
    expect(await sheets()).toContain('Map');
  });

  it('replaces the sheets when told to, and leaves nothing behind when cancelled', async () => {
    await button('Lay out').click();
    await button('Replace').click();
    await says(/^Inserted 4 sheets: .* Begin on Map\./);
    expect((await sheets()).filter((name) => name.startsWith('Map'))).toEqual(['Map']);

    const before = await sheets();
    await workbench.pane.locator('.layout').getByLabel('Layers').fill('all');
    await workbench.pane.locator('.layout').getByLabel('Room').fill('48');
    await button('Lay out').click();
    // In the middle of it, which is over sooner than a pointer gets there.
    await workbench.pane.evaluate(() => {
      const box = document.querySelector('.layout .insertion') as HTMLElement;
      const watch = () => {
        const value = Number(box.querySelector('fluent-progress-bar')?.getAttribute('value') ?? 0);
        if (value > 0 && value < 100) box.querySelector<HTMLElement>('[data-action=stop]')?.click();
      };
      new MutationObserver(watch).observe(box, { subtree: true, childList: true, attributes: true });
    });
    await button('Keep, insert beside').click();
    await says('Cancelled. Nothing was left behind.');
    expect(await sheets()).toEqual(before);
  });
});
