import { describe, expect, it } from 'vitest';
import type { Edit, OpenOptions, Want } from '../../src/engine/api';
import type { Backend, BlockRun } from '../../src/engine/backends/backend';
import { ReferenceBackend } from '../../src/engine/backends/reference';
import { Engine } from '../../src/engine/engine';
import { ACTIVATION_NAMES, ACTIVATIONS, shapeOf } from '../../src/gpt2/activations';
import type { Model } from '../../src/gpt2/reference';
import { forward, keyOf } from '../../src/gpt2/reference';
import { randomIds, randomModel, smallConfig } from '../support/random';

const config = smallConfig({ n_layer: 4 });
const model = randomModel(config, 5);
const { n_layer, n_head, vocab_size, n_positions } = config;
const ids = randomIds(config, 6, 1);

/** The reference, which writes down what it is asked to run and takes a macrotask for each run. */
class RecordingBackend extends ReferenceBackend {
  readonly runs: string[] = [];
  /** Called before each block. */
  before: (run: BlockRun) => void = () => {};

  override async runBlock(run: BlockRun) {
    this.runs.push(`block ${run.layer}: ${[...run.names].sort().join(' ')}`);
    await new Promise((resolve) => setTimeout(resolve));
    this.before(run);
    return super.runBlock(run);
  }
  override async runNorm(residPost: Float32Array) {
    this.runs.push('norm');
    return super.runNorm(residPost);
  }
  override async runHead(lnFinal: Float32Array) {
    this.runs.push(`head of ${lnFinal.length / config.n_embd}`);
    return super.runHead(lnFinal);
  }
}

async function open(options: OpenOptions = {}): Promise<{ engine: Engine; backend: RecordingBackend }> {
  let made: Backend | undefined;
  const engine = await Engine.open(model, { ...options, backend: 'reference' }, async (given: Model) => {
    made = new RecordingBackend(given);
    return made;
  });
  return { engine, backend: made as RecordingBackend };
}

describe('answers', () => {
  it('are each whole activation in the shape of the table', async () => {
    const { engine } = await open();
    const expected = forward(model, ids);
    for (const name of ACTIVATION_NAMES) {
      const want = ACTIVATIONS[name].per === 'layer' ? { name, layer: 2 } : { name };
      const [tensor] = await engine.read({ ids, wants: [want] });
      expect(tensor?.dims).toEqual(shapeOf(name, config, ids.length));
      const right = expected.get(keyOf(name, 2)) as Float32Array;
      expect(Math.max(...right.map((n, i) => Math.abs(n - (tensor?.data[i] as number))))).toBeLessThan(1e-5);
    }
  });

  it('can be one head, one position, or both, as copies of just that', async () => {
    const { engine } = await open();
    const wants: Want[] = [
      { name: 'pattern', layer: 1 },
      { name: 'pattern', layer: 1, head: 2 },
      { name: 'pattern', layer: 1, position: 4 },
      { name: 'pattern', layer: 1, head: 2, position: 4 },
      { name: 'ln_final', position: 5 },
      { name: 'logits', position: 5 },
      { name: 'logits' },
    ];
    const [all, head, place, both, row, last, logits] = await engine.read({ ids, wants });
    expect(head?.dims).toEqual([6, 6]);
    expect(head?.data).toEqual(all?.data.slice(72, 108));
    expect(place?.dims).toEqual([3, 6]);
    expect(place?.data.slice(12)).toEqual(both?.data);
    expect(both?.dims).toEqual([6]);
    expect(both?.data).toEqual(all?.data.slice(96, 102));
    expect(row?.dims).toEqual([24]);
    expect(last?.dims).toEqual([50]);
    expect(last?.data).toEqual(logits?.data.slice(250));
    for (const tensor of [all, head, place, both, row, last, logits]) {
      expect(tensor?.data.buffer.byteLength).toBe(tensor?.data.byteLength);
    }
  });

  it('belong to the caller: writing into one changes no other', async () => {
    const { engine } = await open();
    const wants: Want[] = [
      { name: 'resid_post', layer: 0 },
      { name: 'logits', position: 0 },
      { name: 'logits' },
    ];
    const before = (await engine.read({ ids, wants })).map(({ data }) => data.slice());
    for (const { data } of await engine.read({ ids, wants })) data.fill(7);
    expect((await engine.read({ ids, wants })).map(({ data }) => data)).toEqual(before);
  });
});

