import { describe, expect, it } from 'vitest';
import { formulaInFile } from '../../src/xlsx/functions';

describe('a formula in a file', () => {
  it.each([
    ['=SUM(A1:B2)', 'SUM(A1:B2)'],
    ['=XLOOKUP(1,A:A,B:B)', '_xlfn.XLOOKUP(1,A:A,B:B)'],
    ['=SORT(FILTER(A1:A9,A1:A9>0))', '_xlfn._xlws.SORT(_xlfn._xlws.FILTER(A1:A9,A1:A9>0))'],
    ['="UNICODE(" & UNICODE("UNICHAR(1)")', '"UNICODE(" & _xlfn.UNICODE("UNICHAR(1)")'],
    ["='LET(1)'!A1+1", "'LET(1)'!A1+1"],
    ['=GPT2.MAP(A1)', 'GPT2.MAP(A1)'],
  ])('%s stands as %s', (formula, written) => {
    expect(formulaInFile(formula)).toBe(written);
  });
});
