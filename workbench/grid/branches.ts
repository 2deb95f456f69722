import {
  type ArrayValueObject,
  type BaseValueObject,
  Interpreter,
  NullValueObject,
} from '@univerjs/presets/preset-sheets-core';
import { NODE, type RunNode, type Runner } from './recalculation/univer';

/**
 * Makes IF calculate only the branch that it takes, as Excel does. By itself Univer calculates both: calls nobody needs,
 * and products of whole matrices. Where the test is a range of several cells both are needed.
 */
export function skipBranches(): void {
  const runner = Interpreter.prototype as unknown as Runner;
  const execute = runner._execute;
  runner._execute = function (node, rows, columns) {
    const [test, ...branches] = node.getChildren();
    if (node.nodeType !== NODE.function || node.getToken().toUpperCase() !== 'IF' || !test)
      return execute.call(this, node, rows, columns);
    const given = this._execute(test, rows, columns);
    const decision = decisionOf(test.getValue());
    branches.forEach((branch, i) => {
      if (decision === undefined || decision === i) this._execute(branch, rows, columns);
      else branch.setValue(NullValueObject.create());
    });
    node.execute();
    return given;
  };
}

/** Which branch a test takes: the first or the second, none for an error, nothing while it may be either. */
function decisionOf(value: ReturnType<RunNode['getValue']>): number | undefined {
  if (!value) return undefined;
  let read: BaseValueObject = value.isReferenceObject() ? value.toArrayValueObject() : value;
  if (read.isArray()) {
    const cells = read as ArrayValueObject;
    if (cells.getRowCount() !== 1 || cells.getColumnCount() !== 1) return undefined;
    read = cells.get(0, 0) ?? read;
  }
  if (read.isError()) return Number.NaN;
  return read.getValue() ? 0 : 1;
}
