import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SheetHost } from '../../src/host/host';
import type { EarlyEngine } from '../../workbench/engine';
import { settingsIn } from '../../workbench/host/remembered';
import type { PaneWire } from '../../workbench/window';
import { layWire } from '../../workbench/wire';

const engine = { take: () => undefined } as unknown as EarlyEngine;
const host: SheetHost = {
  name: 'Workbench',
  insertFormula: async () => 'A1',
  getSetting: async (key) => (key === 'model' ? 'another' : undefined),
};

beforeEach(() => void vi.stubGlobal('window', {}));
afterEach(() => void vi.unstubAllGlobals());

const laid = (): PaneWire => (window as unknown as { gpt2Wire: PaneWire }).gpt2Wire;

it('knows what a workbook remembers before there is a spreadsheet, and asks that one afterwards', async () => {
  const wire = layWire(engine);
  const asked = laid().getSetting('model');
  wire.remember(settingsIn({ custom: { settings: { model: 'mine' } } }));
  expect(await asked).toBe('mine');
  expect(await laid().getSetting('toString')).toBeUndefined();
  wire.connect(host);
  expect(await laid().host).toBe(host);
  expect(await laid().getSetting('model')).toBe('another');
});

it('takes a workbook that remembers nothing for one without settings', async () => {
  for (const data of [undefined, {}, { custom: {} }]) {
    const wire = layWire(engine);
    wire.remember(settingsIn(data));
    expect(await laid().getSetting('model')).toBeUndefined();
  }
});

it('says why there will be no spreadsheet, and no settings', async () => {
  const wire = layWire(engine);
  wire.fail(new Error('It could not start.'));
  await expect(laid().host).rejects.toThrow('It could not start.');
  await expect(laid().getSetting('model')).rejects.toThrow('It could not start.');
});
