/**
 * Functions that came after the file format. In a file each has a prefix, without which Excel shows #NAME? until the
 * formula is entered anew; those that are also called differently by other spreadsheets have a second one.
 */
const SINCE_2010 =
  'ACOT ARABIC BASE BITAND BITOR BITXOR CEILING.MATH CONCAT COMBINA DAYS DECIMAL FLOOR.MATH FORMULATEXT IFNA IFS ' +
  'ISFORMULA ISOWEEKNUM LAMBDA LET MAKEARRAY MAP MAXIFS MINIFS BYROW BYCOL REDUCE SCAN MODE.MULT MUNIT NORM.DIST ' +
  'NUMBERVALUE PERCENTILE.INC PERMUTATIONA PHI RANK.EQ RANDARRAY SEQUENCE SHEET SHEETS SINGLE STDEV.P STDEV.S SWITCH ' +
  'TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR UNICODE UNIQUE VAR.P VAR.S VSTACK HSTACK WRAPCOLS ' +
  'WRAPROWS CHOOSECOLS CHOOSEROWS TAKE DROP EXPAND XLOOKUP XMATCH XOR SORTBY';
const WITH_TWO_PREFIXES = 'FILTER SORT';

const prefixes = new Map<string, string>([
  ...SINCE_2010.split(' ').map((name) => [name, '_xlfn.'] as const),
  ...WITH_TWO_PREFIXES.split(' ').map((name) => [name, '_xlfn._xlws.'] as const),
]);

/**
 * A formula as it stands in a file: without its `=`, and newer functions with their prefix. Texts and quoted names of
 * sheets stay as they are.
 */
export function formulaInFile(formula: string): string {
  return formula
    .replace(/^=/, '')
    .replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'|([A-Z][A-Z0-9.]*)(?=\()/g, (whole, name?: string) =>
      name ? (prefixes.get(name) ?? '') + name : whole,
    );
}
