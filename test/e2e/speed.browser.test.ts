import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser';
import { statsOf, withStats } from '../support/engine-stats';
import { embeddedModel, embeddedTokenizer, loadModel } from '../support/models';
import { type OpenPane, openPane } from '../support/pane';
import { serveSite } from '../support/site';
import { openStream } from '../support/stream';

const PROMPT = 'Mike is quick. He moves';
const { n_layer } = loadModel(embeddedModel().folder).config;
const tokens = embeddedTokenizer().encode(PROMPT).length;
const SPEED = /The last pass took (\d+) tokens? through (\d+) blocks? in ([\d.]+ m?s)\.$/;

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
let pane: OpenPane;
beforeAll(async () => {
  site = await serveSite();
  browser = await launchChromium();
  pane = await openPane(withStats(browser), site.url, '?backend=wasm');
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

it('STATUS says how long the last pass took, once there is one', async () => {
  const { shown } = await openStream(pane.page, 'STATUS');
  const last = async () => (await shown()).at(-1) as string;
  await expect.poll(last).toMatch(/ is ready\./);
  expect(await last()).not.toMatch(/pass/);
  await pane.call('NEXT', [[PROMPT]]);
  await expect.poll(last).toMatch(SPEED);
  const { lastPass } = await statsOf(pane.page);
  expect(lastPass).toMatchObject({ tokens, blocks: n_layer });
  const [, T, blocks, time] = SPEED.exec(await last()) ?? [];
  expect([T, blocks]).toEqual([String(tokens), String(n_layer)]);
  const value = Number.parseFloat(time as string) * (time?.endsWith(' ms') ? 1 : 1000);
  expect(Math.abs(value - (lastPass?.milliseconds as number))).toBeLessThanOrEqual(value < 10 ? 0.06 : 51);
  console.log(await last());
  // Another cell that asks later is told the same at once.
  const other = await openStream(pane.page, 'STATUS');
  await expect.poll(async () => (await other.shown()).at(-1)).toBe(await last());
});

it('STATUS changes about once a second while passes come, and not at all while none do', async () => {
  const running = await openStream(pane.page, 'STATUS');
  const length = async () => (await running.shown()).length;
  await expect.poll(length).toBe(1);
  const began = performance.now();
  let passes = 0;
  while (performance.now() - began < 3500)
    await pane.call('RESID', [[`${passes++} cats`]], n_layer - 1, 'post');
  const last = (await statsOf(pane.page)).lastPass?.tokens;
  await expect.poll(async () => SPEED.exec((await running.shown()).at(-1) as string)?.[1]).toBe(String(last));
  const seconds = (performance.now() - began) / 1000;
  const changes = (await length()) - 1;
  console.log(`${passes} passes in ${seconds.toFixed(1)} s: STATUS changed ${changes} times`);
  expect(passes).toBeGreaterThan(changes);
  expect(changes).toBeGreaterThanOrEqual(2);
  expect(changes).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
  // What the cache answers, and arithmetic, is no pass.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const before = await length();
  await pane.call('RESID', [['0 cats']], n_layer - 1, 'post');
  await pane.call('GELU', [[1]]);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await length()).toBe(before);
  await running.cancel();
  await pane.call('NEXT', [['Something else']]);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await length()).toBe(before);
});

it('STATUS forgets the speed of the back end before', async () => {
  const { shown } = await openStream(pane.page, 'STATUS');
  await expect.poll(async () => (await shown()).at(-1)).toMatch(SPEED);
  await pane.page.getByRole('tab', { name: 'Model' }).click();
  await pane.page.getByText('Change back end').click();
  await pane.page.getByLabel('Run the model on').selectOption('reference');
  await pane.page.getByRole('button', { name: 'Apply' }).click();
  await expect
    .poll(async () => (await shown()).at(-1))
    .toMatch(/Plain JavaScript, slow: it was asked for\.$/);
  await pane.call('NEXT', [[PROMPT]]);
  await expect.poll(async () => (await shown()).at(-1)).toMatch(SPEED);
});
