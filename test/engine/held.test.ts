import { describe, expect, it } from 'vitest';
import { HeldTensors } from '../../src/engine/backends/held';
import { ActivationCache } from '../../src/engine/cache';
import { KeyStore } from '../../src/engine/keys';

/** Numbers on a device that is not there, and whether they were given back. */
function numbers(size: number) {
  const state = { freed: 0 };
  const held = new HeldTensors({}, [{ size } as never], () => state.freed++);
  return { held, state };
}

describe('what a back end holds', () => {
  it('is given back once, when the last who uses it lets go', () => {
    const { held, state } = numbers(4);
    held.retain();
    held.release();
    expect(state.freed).toBe(0);
    held.release();
    expect(state.freed).toBe(1);
  });

  it('counts its bytes', () => {
    expect(numbers(5).held.bytes).toBe(20);
  });
});

describe('activations that are held', () => {
  it('lie beside arrays, and make room for their own numbers', () => {
    const cache = new ActivationCache(1000);
    const { held, state } = numbers(4);
    cache.hold('a', held);
    held.release(); // the pass that made it has ended
    expect(cache.held('a')).toBe(held);
    expect(cache.get('a')).toBeUndefined();
    const array = Float32Array.of(1, 2, 3, 4);
    cache.set('a', array);
    expect(state.freed).toBe(1);
    expect(cache.get('a')).toBe(array);
    cache.hold('a', numbers(4).held); // what is here is better
    expect(cache.get('a')).toBe(array);
  });

  it('go when others need their room, or when there is none', () => {
    const cache = new ActivationCache(240);
    const [one, two, large] = [numbers(20), numbers(30), numbers(60)];
    for (const { held } of [one, two, large]) {
      cache.hold(`of ${held.bytes}`, held);
      held.release();
    }
    expect([one.state.freed, two.state.freed, large.state.freed]).toEqual([0, 0, 1]);
    cache.set('array', new Float32Array(10));
    expect([one.state.freed, two.state.freed]).toEqual([1, 0]);
    cache.letGo();
    expect(two.state.freed).toBe(1);
    expect(cache.get('array')).toHaveLength(10);
  });
});

describe('keys and values that are held', () => {
  const layers = 2;
  /** A prompt that has run through all layers. */
  const ran = (store: KeyStore, ids: readonly number[], size = 8) => {
    const past = store.find(ids, layers)?.retain();
    const tapes = Array.from({ length: layers }, () => numbers(size));
    tapes.forEach(({ held }, layer) => {
      store.keep(ids.join(), ids, layer, [held], past);
    });
    past?.release();
    return tapes.map(({ state }) => state);
  };
  const freed = (states: readonly { freed: number }[]) => states.map((state) => state.freed);

  it('serve prompts that begin alike, and give way to one that goes on', () => {
    const store = new KeyStore(10_000, 1);
    const first = ran(store, [1, 2, 3]);
    const past = store.find([1, 2, 9], layers);
    expect(past?.length).toBe(2);
    expect(past?.keys(0)).toMatchObject({ positions: 2 });
    const longer = ran(store, [1, 2, 3, 4]);
    expect(freed(first)).toEqual([1, 1]);
    expect(freed(longer)).toEqual([0, 0]);
    store.clear();
    expect(freed(longer)).toEqual([1, 1]);
  });

  it('stay for whoever runs behind them', () => {
    const store = new KeyStore(10_000, 1);
    const states = ran(store, [1, 2, 3]);
    const past = store.find([1, 2, 9], layers)?.retain();
    store.clear();
    expect(freed(states)).toEqual([0, 0]);
    past?.release();
    expect(freed(states)).toEqual([1, 1]);
  });

  it('go when others need their room, when there is none, and when a layer is missing', () => {
    const store = new KeyStore(300, 1);
    const old = ran(store, [1, 2, 3], 20);
    const fresh = ran(store, [4, 5, 6], 20);
    expect(freed(old)).toEqual([1, 1]);
    expect(freed(fresh)).toEqual([0, 0]);
    expect(freed(ran(store, [7, 8, 9], 100))).toEqual([1, 1]);
    const { held, state } = numbers(1);
    store.keep('gap', [10], 1, [held]);
    expect(state.freed).toBe(1);
    const none = new KeyStore(0, 1);
    expect(freed(ran(none, [1, 2]))).toEqual([1, 1]);
  });
});
