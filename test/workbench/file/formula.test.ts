import { describe, expect, it } from 'vitest';
import { canCalculate, formulaForFile, formulaFromFile, mayFill } from '../../../workbench/file/xlsx/formula';
import { moved } from '../../../workbench/file/xlsx/write-sheet';
import { NATIVE, OURS } from './books';

const ours = new Set(OURS);

describe('formulas in files', () => {
  it.each([
    ['=SUM(A1:A3)', 'SUM(A1:A3)'],
    ['=GPT2.EMBED(A1)', '_xldudf_GPT2_EMBED(A1)'],
    ['=gpt2.mlp_out(A1, 0)', '_xldudf_GPT2_MLP_OUT(A1, 0)'],
    ['=SUM(GPT2.EMBED(A1))*2', 'SUM(_xldudf_GPT2_EMBED(A1))*2'],
    ['="GPT2.EMBED(A1)"&A1', '"GPT2.EMBED(A1)"&A1'],
    ["='GPT2.EMBED(1)'!A1", "'GPT2.EMBED(1)'!A1"],
    ['=SEQUENCE(3)', '_xlfn.SEQUENCE(3)'],
    ['=FILTER(A1:A9,B1:B9)', '_xlfn._xlws.FILTER(A1:A9,B1:B9)'],
    ['=SUM(A1#)', 'SUM(_xlfn.ANCHORARRAY(A1))'],
    ["=SUM('My sheet'!$A$1#)", "SUM(_xlfn.ANCHORARRAY('My sheet'!$A$1))"],
    ['="A1#"', '"A1#"'],
    ['=LET(x,2,x*2)', '_xlfn.LET(_xlpm.x,2,_xlpm.x*2)'],
    ['=LET(x,2,"x"&x)', '_xlfn.LET(_xlpm.x,2,"x"&_xlpm.x)'],
    ['=LET(f,LAMBDA(n,n+1),f(2))', '_xlfn.LET(_xlpm.f,_xlfn.LAMBDA(_xlpm.n,_xlpm.n+1),_xlpm.f(2))'],
  ])('%s is %s there', (here, there) => {
    expect(formulaForFile(here)).toBe(there);
    // Case does not matter to a spreadsheet, and a name in capitals is how it shows it.
    expect(formulaFromFile(there, ours)).toBe(here.replace('gpt2.mlp_out', 'GPT2.MLP_OUT'));
  });

  it.each([
    ['[2]!_xldudf_GPT2_EMBED(A1)', '=GPT2.EMBED(A1)'],
    ["'C:\\Add-ins\\Other.xla'!_xldudf_GPT2_EMBED(A1)", '=GPT2.EMBED(A1)'],
    ['Other.xla!_xldudf_GPT2_EMBED(A1)', '=GPT2.EMBED(A1)'],
    ['_xldudf_gpt2_embed(A1)', '=GPT2.EMBED(A1)'],
    ['GPT2.EMBED(A1)', '=GPT2.EMBED(A1)'],
    ['_xldudf_OTHER_EMBED(A1)', '=_xldudf_OTHER_EMBED(A1)'],
    ['_xldudf_GPT2_UNHEARD(A1)', '=_xldudf_GPT2_UNHEARD(A1)'],
  ])('%s is read as %s', (there, here) => {
    expect(formulaFromFile(there, ours)).toBe(here);
  });

  it('tells what can be calculated from what cannot', () => {
    const known = new Set([...OURS, ...NATIVE]);
    const can = (formula: string) => canCalculate(formula, (name) => known.has(name));
    expect(can('=SUM(GPT2.EMBED(A1))')).toBe(true);
    expect(can('=LET(f,LAMBDA(n,n+1),f(2))')).toBe(true);
    expect(can('=SUM(UNHEARD(A1))')).toBe(false);
    expect(can('="UNHEARD(A1)"')).toBe(true);
    expect(can('=[1]Sheet!A1')).toBe(false);
    expect(can('=SUM(Table1[Price])')).toBe(false);
  });

  it('tells what may fill several cells', () => {
    expect(mayFill('=GPT2.NEXT(A1)')).toBe(true);
    expect(mayFill('=SUM(A1#)')).toBe(true);
    expect(mayFill('=SUM(A1:A3)')).toBe(false);
    expect(mayFill('="GPT2.NEXT(A1)"')).toBe(false);
  });

  it.each([
    ['=A1+$B1+C$1+$D$1', '=B3+$B3+D$1+$D$1'],
    ['=LOG10(A1)&"A1"&\'A1\'!B2', '=LOG10(B3)&"A1"&\'A1\'!C4'],
    ['=Sheet1!A1:B2', '=Sheet1!B3:C4'],
  ])('%s, filled two down and one to the right, is %s', (from, to) => {
    expect(moved(from, 2, 1)).toBe(to);
  });

  it('says #REF! where a reference would leave the sheet', () => {
    expect(moved('=A1+B2', -1, 0)).toBe('=#REF!+B1');
  });
});
