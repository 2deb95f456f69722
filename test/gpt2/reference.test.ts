import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACTIVATION_NAMES, ACTIVATIONS, MASKED, shapeOf } from '../../src/gpt2/activations';
import { forward, keyOf } from '../../src/gpt2/reference';
import { largest, probabilities } from '../../src/gpt2/sampling';
import { loadModel, randomIds, randomModel, smallConfig, sortingModel } from '../support/models';

const sorting = sortingModel();

describe('the reference forward pass', () => {
  const model = randomModel(smallConfig(), 1);
  const ids = randomIds(model.config, 7, 2);

  it('returns every activation of the table, in its shape', () => {
    const acts = forward(model, ids);
    for (const name of ACTIVATION_NAMES) {
      const layers = ACTIVATIONS[name].per === 'layer' ? model.config.n_layer : 1;
      for (let layer = 0; layer < layers; layer++) {
        const size = shapeOf(name, model.config, ids.length).reduce((product, n) => product * n, 1);
        expect(acts.get(keyOf(name, layer)), keyOf(name, layer)).toHaveLength(size);
      }
    }
    expect(acts.size).toBe(5 - 1 + 16 * model.config.n_layer);
  });

  it('gives rows of the pattern that add up to 1, and masked scores of exactly -1e10', () => {
    const acts = forward(model, ids);
    const T = ids.length;
    const pattern = acts.get('pattern.1') as Float32Array;
    acts.get('attn_scores.1')?.forEach((score, i) => {
      const future = i % T > Math.floor(i / T) % T;
      expect(score === MASKED).toBe(future);
      if (future) expect(pattern[i]).toBe(0);
    });
    for (let row = 0; row < pattern.length; row += T) {
      const sum = pattern.subarray(row, row + T).reduce((a, b) => a + b);
      expect(sum).toBeCloseTo(1, 6);
    }
  });

  it('does not let a later token change an earlier position', () => {
    const whole = forward(model, ids, 'float64');
    const part = forward(model, ids.slice(0, 4), 'float64');
    expect([...(whole.get('resid_post.1') ?? [])].slice(0, 4 * model.config.n_embd)).toEqual([
      ...(part.get('resid_post.1') ?? []),
    ]);
  });

  it('lets a hook write into an activation, and everything after follows', () => {
    const plain = forward(model, ids, 'float64');
    const edited = forward(model, ids, 'float64', (name, layer, values) => {
      if (name === 'mlp_out' && layer === 0) values.fill(0);
    });
    expect(edited.get('resid_post.0')).toEqual(edited.get('resid_mid.0'));
    expect(edited.get('resid_mid.0')).toEqual(plain.get('resid_mid.0'));
    expect(edited.get('logits')).not.toEqual(plain.get('logits'));
  });
});

describe.skipIf(sorting.missing)('the reference on gpt-nano-sort', () => {
  const partials = sorting.missing
    ? {}
    : JSON.parse(readFileSync(`${sorting.folder}/activations.json`, 'utf8'));
  const [inputs, T] = (partials.idx?.shape ?? []) as [number, number];
  const idsOf = (input: number): number[] => partials.idx.data.slice(input * T, (input + 1) * T);

  /** What its authors' PyTorch calls each activation. */
  const THEIRS: Record<string, string> = {
    embed: 'tok_emb',
    pos_embed: 'pos_emb',
    'resid_pre.0': 'x',
    'ln_1.0': 'ln1',
    'q.0': 'q',
    'k.0': 'k',
    'v.0': 'v',
    'attn_scores.0': 'att',
    'pattern.0': 'attSm',
    'z.0': 'y',
    'attn_out.0': 'yProj',
    'resid_mid.0': 'attnResid',
    'ln_2.0': 'ln2',
    'mlp_pre.0': 'fc',
    'mlp_post.0': 'gelu',
    'mlp_out.0': 'mlp',
    'resid_post.0': 'block0',
    'resid_post.1': 'block1',
    'resid_post.2': 'block2',
    ln_final: 'ln_f',
    logits: 'lm_head',
  };

  it('agrees with PyTorch to 5e-6 in every activation they published', () => {
    const model = loadModel(sorting.folder);
    const worst = new Map<string, number>();
    for (let input = 0; input < inputs; input++) {
      const acts = forward(model, idsOf(input));
      for (const [ours, theirs] of Object.entries(THEIRS)) {
        const got = acts.get(ours) as Float32Array;
        const all = partials[theirs].data as (number | null)[];
        const theirPart =
          all.length === got.length ? all : all.slice(input * got.length, (input + 1) * got.length);
        const expected = ours === 'z.0' ? byHead(theirPart, model.config.n_head, T) : theirPart;
        got.forEach((value, i) => {
          const right = expected[i] ?? MASKED;
          worst.set(ours, Math.max(worst.get(ours) ?? 0, Math.abs(value - (right as number))));
        });
      }
    }
    console.log(
      `largest differences to PyTorch on gpt-nano-sort:\n${[...worst]
        .map(([name, value]) => `  ${name.padEnd(14)} ${value.toExponential(1)}`)
        .join('\n')}`,
    );
    expect(worst.size).toBe(Object.keys(THEIRS).length);
    for (const [name, value] of worst) expect(value, name).toBeLessThanOrEqual(5e-6);
  });

  it('has the probabilities that they published', () => {
    const model = loadModel(sorting.folder);
    for (let input = 0; input < inputs; input++) {
      const logits = forward(model, idsOf(input)).get('logits') as Float32Array;
      const V = model.config.vocab_size;
      for (let t = 0; t < T; t++) {
        probabilities(logits.subarray(t * V, (t + 1) * V)).forEach((p, id) => {
          expect(Math.abs(p - partials.probs.data[(input * T + t) * V + id])).toBeLessThan(5e-6);
        });
      }
    }
  });

  it('sorts six letters', () => {
    const model = loadModel(sorting.folder);
    const letters = [2, 0, 1, 1, 0, 2];
    const ids = [...letters];
    while (ids.length < 12) {
      const logits = forward(model, ids).get('logits') as Float32Array;
      ids.push(largest(logits.subarray(-3), 1)[0] as number);
    }
    expect(ids.slice(6)).toEqual([...letters].sort());
  });
});

/** [T, H · d_head], heads side by side, as [H, T, d_head]. */
function byHead<T>(values: readonly T[], heads: number, tokens: number): T[] {
  const width = values.length / tokens / heads;
  return Array.from({ length: heads }, (_, h) =>
    Array.from({ length: tokens }, (_, t) =>
      values.slice((t * heads + h) * width, (t * heads + h + 1) * width),
    ),
  ).flat(2);
}
