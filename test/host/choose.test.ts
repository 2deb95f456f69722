import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseHost } from '../../src/host/choose';
import { excelHost } from '../../src/host/excel';
import { noHost } from '../../src/host/none';
import { workbenchSettings, workbenchWorker } from '../../src/host/workbench';

/** A page, by itself unless it is given a parent. */
function page(parent?: object): void {
  const self: { parent?: object } = {};
  self.parent = parent ?? self;
  vi.stubGlobal('window', self);
}

const office = (host: string | null) => ({
  onReady: async () => ({ host }),
  HostType: { Excel: 'Excel' },
});

beforeEach(() => page());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the host', () => {
  it('is none without Office.js', async () => {
    expect(await chooseHost()).toBe(noHost);
  });

  it('is Excel where Office.js says so', async () => {
    vi.stubGlobal('Office', office('Excel'));
    expect(await chooseHost()).toBe(excelHost);
  });

  it('is none where Office.js finds no host', async () => {
    vi.stubGlobal('Office', office(null));
    expect(await chooseHost()).toBe(noHost);
  });

  it('is none where Office.js never answers', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('Office', { ...office('Excel'), onReady: () => new Promise(() => undefined) });
    const chosen = chooseHost();
    await vi.runAllTimersAsync();
    expect(await chosen).toBe(noHost);
  });

  it('is the workbench in its frame', async () => {
    const host = { name: 'Workbench', insertFormula: async () => 'A1' };
    page({ gpt2Wire: { host: Promise.resolve(host) } });
    expect(await chooseHost()).toBe(host);
  });

  it('is none in the frame of a workbench that could not start', async () => {
    const host = Promise.reject(new Error('It could not start.'));
    page({ gpt2Wire: { host } });
    expect(await chooseHost()).toBe(noHost);
  });

  it('has the engine’s worker and the settings that a workbench has begun with', async () => {
    const [worker, host] = [{} as Worker, Promise.resolve(noHost)];
    const getSetting = async (key: string) => `what ${key} is`;
    page({ gpt2Wire: { host, engine: { take: () => worker }, getSetting } });
    expect(workbenchWorker()).toBe(worker);
    expect(await workbenchSettings()?.getSetting?.('model')).toBe('what model is');
    page();
    expect([workbenchWorker(), workbenchSettings()]).toEqual([undefined, undefined]);
  });

  it('may be in a frame of another origin, whose insides are closed', async () => {
    const closed = new Proxy(
      {},
      {
        get: () => {
          throw new DOMException('closed', 'SecurityError');
        },
      },
    );
    page(closed);
    vi.stubGlobal('Office', office('Excel'));
    expect(await chooseHost()).toBe(excelHost);
    expect([workbenchWorker(), workbenchSettings()]).toEqual([undefined, undefined]);
  });
});

describe('without a host', () => {
  it('a formula goes to the clipboard', async () => {
    const writeText = vi.fn();
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    expect(await noHost.insertFormula('=1')).toBe('');
    expect(writeText).toHaveBeenCalledWith('=1');
  });

  it('a closed clipboard is said, with the formula to copy by hand', async () => {
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('no')) } });
    await expect(noHost.insertFormula('=1')).rejects.toThrow('by hand: =1');
  });
});