describe('merging', () => {
  it('serves 200 requests of one tick over one prompt with one forward pass', async () => {
    const { engine, backend } = await open();
    const everywhere = ACTIVATION_NAMES.filter((name) => ACTIVATIONS[name].per === 'layer');
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        engine.read({
          ids,
          wants: [{ name: everywhere[i % everywhere.length] as (typeof everywhere)[0], layer: i % n_layer }],
        }),
      ),
    );
    expect(engine.stats).toMatchObject({ forwardPasses: 1, blocksRun: n_layer, requests: 200 });
    expect(backend.runs).toHaveLength(n_layer);
  });

  it('serves 200 requests over three prompts with three', async () => {
    const { engine } = await open();
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        engine.read({ ids: [i % 3, 1, 2], wants: [{ name: 'z', layer: n_layer - 1, head: i % n_head }] }),
      ),
    );
    expect(engine.stats).toMatchObject({ forwardPasses: 3, blocksRun: 3 * n_layer });
  });

  it('lets a request join while the pass runs', async () => {
    const { engine, backend } = await open();
    const joined: Promise<unknown>[] = [];
    backend.before = ({ layer }) => {
      if (layer === 1)
        joined.push(
          engine.read({
            ids,
            wants: [
              { name: 'q', layer: 3 },
              { name: 'q', layer: 0 },
            ],
          }),
        );
    };
    await engine.read({ ids, wants: [{ name: 'k', layer: 3 }] });
    await Promise.all(joined);
    expect(engine.stats.forwardPasses).toBe(1);
    expect(backend.runs.at(-1)).toBe('block 3: k q resid_post');
  });

  it('answers low layers before high ones have run', async () => {
    const { engine, backend } = await open();
    const runsWhenAnswered = engine
      .read({ ids, wants: [{ name: 'q', layer: 0 }] })
      .then(() => backend.runs.length);
    await engine.read({ ids, wants: [{ name: 'q', layer: 3 }] });
    expect(await runsWhenAnswered).toBeLessThan(n_layer);
  });
});

describe('no more runs than needed', () => {
  it.each([
    [{ name: 'embed' }, []],
    [{ name: 'resid_pre', layer: 0 }, []],
    [{ name: 'resid_pre', layer: 1 }, ['block 0: resid_post']],
    [{ name: 'q', layer: 0 }, ['block 0: q resid_post']],
    [{ name: 'q', layer: 1 }, ['block 0: resid_post', 'block 1: q resid_post']],
  ] as const satisfies [Want, string[]][])('%o runs %o', async (want, runs) => {
    const { engine, backend } = await open();
    await engine.read({ ids, wants: [want] });
    expect(backend.runs).toEqual(runs);
  });

  it('computes the logits of one position alone', async () => {
    const { engine, backend } = await open();
    await engine.read({ ids, wants: [{ name: 'logits', position: 5 }] });
    expect(backend.runs.slice(n_layer)).toEqual(['norm', 'head of 1']);
    await engine.read({ ids, wants: [{ name: 'logits' }] });
    expect(backend.runs.slice(n_layer)).toEqual(['norm', 'head of 1', 'head of 5']);
  });

  it('runs nothing for a repeat', async () => {
    const { engine, backend } = await open();
    const wants: Want[] = [
      { name: 'embed' },
      { name: 'resid_pre', layer: 2 },
      { name: 'z', layer: 3 },
      { name: 'logits' },
    ];
    const first = await engine.read({ ids, wants });
    const { runs } = backend;
    const before = runs.length;
    expect(await engine.read({ ids, wants })).toEqual(first);
    expect(runs).toHaveLength(before);
    expect(engine.stats).toMatchObject({ requests: 2, cacheHits: 1, forwardPasses: 1 });
  });

  it('runs one block for another activation of a layer that was passed before', async () => {
    const { engine, backend } = await open();
    await engine.read({ ids, wants: [{ name: 'ln_final' }] });
    backend.runs.length = 0;
    await engine.read({ ids, wants: [{ name: 'pattern', layer: 3 }] });
    expect(backend.runs).toEqual(['block 3: pattern resid_post']);
  });

  it('runs only what an edit can reach', async () => {
    const { engine, backend } = await open();
    await engine.read({ ids, wants: [{ name: 'logits', position: 5 }] });
    backend.runs.length = 0;
    const edits: Edit[] = [{ name: 'resid_pre', layer: 2, bias: { dims: [1], data: Float32Array.of(0.5) } }];
    await engine.read({
      ids,
      edits,
      wants: [
        { name: 'logits', position: 5 },
        { name: 'resid_post', layer: 1 },
      ],
    });
    expect(backend.runs).toEqual(['block 2: resid_post', 'block 3: resid_post', 'norm', 'head of 1']);
  });

  it('keeps different edits apart', async () => {
    const { engine } = await open();
    const wants: Want[] = [{ name: 'resid_post', layer: 3 }];
    const read = (bias: number) =>
      engine.read({
        ids,
        wants,
        edits: [{ name: 'z', layer: 1, bias: { dims: [], data: Float32Array.of(bias) } }],
      });
    const [[plain], [one], [two]] = await Promise.all([engine.read({ ids, wants }), read(1), read(2)]);
    expect(one?.data).not.toEqual(plain?.data);
    expect(two?.data).not.toEqual(one?.data);
    expect((await read(1))[0]?.data).toEqual(one?.data);
  });
});

