import { IUniverInstanceService, type Univer, UniverInstanceType, type Workbook } from '@univerjs/presets';
import {
  DefinedNamesService,
  FormulaDependencyGenerator,
  IDefinedNamesService,
  type IDefinedNamesServiceParam,
} from '@univerjs/presets/preset-sheets-core';
import { replaceNames } from '../../src/workbook/names';

/** What Univer stores for a name that is known in the whole workbook. */
export const WHOLE_WORKBOOK = 'AllDefaultWorkbook';

type DefinedName = IDefinedNamesServiceParam;
/** Names by their spelling in small letters. */
type Names = ReadonlyMap<string, DefinedName>;

/** A name for cells: the sheet's own before one of the same spelling that the whole workbook has. */
export function nameOn(univer: Univer, unit: string, sheet: string, name: string): DefinedName | undefined {
  const names = univer.__getInjector().get(IDefinedNamesService);
  return namesOf(names, unit, sheet).get(name.toLowerCase()) ?? names.getValueByName(unit, name) ?? undefined;
}

/**
 * Lets names belong to single sheets, as in Excel: on its sheet such a name comes before one of the same spelling that
 * the workbook has, and elsewhere it is written with its sheet. Univer stores names by sheet and offers them so, but
 * calculates with the last of a spelling. Here the calculation is given formulas with cells in place of the names of
 * sheets; the formulas in the cells stay as they are.
 */
export function scopeNames(univer: Univer): void {
  const injector = univer.__getInjector();
  const names = injector.get(IDefinedNamesService);
  const sheetNamed = (unit: string, name: string) =>
    injector
      .get(IUniverInstanceService)
      .getUnit<Workbook>(unit, UniverInstanceType.UNIVER_SHEET)
      ?.getSheetBySheetName(name)
      ?.getSheetId();

  DefinedNamesService.prototype.getValueByName = function (unit, name) {
    return namesOf(this, unit, WHOLE_WORKBOOK).get(name.toLowerCase()) ?? null;
  };

  // Every calculation looks at every formula.
  const known = new Map<string, Map<string, Names>>();
  const resolved = new Map<string, Map<string, string>>();
  names.update$.subscribe(() => {
    known.clear();
    resolved.clear();
  });
  const namesOn = (unit: string, sheet: string) => {
    const ofUnit = within(known, unit);
    const found = ofUnit.get(sheet) ?? namesOf(names, unit, sheet);
    ofUnit.set(sheet, found);
    return found;
  };
  const resolve = (unit: string, sheet: string, formula: string) =>
    replaceNames(formula, (name, where) => {
      const owner = where === undefined ? sheet : sheetNamed(unit, where);
      return owner && namesOn(unit, owner).get(name.toLowerCase())?.formulaOrRefString;
    });

  const generator = FormulaDependencyGenerator.prototype as unknown as Generator;
  const create = generator._createFDtree;
  generator._createFDtree = function (unit, sheet, ...more) {
    const tree = create.call(this, unit, sheet, ...more);
    const formulas = within(resolved, sheet);
    const formula = formulas.get(tree.formula) ?? resolve(unit, sheet, tree.formula);
    formulas.set(tree.formula, formula);
    tree.formula = formula;
    return tree;
  };
}

/** What Univer keeps private of the service that reads formulas before it calculates them. */
interface Generator {
  _createFDtree(unit: string, sheet: string, ...more: unknown[]): { formula: string };
}

function namesOf(names: Pick<IDefinedNamesService, 'getDefinedNameMap'>, unit: string, scope: string): Names {
  const all: DefinedName[] = Object.values(names.getDefinedNameMap(unit) ?? {});
  const ofScope = all.filter(({ localSheetId = WHOLE_WORKBOOK }) => localSheetId === scope);
  return new Map(ofScope.map((each) => [each.name.toLowerCase(), each]));
}

function within<V>(all: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const found = all.get(key) ?? new Map<string, V>();
  all.set(key, found);
  return found;
}
