/** What Univer keeps private of the services that calculate: their parts as far as `Recalculation` uses them. */
import type { IRange, Nullable } from '@univerjs/presets';
import type { BaseReferenceObject, BaseValueObject } from '@univerjs/presets/preset-sheets-core';

/** Cells of one sheet. */
export interface UnitRange {
  unitId: string;
  sheetId: string;
  range: IRange;
}

/** Cells of the sheet on which a formula stands. */
export const onSheetOf = ({ unitId, subUnitId }: Tree, range: IRange): UnitRange => ({
  unitId,
  sheetId: subUnitId,
  range,
});

/** Something for each workbook and sheet. */
export type BySheet<T> = Record<string, Nullable<Record<string, Nullable<T>>>>;
/** Something for cells of a sheet, by row and column. */
export type ByCell<T> = Record<number, Nullable<Record<number, Nullable<T>>>>;

/** What has been changed since the last calculation, as Univer says it. */
export interface Dirty {
  forceCalculation: boolean;
  dirtyRanges: UnitRange[];
  dirtyNameMap: BySheet<string>;
  dirtyDefinedNameMap: BySheet<string>;
  dirtySuperTableMap: BySheet<string>;
  dirtyUnitFeatureMap: Record<string, Nullable<BySheet<boolean>>>;
  dirtyUnitOtherFormulaMap: Record<string, Nullable<BySheet<boolean>>>;
  clearDependencyTreeCache: BySheet<string>;
}

/** A value as a cell holds it. */
export interface CellValue {
  v?: unknown;
  t?: unknown;
  p?: unknown;
}

interface Matrix<T> {
  getValue(row: number, column: number): T | undefined;
  setValue(row: number, column: number, value: T): void;
  realDeleteValue(row: number, column: number): void;
  forValue(each: (row: number, column: number, value: T) => unknown): void;
}

export type Value = BaseValueObject | BaseReferenceObject;

/** A formula as it was parsed. */
export interface AstNode {
  nodeType: number;
  getToken(): string;
  getChildren(): AstNode[];
  isAddress(): boolean;
  isForcedCalculateFunction(): boolean;
  resetCalculationState(): void;
}
/** What runs the nodes of a formula. */
export interface Runner {
  _execute(node: RunNode, rows?: number, columns?: number): number;
}

/** A node as it is run, and what has come of it: a value, or a range that has not been read yet. */
export interface RunNode extends AstNode {
  getChildren(): RunNode[];
  getValue(): Nullable<BaseValueObject & { toArrayValueObject(): BaseValueObject; toUnitRange(): UnitRange }>;
  setValue(value: BaseValueObject): void;
  execute(): void;
}

/** Of `AstNode.nodeType`. */
export const NODE = { reference: 1, function: 4, union: 10, suffix: 12 } as const;

/** A formula in a cell. */
export interface Tree {
  treeId: number;
  readonly isVirtual: boolean;
  readonly unitId: string;
  readonly subUnitId: string;
  readonly row: number;
  readonly column: number;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly formula: string;
  readonly refOffsetX: number;
  readonly refOffsetY: number;
  /** The cells that the formula refers to. */
  readonly rangeList: UnitRange[];
  pushRangeList?(ranges: UnitRange[]): void;
  dependencySheetName(dirty: BySheet<string>): boolean;
}

export interface Config {
  load(dataset: object): void;
  getUnitData(): BySheet<{ cellData: Matrix<CellValue>; rowCount: number; columnCount: number }>;
  getFormulaData(): BySheet<ByCell<{ f: string }>>;
  getSheetNameMap(): BySheet<string>;
  getDirtyNameMap(): BySheet<string>;
  /** The sheet that is shown. */
  getExecuteSubUnitId(): string;
  _formulaDataModel: Model;
}

/** Holds the cells into which formulas spill. */
export interface Model {
  getFormulaData(): BySheet<ByCell<{ f: string }>>;
  getArrayFormulaRange(): BySheet<ByCell<IRange>>;
  getArrayFormulaCellData(): BySheet<ByCell<CellValue>>;
}

export interface Runtime {
  reset(): void;
  setFormulaExecuteStage(stage: number): void;
  getRuntimeState(): object;
  getAllRuntimeData(): object;
  clearArrayObjectCache(): void;
  setCurrent(row: number, column: number, rows: number, columns: number, sheet: string, unit: string): void;
  setRuntimeData(value: Value): void;
  getUnitData(): BySheet<Matrix<CellValue | null>>;
  getUnitArrayFormula(): BySheet<ByCell<IRange>>;
  getRuntimeArrayFormulaCellData(): BySheet<Matrix<CellValue>>;
}

export interface Interpreter {
  execute(node: { node: AstNode; refOffsetX: number; refOffsetY: number }): Value;
}

export interface Generator {
  _registerFormulas(units: string[], formulas: object, sheets: object, into: Tree[]): void;
  _getTreeNode(tree: Tree): AstNode;
  _includeTree(tree: Tree, node: AstNode): boolean;
  _updateRangeFlatten(): void;
  _dependencyTreeCache: Map<number, Tree>;
  _dependencyManagerService: { reset(): void };
}

/** Univer's service for calculations. */
export interface Service {
  _currentConfigService: Config;
  _runtimeService: Runtime;
  _formulaDependencyGenerator: Generator;
  _interpreter: Interpreter;
  _executionInProgressListener$: { next(state: object): void };
  _executionCompleteListener$: { next(data: object): void };
}

/** Of a calculation's stages. */
export const STAGE = { idle: 0, start: 1 } as const;
