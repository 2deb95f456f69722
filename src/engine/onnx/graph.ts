import type { Attribute, ElementTypeName, GraphDim, Initializer, Node, ValueInfo } from './proto';
import { encodeModel } from './proto';

/** Where the numbers of one constant come from: a parameter of the model, or some of its rows. */
export interface WeightFile {
  /** The name under which the graph asks for it. */
  readonly path: string;
  /** The parameter, without the `h.{layer}.` of its block. */
  readonly parameter: string;
  /** Rows [from, to) of a matrix too large for the device to take whole. */
  readonly rows?: readonly [number, number];
}

/** An ONNX file and the weights that must lie beside it. */
export interface Graph {
  readonly bytes: Uint8Array;
  /** Empty weights inside: all blocks of a model share one graph and differ in these. */
  readonly files: readonly WeightFile[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** LayerNormalization is in opset 17, Gelu in 20. */
const OPSET = 20;
/** Operations that need a later one. */
const OPSETS: Readonly<Record<string, number>> = { TensorScatter: 24 };
/** Operations that are ONNX Runtime's own. */
const DOMAINS: Readonly<Record<string, string>> = { SkipLayerNormalization: 'com.microsoft' };

/** Collects the operations of one graph. Values are known by their names. */
export class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #initializers: Initializer[] = [];
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #files: WeightFile[] = [];

  constructor(readonly name: string) {}

  /** Declares an input and returns its name. */
  input(name: string, dims: readonly GraphDim[], type: ElementTypeName = 'float'): string {
    this.#inputs.push({ name, type, dims });
    return name;
  }

  /** Declares that the value `name` may be asked for. */
  output(name: string, dims: readonly GraphDim[]): void {
    this.#outputs.push({ name, type: 'float', dims });
  }

  /** A parameter of the model, kept outside the graph's own bytes; `dims` may regroup its numbers. */
  weight(parameter: string, dims: readonly number[], rows?: readonly [number, number]): string {
    const path = rows ? `${parameter}[${rows[0]}:${rows[1]}]` : parameter;
    if (!this.#files.some((file) => file.path === path)) {
      this.#files.push(rows ? { path, parameter, rows } : { path, parameter });
    }
    return this.#external(path, dims);
  }

  #external(path: string, dims: readonly number[]): string {
    // One file may serve two constants of different shapes.
    const name = `${path} ${dims.join('x')}`;
    if (!this.#initializers.some((constant) => constant.name === name)) {
      this.#initializers.push({ name, type: 'float', dims, content: { external: path } });
    }
    return name;
  }

  /** A small constant of whole numbers, such as the shape that Reshape takes. */
  ints(values: readonly number[]): string {
    const raw = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return this.#constant(`ints ${values.join()}`, 'int64', [values.length], raw);
  }

  /** A single float32 number, without dimensions. */
  float(value: number): string {
    return this.#constant(`float ${value}`, 'float', [], new Uint8Array(Float32Array.of(value).buffer));
  }

  /** Adds an operation with one result, and returns the result's name. */
  node(
    op: string,
    inputs: readonly string[],
    out: string,
    attributes: Record<string, Attribute> = {},
  ): string {
    this.nodes(op, inputs, [out], attributes);
    return out;
  }

  /** Adds an operation with several results, and returns their names; an empty one is a result that nobody wants. */
  nodes(
    op: string,
    inputs: readonly string[],
    outs: readonly string[],
    attributes: Record<string, Attribute>,
  ): readonly string[] {
    const domain = DOMAINS[op];
    this.#nodes.push({ op, inputs, outputs: outs, attributes, ...(domain !== undefined && { domain }) });
    return outs;
  }

  build(): Graph {
    const bytes = encodeModel({
      name: this.name,
      opset: Math.max(OPSET, ...this.#nodes.map(({ op }) => OPSETS[op] ?? 0)),
      nodes: this.#nodes,
      initializers: this.#initializers,
      inputs: this.#inputs,
      outputs: this.#outputs,
    });
    return {
      bytes,
      files: this.#files,
      inputs: this.#inputs.map(({ name }) => name),
      outputs: this.#outputs.map(({ name }) => name),
    };
  }

  #constant(name: string, type: ElementTypeName, dims: number[], raw: Uint8Array): string {
    if (!this.#initializers.some((constant) => constant.name === name)) {
      this.#initializers.push({ name, type, dims, content: { raw } });
    }
    return name;
  }
}