describe('the cache', () => {
  it('stays within its bound, and answers stay right', async () => {
    const { engine } = await open({ cacheBytes: 20_000 });
    const wants: Want[] = ACTIVATION_NAMES.map((name) =>
      ACTIVATIONS[name].per === 'layer' ? { name, layer: 3 } : { name },
    );
    const answers = [];
    for (let round = 0; round < 3; round++) {
      for (let first = 0; first < 5; first++) {
        answers.push(await engine.read({ ids: [first, ...ids], wants }));
        expect(engine.stats.cacheBytes).toBeLessThanOrEqual(20_000);
      }
    }
    expect(engine.stats.cacheBytes).toBeGreaterThan(0);
    expect(answers.slice(5, 10)).toEqual(answers.slice(0, 5));
  });

  it.each([0, 1, 700])('may hold next to nothing (%i bytes)', async (cacheBytes) => {
    const { engine } = await open({ cacheBytes });
    const wants: Want[] = [
      { name: 'logits' },
      { name: 'ln_final' },
      { name: 'q', layer: 2 },
      { name: 'embed' },
    ];
    const both = await Promise.all([
      engine.read({ ids, wants }),
      engine.read({ ids, wants: [...wants].reverse() }),
    ]);
    expect(both[1]).toEqual([...both[0]].reverse());
    expect(engine.stats.cacheBytes).toBeLessThanOrEqual(cacheBytes);
  });
});

describe('cancelling', () => {
  it('rejects at once and runs no block that only the cancelled request needed', async () => {
    const { engine, backend } = await open();
    const controller = new AbortController();
    backend.before = ({ layer }) => {
      if (layer === 1) controller.abort();
    };
    const cancelled = engine.read({ ids, wants: [{ name: 'q', layer: 3 }], signal: controller.signal });
    const other = engine.read({ ids, wants: [{ name: 'q', layer: 2 }] });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    await other;
    expect(backend.runs.map((run) => run.slice(0, 7))).toEqual(['block 0', 'block 1', 'block 2']);
  });

  it('works before anything has begun', async () => {
    const { engine, backend } = await open();
    const controller = new AbortController();
    const later = engine.read({ ids, wants: [{ name: 'q', layer: 3 }], signal: controller.signal });
    controller.abort();
    await expect(later).rejects.toMatchObject({ name: 'AbortError' });
    const never = engine.read({ ids, wants: [{ name: 'q', layer: 3 }], signal: controller.signal });
    await expect(never).rejects.toMatchObject({ name: 'AbortError' });
    await engine.read({ ids: [1], wants: [{ name: 'embed' }] });
    expect(backend.runs).toEqual([]);
  });
});

