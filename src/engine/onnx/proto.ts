import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/**
 * The few messages of the ONNX format that our graphs need, written field by field.
 * Field numbers are those of onnx.proto.
 */

/** Element types of tensors, as ONNX numbers them. */
export const ElementType = {
  float: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
} as const;
export type ElementTypeName = keyof typeof ElementType;

/** A number is a fixed size, a text the name of a size known only when the graph runs. */
export type GraphDim = number | string;

/** An input or output of a graph. */
export interface ValueInfo {
  readonly name: string;
  readonly type: ElementTypeName;
  readonly dims: readonly GraphDim[];
}

/** Whole numbers become INT or INTS, `{ float }` FLOAT, texts STRING. */
export type Attribute = number | readonly number[] | string | { readonly float: number };

/** One operation: names of values in, names of values out. */
export interface Node {
  readonly op: string;
  /** Whose operation it is, such as `com.microsoft`; ONNX's own unless given. */
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A constant of the graph: `raw` little-endian bytes within the graph, or the file `external` beside it. */
export interface Initializer {
  readonly name: string;
  readonly type: ElementTypeName;
  readonly dims: readonly number[];
  readonly content: { readonly raw: Uint8Array } | { readonly external: string };
}

/** What a model file says. */
export interface ModelDescription {
  readonly name: string;
  readonly opset: number;
  readonly nodes: readonly Node[];
  readonly initializers: readonly Initializer[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

/** Operations of other domains are all in their first version. */
const FIRST_VERSION = 1;
/** The version of the ONNX file format that came with opset 20. */
const IR_VERSION = 9;
const EXTERNAL = 1;
const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, ints: 7 } as const;

const utf8 = new TextEncoder();

const writeText = (w: BinaryWriter, field: number, text: string) =>
  w.tag(field, WireType.LengthDelimited).string(text);
const writeInt = (w: BinaryWriter, field: number, n: number) => w.tag(field, WireType.Varint).int64(n);
const writeMessage = (w: BinaryWriter, field: number, body: () => void) => {
  w.tag(field, WireType.LengthDelimited).fork();
  body();
  w.join();
};

/** ModelProto: the bytes of an ONNX file. */
export function encodeModel(graph: ModelDescription): Uint8Array<ArrayBuffer> {
  const w = new BinaryWriter();
  writeInt(w, 1, IR_VERSION);
  writeMessage(w, 7, () => writeGraph(w, graph));
  writeMessage(w, 8, () => writeInt(w, 2, graph.opset)); // OperatorSetIdProto of the default domain
  for (const domain of new Set(graph.nodes.flatMap(({ domain }) => domain ?? []))) {
    writeMessage(w, 8, () => {
      writeText(w, 1, domain);
      writeInt(w, 2, FIRST_VERSION);
    });
  }
  return w.finish();
}

function writeGraph(w: BinaryWriter, graph: ModelDescription): void {
  for (const node of graph.nodes) writeMessage(w, 1, () => writeNode(w, node));
  writeText(w, 2, graph.name);
  for (const constant of graph.initializers) writeMessage(w, 5, () => writeTensor(w, constant));
  for (const input of graph.inputs) writeMessage(w, 11, () => writeValueInfo(w, input));
  for (const output of graph.outputs) writeMessage(w, 12, () => writeValueInfo(w, output));
}

function writeNode(w: BinaryWriter, node: Node): void {
  for (const input of node.inputs) writeText(w, 1, input);
  for (const output of node.outputs) writeText(w, 2, output);
  writeText(w, 3, `make ${node.outputs[0]}`); // errors of the runtime name it
  writeText(w, 4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) {
    writeMessage(w, 5, () => writeAttribute(w, name, value));
  }
  if (node.domain !== undefined) writeText(w, 7, node.domain);
}

function writeAttribute(w: BinaryWriter, name: string, value: Attribute): void {
  writeText(w, 1, name);
  if (typeof value === 'number') {
    writeInt(w, 3, value);
    writeInt(w, 20, ATTRIBUTE_TYPE.int);
  } else if (typeof value === 'string') {
    w.tag(4, WireType.LengthDelimited).bytes(utf8.encode(value));
    writeInt(w, 20, ATTRIBUTE_TYPE.string);
  } else if ('float' in value) {
    w.tag(2, WireType.Bit32).float(value.float);
    writeInt(w, 20, ATTRIBUTE_TYPE.float);
  } else {
    for (const n of value) writeInt(w, 8, n);
    writeInt(w, 20, ATTRIBUTE_TYPE.ints);
  }
}

function writeTensor(w: BinaryWriter, constant: Initializer): void {
  for (const n of constant.dims) writeInt(w, 1, n);
  writeInt(w, 2, ElementType[constant.type]);
  writeText(w, 8, constant.name);
  if ('raw' in constant.content) {
    w.tag(9, WireType.LengthDelimited).bytes(constant.content.raw);
    return;
  }
  const entries = { location: constant.content.external, offset: '0', length: `${byteLength(constant)}` };
  for (const [key, value] of Object.entries(entries)) {
    writeMessage(w, 13, () => {
      writeText(w, 1, key);
      writeText(w, 2, value);
    });
  }
  writeInt(w, 14, EXTERNAL);
}

const byteLength = ({ type, dims }: Initializer): number =>
  dims.reduce(
    (product, n) => product * n,
    { float: 4, uint8: 1, int8: 1, int32: 4, int64: 8, bool: 1, float16: 2 }[type],
  );

function writeValueInfo(w: BinaryWriter, value: ValueInfo): void {
  writeText(w, 1, value.name);
  writeMessage(w, 2, () =>
    writeMessage(w, 1, () => {
      writeInt(w, 1, ElementType[value.type]);
      writeMessage(w, 2, () => {
        for (const dim of value.dims) {
          writeMessage(w, 1, () => {
            if (typeof dim === 'number') writeInt(w, 1, dim);
            else writeText(w, 2, dim);
          });
        }
      });
    }),
  );
}
