import { describe, expect, it } from 'vitest';
import {
  ALL_KEY_OUTPUTS,
  BLOCK_OUTPUTS,
  biasOf,
  blockGraph,
  FIRST_INPUT,
  KEY_OUTPUTS,
  resultGraph,
  scaleOf,
  TAPE_OUTPUTS,
} from '../../../src/engine/onnx/block';
import { ACTIVATION_NAMES, ACTIVATIONS } from '../../../src/gpt2/activations';
import { blockParameters } from '../../../src/gpt2/parameters';
import { smallConfig } from '../../support/random';

const config = smallConfig();
const plain = blockGraph(config, 'plain');
const tape = blockGraph(config, 'tape');
const last = blockGraph(config, 'last');
const hooked = blockGraph(config, 'hooked');

describe('the graph of a block', () => {
  it('puts out every activation of a block under its name in the table', () => {
    const ofBlocks = ACTIVATION_NAMES.filter(
      (name) => ACTIVATIONS[name].per === 'layer' && name !== 'resid_pre',
    );
    expect([...BLOCK_OUTPUTS]).toEqual(ofBlocks);
    expect([...hooked.outputs].sort()).toEqual([...ofBlocks].sort());
    expect([...plain.outputs, 'k', 'v', 'result'].sort()).toEqual(
      [...hooked.outputs, ...KEY_OUTPUTS, ...ALL_KEY_OUTPUTS].sort(),
    );
    expect([...tape.outputs, 'result'].sort()).toEqual([...hooked.outputs, ...TAPE_OUTPUTS].sort());
    expect(last.outputs).toEqual(tape.outputs);
    expect(resultGraph(config).outputs).toEqual(['result']);
  });

  it('takes every parameter of a block, and no other', () => {
    const parameters = Object.keys(blockParameters(config)).sort();
    for (const { files } of [plain, tape, last, hooked])
      expect(files.map((file) => file.parameter).sort()).toEqual(parameters);
  });

  it('has a scale and a bias for each activation only in the hooked variant', () => {
    const hooks = BLOCK_OUTPUTS.flatMap((name) => [scaleOf(name), biasOf(name)]);
    const common = ['resid_pre', 'mask', 'padding'];
    expect([...plain.inputs].sort()).toEqual([...common, 'past_k', 'past_v'].sort());
    expect([...tape.inputs].sort()).toEqual(['at', 'bounds', 'keys', 'resid_pre', 'values']);
    expect([...last.inputs].sort()).toEqual([...tape.inputs, FIRST_INPUT].sort());
    expect([...hooked.inputs].sort()).toEqual([...common, ...hooks].sort());
  });

  it('is small, because the weights lie beside it', () => {
    const big = blockGraph(smallConfig({ n_embd: 768, n_head: 12 }), 'hooked');
    expect(big.bytes.length).toBeLessThan(20_000);
  });
});
