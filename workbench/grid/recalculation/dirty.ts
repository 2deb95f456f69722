import type { BySheet, Dirty, UnitRange } from './univer';

/** Nothing has been changed. */
export const clean = (): Dirty => ({
  forceCalculation: false,
  dirtyRanges: [],
  dirtyNameMap: {},
  dirtyDefinedNameMap: {},
  dirtySuperTableMap: {},
  dirtyUnitFeatureMap: {},
  dirtyUnitOtherFormulaMap: {},
  clearDependencyTreeCache: {},
});

/** These cells have been changed. */
export const dirtyCells = (dirtyRanges: readonly UnitRange[]): Dirty => ({
  ...clean(),
  dirtyRanges: [...dirtyRanges],
});

/** Whatever has been changed in one or the other. */
export function merged(a: Dirty, b: Partial<Dirty>): Dirty {
  return {
    forceCalculation: a.forceCalculation || (b.forceCalculation ?? false),
    dirtyRanges: distinct([...a.dirtyRanges, ...(b.dirtyRanges ?? [])]),
    dirtyNameMap: bySheet(a.dirtyNameMap, b.dirtyNameMap),
    dirtyDefinedNameMap: bySheet(a.dirtyDefinedNameMap, b.dirtyDefinedNameMap),
    dirtySuperTableMap: bySheet(a.dirtySuperTableMap, b.dirtySuperTableMap),
    dirtyUnitFeatureMap: deeper(a.dirtyUnitFeatureMap, b.dirtyUnitFeatureMap),
    dirtyUnitOtherFormulaMap: deeper(a.dirtyUnitOtherFormulaMap, b.dirtyUnitOtherFormulaMap),
    clearDependencyTreeCache: bySheet(a.clearDependencyTreeCache, b.clearDependencyTreeCache),
  };
}

/** Whether cells alone have been changed: no names, no sheets, and not everything is to be calculated. */
export function cellsAlone(dirty: Dirty): boolean {
  const { dirtyRanges, forceCalculation, ...maps } = dirty;
  return !forceCalculation && Object.values(maps).every((map) => Object.keys(map).length === 0);
}

function distinct(ranges: readonly UnitRange[]): UnitRange[] {
  const found = new Map<string, UnitRange>();
  for (const each of ranges) {
    const { startRow, startColumn, endRow, endColumn } = each.range;
    found.set([each.unitId, each.sheetId, startRow, startColumn, endRow, endColumn].join('|'), each);
  }
  return [...found.values()];
}

function bySheet<T>(a: BySheet<T>, b: BySheet<T> = {}): BySheet<T> {
  const units = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(units.map((unit) => [unit, { ...a[unit], ...b[unit] }]));
}

type Deeper = Dirty['dirtyUnitFeatureMap'];

function deeper(a: Deeper, b: Deeper = {}): Deeper {
  const units = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(units.map((unit) => [unit, bySheet(a[unit] ?? {}, b[unit] ?? {})]));
}
