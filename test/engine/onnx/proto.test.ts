import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { expect, it } from 'vitest';
import { encodeModel } from '../../../src/engine/onnx/proto';

/** A message as field numbers and raw contents, which is all that a file says without its schema. */
function fields(bytes: Uint8Array): Map<number, (bigint | Uint8Array)[]> {
  const reader = new BinaryReader(bytes);
  const found = new Map<number, (bigint | Uint8Array)[]>();
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const value =
      type === WireType.Varint
        ? BigInt(reader.int64())
        : type === WireType.Bit32
          ? BigInt(reader.fixed32())
          : reader.bytes();
    found.set(number, [...(found.get(number) ?? []), value]);
  }
  return found;
}

const inside = (message: Map<number, (bigint | Uint8Array)[]>, field: number, at = 0) =>
  fields(message.get(field)?.[at] as Uint8Array);
const text = (message: Map<number, (bigint | Uint8Array)[]>, field: number, at = 0) =>
  new TextDecoder().decode(message.get(field)?.[at] as Uint8Array);

it('writes the fields of onnx.proto', () => {
  const model = fields(
    encodeModel({
      name: 'g',
      opset: 20,
      nodes: [
        {
          op: 'Gelu',
          domain: 'com.microsoft',
          inputs: ['x'],
          outputs: ['y'],
          attributes: { approximate: 'tanh', axis: -1, perm: [1, 0] },
        },
      ],
      initializers: [
        { name: 'inside', type: 'int64', dims: [1], content: { raw: new Uint8Array(8) } },
        { name: 'beside', type: 'float', dims: [2, 3], content: { external: 'w' } },
      ],
      inputs: [{ name: 'x', type: 'float', dims: ['T', 7] }],
      outputs: [{ name: 'y', type: 'bool', dims: [] }],
    }),
  );
  expect(model.get(1)).toEqual([9n]); // ir_version
  expect(inside(model, 8).get(2)).toEqual([20n]); // opset_import.version
  expect([text(inside(model, 8, 1), 1), inside(model, 8, 1).get(2)]).toEqual(['com.microsoft', [1n]]);

  const graph = inside(model, 7);
  const node = inside(graph, 1);
  expect([1, 2, 4, 7].map((field) => text(node, field))).toEqual(['x', 'y', 'Gelu', 'com.microsoft']);
  expect([text(inside(node, 5), 1), text(inside(node, 5), 4)]).toEqual(['approximate', 'tanh']);
  expect(inside(node, 5, 1).get(3)).toEqual([-1n]);
  expect(inside(node, 5, 2).get(8)).toEqual([1n, 0n]);
  const [within, beside] = [inside(graph, 5, 0), inside(graph, 5, 1)];
  expect(within.get(2)).toEqual([7n]); // INT64
  expect(within.get(9)?.[0]).toHaveLength(8);
  expect(beside.get(1)).toEqual([2n, 3n]);
  expect(beside.get(14)).toEqual([1n]); // EXTERNAL
  expect(
    [0, 1, 2].map((at) => `${text(inside(beside, 13, at), 1)}=${text(inside(beside, 13, at), 2)}`),
  ).toEqual(['location=w', 'offset=0', 'length=24']);

  const shape = inside(inside(inside(inside(graph, 11), 2), 1), 2);
  expect(text(inside(shape, 1, 0), 2)).toBe('T');
  expect(inside(shape, 1, 1).get(1)).toEqual([7n]);
});
