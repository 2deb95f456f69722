import { Interpreter } from '@univerjs/presets/preset-sheets-core';
import { type AstNode, NODE, type UnitRange } from './univer';

/** What Univer keeps private of what runs the nodes of a formula. */
interface Runner {
  _execute(node: Calculated, rows?: number, columns?: number): number;
}

/** A node of a formula, and what has come of it. */
interface Calculated extends AstNode {
  getValue(): { isReferenceObject(): boolean; toUnitRange(): UnitRange } | null;
}

type Listener = (range: UnitRange) => void;

let listener: Listener | undefined;

/** Makes Univer tell, while it calculates a formula, to which cells this refers: in the branches of an IF that it takes. */
export function watchReferences(): void {
  const runner = Interpreter.prototype as unknown as Runner;
  const execute = runner._execute;
  runner._execute = function (node, rows, columns) {
    const given = execute.call(this, node, rows, columns);
    if (listener && (node.nodeType === NODE.reference || node.nodeType === NODE.union)) {
      const value = node.getValue();
      if (value?.isReferenceObject()) listener(value.toUnitRange());
    }
    return given;
  };
}

/** Does some work and tells of the cells that its formulas refer to, before these are read. */
export function whileReferring<T>(tell: Listener | undefined, work: () => T): T {
  const before = listener;
  listener = tell;
  try {
    return work();
  } finally {
    listener = before;
  }
}
