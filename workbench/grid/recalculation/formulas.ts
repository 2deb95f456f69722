import { RTree } from '@univerjs/presets';
import { holds, isCell } from '../areas';
import {
  type AstNode,
  type Generator,
  type Interpreter,
  NODE,
  type Runtime,
  type Tree,
  type UnitRange,
} from './univer';

/** What is needed of Univer to read formulas. */
interface Reader {
  generator: Generator;
  interpreter: Interpreter;
  runtime: Runtime;
}

/**
 * All formulas of a workbook, with the cells that each refers to. It stays as it is as long as no formula, no sheet and
 * no name changes: to read the formulas anew takes longer than to calculate the few that follow a result.
 */
export class Formulas {
  /** Formulas whose value may change though no cell has: RAND, NOW. */
  readonly volatile: readonly Tree[];
  /** Formulas that find out while they calculate which cells they refer to: OFFSET, INDIRECT. */
  readonly dynamic: readonly Tree[];
  private readonly byId = new Map<number, Tree>();
  private readonly bySheet = new Map<string, Map<string, Tree>>();
  private readonly references = new RTree(true);

  /** @param formulas by workbook, sheet, row and column @param sheets sizes and cells, by workbook and sheet */
  constructor(reader: Reader, formulas: object, sheets: object) {
    const { generator } = reader;
    const trees: Tree[] = [];
    // Univer's own list of what refers to what grows with every calculation.
    generator._dependencyManagerService.reset();
    generator._registerFormulas(Object.keys(formulas), formulas, sheets, trees);
    generator._dependencyManagerService.reset();
    generator._dependencyTreeCache.clear();
    const volatile: Tree[] = [];
    const dynamic: Tree[] = [];
    for (const tree of trees) {
      this.byId.set(tree.treeId, tree);
      const sheet = sheetKey(tree.unitId, tree.subUnitId);
      const cells = this.bySheet.get(sheet) ?? new Map<string, Tree>();
      this.bySheet.set(sheet, cells.set(cellKey(tree.row, tree.column), tree));
      const found = lookInto(generator._getTreeNode(tree));
      if (found.volatile) volatile.push(tree);
      if (found.dynamic) dynamic.push(tree);
      if (!tree.isVirtual) tree.pushRangeList?.(found.references.map((node) => rangeOf(reader, tree, node)));
    }
    // A copied formula takes its references from the one that it was copied from.
    for (const { treeId, rangeList } of trees) {
      for (const range of rangeList) this.references.insert({ ...range, id: treeId });
    }
    this.references.openKdTree();
    this.volatile = volatile;
    this.dynamic = dynamic;
  }

  all(): Iterable<Tree> {
    return this.byId.values();
  }

  at(unit: string, sheet: string, row: number, column: number): Tree | undefined {
    return this.bySheet.get(sheetKey(unit, sheet))?.get(cellKey(row, column));
  }

  /** The formulas that stand in some cells. */
  within({ unitId, sheetId, range }: UnitRange): Tree[] {
    const cells = this.bySheet.get(sheetKey(unitId, sheetId));
    if (!cells) return [];
    if (isCell(range)) {
      const found = cells.get(cellKey(range.startRow, range.startColumn));
      return found ? [found] : [];
    }
    return [...cells.values()].filter(({ row, column }) => holds(range, row, column));
  }

  /** The formulas that refer to any of some cells. */
  referringTo(ranges: readonly UnitRange[]): Tree[] {
    const closed = ranges.map(({ range, ...where }) => ({ ...where, range: closedEnds(range), id: 0 }));
    return [...this.references.bulkSearch(closed)].flatMap((id) => this.byId.get(Number(id)) ?? []);
  }
}

const sheetKey = (unit: string, sheet: string) => `${unit}|${sheet}`;
const cellKey = (row: number, column: number) => `${row},${column}`;

function closedEnds(range: UnitRange['range']): UnitRange['range'] {
  const or = (value: number, instead: number) => (Number.isNaN(value) ? instead : value);
  return {
    startRow: or(range.startRow, 0),
    startColumn: or(range.startColumn, 0),
    endRow: or(range.endRow, Number.MAX_SAFE_INTEGER),
    endColumn: or(range.endColumn, Number.MAX_SAFE_INTEGER),
  };
}

interface Found {
  references: AstNode[];
  volatile: boolean;
  dynamic: boolean;
}

function lookInto(root: AstNode): Found {
  const found: Found = { references: [], volatile: false, dynamic: false };
  const look = (node: AstNode) => {
    const { nodeType } = node;
    // `A1:B2` is a union of two references; `A1:INDEX(…)` has to be calculated.
    if (nodeType === NODE.reference || isPlainUnion(node)) {
      found.references.push(node);
      return;
    }
    if (nodeType === NODE.union || (nodeType === NODE.suffix && node.getToken() === '#'))
      found.dynamic = true;
    if (nodeType === NODE.function && node.isAddress()) found.dynamic = true;
    if (node.isForcedCalculateFunction()) found.volatile = true;
    for (const child of node.getChildren()) look(child);
  };
  look(root);
  return found;
}

const isPlainUnion = (node: AstNode): boolean =>
  node.nodeType === NODE.union && node.getChildren().every(({ nodeType }) => nodeType === NODE.reference);

function rangeOf({ interpreter, runtime }: Reader, tree: Tree, node: AstNode): UnitRange {
  const { row, column, rowCount, columnCount, subUnitId, unitId, refOffsetX, refOffsetY } = tree;
  runtime.setCurrent(row, column, rowCount, columnCount, subUnitId, unitId);
  const {
    range,
    sheetId,
    unitId: unit,
  } = interpreter.execute({ node, refOffsetX, refOffsetY }).toUnitRange();
  node.resetCalculationState();
  return { unitId: unit, sheetId, range };
}
