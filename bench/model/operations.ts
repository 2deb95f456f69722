import type { Attribute, ElementTypeName, GraphDim, Initializer, Node } from '../../src/engine/onnx/proto';
import { encodeModel } from '../../src/engine/onnx/proto';

/** Ways in which ONNX Runtime multiplies rows of float32 by a matrix, by the precision of the matrix. */
export const OPERATIONS = [
  'float32, Gemm',
  'float32, Gemm not prepacked',
  'float16, Cast before Gemm',
  '8 bits, MatMulNBits',
  '8 bits, MatMulNBits at accuracy level 4',
  '4 bits, MatMulNBits',
  '4 bits, MatMulNBits at accuracy level 4',
  '8 bits, DynamicQuantizeMatMul',
  '8 bits, MatMulIntegerToFloat behind DynamicQuantizeLinear',
] as const;
export type Operation = (typeof OPERATIONS)[number];

const MICROSOFT = 'com.microsoft';
/** Numbers of MatMulNBits that share a scale. */
const BLOCK = 32;
/** ONNX's number of the type float, for Cast. */
const FLOAT = 1;

/** A graph of several products alike, each with a matrix of its own, which lie beside it in files of one size. */
export interface Products {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Bytes of each file, by its path. */
  readonly files: ReadonlyMap<string, number>;
  /** The values to ask for: one, which is enough to have all computed. */
  readonly fetch: string;
}

/** `x` [R, n] times `count` matrices [n, m], one product beside the other. */
export function productsOf(operation: Operation, n: number, m: number, count: number): Products {
  const nodes: Node[] = [];
  const initializers: Initializer[] = [];
  const files = new Map<string, number>();
  const constant = (name: string, type: ElementTypeName, dims: readonly number[], raw: Uint8Array) => {
    if (!initializers.some((one) => one.name === name))
      initializers.push({ name, type, dims, content: { raw } });
    return name;
  };
  const matrix = (name: string, type: ElementTypeName, dims: readonly number[]) => {
    initializers.push({ name, type, dims, content: { external: name } });
    files.set(
      name,
      dims.reduce((a, b) => a * b, { float: 4, float16: 2 }[type as string] ?? 1),
    );
    return name;
  };
  const node = (
    op: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Record<string, Attribute> = {},
    domain?: string,
  ) => nodes.push({ op, inputs, outputs, attributes, ...(domain ? { domain } : {}) });
  const floats = (length: number, value: number) =>
    new Uint8Array(new Float32Array(length).fill(value).buffer);
  const bits = operation.startsWith('4') ? 4 : 8;
  const level: Record<string, Attribute> = operation.endsWith('level 4') ? { accuracy_level: 4 } : {};

  for (let i = 0; i < count; i++) {
    const [name, y] = [`w${i}`, `y${i}`];
    if (operation.startsWith('float32')) node('Gemm', ['x', matrix(name, 'float', [n, m])], [y]);
    else if (operation.startsWith('float16')) {
      node('Cast', [matrix(name, 'float16', [n, m])], [`${name} wide`], { to: FLOAT });
      node('Gemm', ['x', `${name} wide`], [y]);
    } else if (operation.includes('NBits')) {
      const blocks = Math.ceil(n / BLOCK);
      const values = matrix(name, 'uint8', [m, blocks, (BLOCK * bits) / 8]);
      const scales = constant('scales', 'float', [m * blocks], floats(m * blocks, 0.01));
      node(
        'MatMulNBits',
        ['x', values, scales],
        [y],
        { K: n, N: m, bits, block_size: BLOCK, ...level },
        MICROSOFT,
      );
    } else {
      const values = matrix(name, 'int8', [n, m]);
      const scales = constant('scales', 'float', [m], floats(m, 0.01));
      if (operation.includes('DynamicQuantizeMatMul'))
        node('DynamicQuantizeMatMul', ['x', values, scales], [y], {}, MICROSOFT);
      else {
        const parts = [`x8 ${i}`, `scale ${i}`, `zero ${i}`] as const;
        node('DynamicQuantizeLinear', ['x'], parts);
        node('MatMulIntegerToFloat', [parts[0], values, parts[1], scales, parts[2]], [y], {}, MICROSOFT);
      }
    }
  }
  const dims: GraphDim[] = ['R', m];
  return {
    bytes: encodeModel({
      name: operation,
      opset: 20,
      nodes,
      initializers,
      inputs: [{ name: 'x', type: 'float', dims: ['R', n] }],
      outputs: nodes.flatMap(({ outputs }) =>
        outputs
          .filter((name) => name.startsWith('y'))
          .map((name) => ({ name, type: 'float' as const, dims })),
      ),
    }),
    files,
    fetch: 'y0',
  };
}
