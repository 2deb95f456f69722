import { describe, expect, it } from 'vitest';
import { parameterShapes } from '../../src/gpt2/parameters';
import type { TensorInfo } from '../../src/gpt2/safetensors';
import { regionsOf, shardsByNeed } from '../../src/models/need';
import { smallConfig } from '../support/random';

/** The header of a float32 checkpoint with its masks, sorted by name, as the hub has GPT-2. */
function header(n_layer: number, n_embd: number): Map<string, TensorInfo> {
  const config = smallConfig({ n_layer, n_embd, vocab_size: 50257, n_positions: 1024 });
  const shapes = parameterShapes(config, true);
  for (let layer = 0; layer < n_layer; layer++) shapes.set(`h.${layer}.attn.bias`, [1, 1, 1024, 1024]);
  const tensors = new Map<string, TensorInfo>();
  let at = 0;
  for (const [name, shape] of [...shapes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const end = at + 4 * shape.reduce((product, n) => product * n, 1);
    tensors.set(name, { dtype: 'F32', shape, data_offsets: [at, end] });
    at = end;
  }
  return tensors;
}

describe('the regions of a checkpoint', () => {
  it.each([
    ['gpt2', 12, 768, ['ln_f wpe wte', 'h.0 h.1', 'h.2 h.3 h.4 h.5 h.6 h.7 h.8 h.9', 'h.10 h.11']],
    ['distilgpt2', 6, 768, ['wpe wte', 'h.0 h.1 h.2 h.3 h.4 h.5 ln_f']],
  ])('%s comes as a pass needs it, in few pieces', (_, n_layer, n_embd, expected) => {
    const tensors = header(n_layer, n_embd);
    const start = 14_000;
    const regions = regionsOf(tensors, start);
    const within = regions.map(({ begin, end }) => {
      const names = [...tensors]
        .filter(
          ([
            ,
            {
              data_offsets: [from, to],
            },
          ]) => start + from >= begin && start + to <= end,
        )
        .map(([name]) => name.replace(/^(h\.\d+|\w+)\..*/, '$1'));
      return [...new Set(names)].join(' ');
    });
    expect(within).toEqual(expected);
    const bytes = (all: readonly { begin: number; end: number }[]) =>
      all.reduce((sum, { begin, end }) => sum + end - begin, 0);
    const whole = [...tensors.values()].map(({ data_offsets: [begin, end] }) => ({ begin, end }));
    expect(bytes(regions)).toBe(bytes(whole));
  });

  it('of one stored in the order of need are one', () => {
    const stored = [...header(12, 768)].filter(([name]) => !name.endsWith('attn.bias'));
    const order = [...parameterShapes(smallConfig({ n_layer: 12 }), true).keys()];
    let at = 0;
    const tensors = new Map(
      stored
        .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
        .map(([name, info]) => {
          const begin = at;
          at += info.data_offsets[1] - info.data_offsets[0];
          return [name, { ...info, data_offsets: [begin, at] as const }];
        }),
    );
    expect(regionsOf(tensors, 100)).toEqual([{ begin: 100, end: 100 + at }]);
  });
});

it('sorts shards by the first tensor that is needed of them', () => {
  const map = {
    'lm_head.weight': 'a',
    'transformer.h.0.ln_1.bias': 'b',
    'transformer.h.10.ln_1.bias': 'd',
    'transformer.h.2.ln_1.bias': 'e',
    'transformer.ln_f.bias': 'b',
    'transformer.wte.weight': 'c',
  };
  expect(shardsByNeed(map)).toEqual(['c', 'b', 'e', 'd', 'a']);
});