describe('trouble', () => {
  const none: Want[] = [{ name: 'embed' }];
  const stretch = { dims: [7], data: new Float32Array(7) };
  it.each([
    [{ ids: [], wants: none }, /has 0 tokens; this model takes 1 to 16/],
    [{ ids: Array(17).fill(0), wants: none }, /has 17 tokens; this model takes 1 to 16/],
    [{ ids: 'abc', wants: none }, /ids is "abc"; a list of token ids/],
    [{ ids: [0, 50], wants: none }, /Token id 50 at position 1 .* 0 to 49/],
    [{ ids: [-1], wants: none }, /Token id -1 at position 0/],
    [{ ids: [1.5], wants: none }, /Token id 1.5/],
    [{ ids: [Number.NaN], wants: none }, /Token id NaN/],
    [{ ids: ['1'], wants: none }, /Token id "1"/],
    [{ ids: Array(3), wants: none }, /Token id undefined/],
    [{ ids, wants: [{ name: 'Q', layer: 0 }] }, /no activation "Q"; there are embed, /],
    [{ ids, wants: [{ name: 'toString', layer: 0 }] }, /no activation "toString"/],
    [{ ids, wants: [{ name: 'q' }] }, /q needs a layer, 0 to 3/],
    [{ ids, wants: [{ name: 'q', layer: 4 }] }, /layer is 4; whole numbers from 0 to 3/],
    [{ ids, wants: [{ name: 'q', layer: 'x'.repeat(99) }] }, /layer is "x{40}…"/],
    [{ ids, wants: [{ name: 'logits', layer: 0 }] }, /logits exists once in the model; leave layer out/],
    [{ ids, wants: [{ name: 'q', layer: 0, head: 3 }] }, /head is 3; whole numbers from 0 to 2/],
    [{ ids, wants: [{ name: 'ln_1', layer: 0, head: 0 }] }, /ln_1 is not split into heads/],
    [{ ids, wants: [{ name: 'embed', position: 6 }] }, /position is 6; whole numbers from 0 to 5/],
    [{ ids, wants: [{ name: 'embed', position: -1 }] }, /position is -1/],
    [{ ids, wants: none, edits: [{ name: 'z', layer: 9 }] }, /layer is 9/],
    [
      { ids, wants: none, edits: [{ name: 'z', layer: 0, scale: stretch }] },
      /scale for z is 7; it must stretch over 3×6×8/,
    ],
    [
      { ids, wants: none, edits: [{ name: 'embed', bias: { ...stretch, dims: [24] } }] },
      /has 7 numbers; 24 needs 24/,
    ],
    [{ ids, wants: none, edits: [{ name: 'embed', bias: [1, 2] }] }, /must have dims and float32 data/],
  ])('%j is refused with a message that says why', async (request, message) => {
    const { engine } = await open();
    const hostile = request as unknown as Parameters<Engine['read']>[0];
    await expect(engine.read(hostile)).rejects.toThrow(message);
    await expect(engine.read(hostile)).rejects.toMatchObject({ name: 'EngineError', trouble: 'input' });
    expect(await engine.read({ ids, wants: [{ name: 'q', layer: 0 }] })).toHaveLength(1);
  });

  it('in one run fails those that need it, and nobody later', async () => {
    const { engine, backend } = await open();
    backend.before = ({ layer }) => {
      if (layer === 2) throw new Error('out of memory');
    };
    const low = engine.read({ ids, wants: [{ name: 'q', layer: 1 }] });
    const high = engine.read({ ids, wants: [{ name: 'q', layer: 3 }] });
    await expect(high).rejects.toThrow('out of memory');
    expect(await low).toHaveLength(1);
    backend.before = () => {};
    expect(await engine.read({ ids, wants: [{ name: 'q', layer: 3 }] })).toHaveLength(1);
  });

  it('of closing: what waits is refused, and what comes later', async () => {
    const { engine } = await open();
    const waiting = engine.read({ ids, wants: [{ name: 'q', layer: 3 }] });
    const refused = expect(waiting).rejects.toMatchObject({ trouble: 'closed' });
    await engine.dispose();
    await engine.dispose();
    await refused;
    await expect(engine.read({ ids, wants: none })).rejects.toThrow('The model was closed');
  });

  it('keeps out changes that a caller makes to its list while it waits', async () => {
    const { engine } = await open();
    const mine = [...ids];
    const answer = engine.read({ ids: mine, wants: [{ name: 'embed' }] });
    mine.fill(vocab_size + n_positions);
    expect(await answer).toEqual(await engine.read({ ids, wants: [{ name: 'embed' }] }));
  });
});
