import { Interpreter } from '@univerjs/presets/preset-sheets-core';
import { NODE, type Runner, type UnitRange } from './univer';

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
