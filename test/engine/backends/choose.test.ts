import { describe, expect, it } from 'vitest';
import type { Surroundings } from '../../../src/engine/backends/choose';
import { candidates } from '../../../src/engine/backends/choose';

/** A stand-in for navigator.gpu. */
const gpu = (adapter: { isFallbackAdapter: boolean } | null | Error) =>
  ({
    requestAdapter: async () => {
      if (adapter instanceof Error) throw adapter;
      return adapter && { info: adapter };
    },
  }) as unknown as GPU;

const desktop: Surroundings = { crossOriginIsolated: true, processors: 8 };
const isolatedNot: Surroundings = { crossOriginIsolated: false, processors: 8 };

describe('the order of back ends', () => {
  it('begins with WebGPU where there is a graphics processor', async () => {
    const found = await candidates('best', undefined, { ...desktop, gpu: gpu({ isFallbackAdapter: false }) });
    expect(found.map(({ name }) => name)).toEqual(['webgpu', 'wasm', 'reference']);
    expect(found[0]?.reason).toBe(
      'WebGPU: this device has a graphics processor that the browser lets this page use.',
    );
    expect(found[1]?.threads).toBe(4);
  });

  it.each([
    [undefined, 'WebAssembly, 4 threads: this browser has no WebGPU.'],
    [gpu(null), 'WebAssembly, 4 threads: WebGPU finds no graphics processor here.'],
    [gpu(new Error('no')), 'WebAssembly, 4 threads: WebGPU finds no graphics processor here.'],
    [
      gpu({ isFallbackAdapter: true }),
      'WebAssembly, 4 threads: WebGPU is only emulated here, which is slower.',
    ],
  ])('begins with WebAssembly without one, and says why', async (found, reason) => {
    expect((await candidates('best', undefined, { ...desktop, gpu: found }))[0]).toEqual({
      name: 'wasm',
      threads: 4,
      reason,
    });
  });

  it('takes one thread where the page is not isolated, and says so', async () => {
    expect(await candidates('wasm', undefined, isolatedNot)).toEqual([
      {
        name: 'wasm',
        threads: 1,
        reason:
          'WebAssembly, one thread: it was asked for; this page is not cross-origin isolated, which threads need.',
      },
    ]);
  });

  it('takes no more threads than there are processors, and as many as were asked for', async () => {
    expect((await candidates('wasm', undefined, { ...desktop, processors: 2 }))[0]?.threads).toBe(2);
    expect((await candidates('wasm', undefined, { ...desktop, processors: 1 }))[0]?.reason).toContain(
      'one processor',
    );
    expect((await candidates('wasm', 3, isolatedNot))[0]?.threads).toBe(3);
  });

  it.each(['webgpu', 'wasm', 'reference'] as const)('is %s alone when that is asked for', async (name) => {
    const found = await candidates(name, undefined, isolatedNot);
    expect(found).toMatchObject([{ name, reason: expect.stringContaining('it was asked for') }]);
  });
});
