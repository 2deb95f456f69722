import { expect, it } from 'vitest';
import { GraphBuilder } from '../../../src/engine/onnx/graph';

it('names each weight and each constant once, however often it is used', () => {
  const g = new GraphBuilder('twice');
  const x = g.input('x', ['T', 2]);
  expect(g.weight('w', [2, 2])).toBe(g.weight('w', [2, 2]));
  expect(g.ints([0, 2])).toBe(g.ints([0, 2]));
  g.node('MatMul', [x, g.weight('w', [2, 2])], 'y');
  g.node('MatMul', ['y', g.weight('w', [1, 2, 2])], 'z'); // other dimensions, same numbers
  g.output('z', [1, 'T', 2]);
  const { files, inputs, outputs } = g.build();
  expect(files).toEqual([{ path: 'w', parameter: 'w' }]);
  expect({ inputs, outputs }).toEqual({ inputs: ['x'], outputs: ['z'] });
});

it('gives rows of a weight a file of their own', () => {
  const g = new GraphBuilder('rows');
  g.weight('w', [3, 2], [0, 3]);
  g.weight('w', [3, 2], [3, 6]);
  expect(g.build().files.map(({ path, rows }) => [path, rows])).toEqual([
    ['w[0:3]', [0, 3]],
    ['w[3:6]', [3, 6]],
  ]);
});
