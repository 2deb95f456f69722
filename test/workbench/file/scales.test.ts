import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { shadeOf } from '../../../src/workbook/shades';
import { scalesFromFile } from '../../../workbench/file/xlsx/scales';
import { writeBook } from '../../../workbench/file/xlsx/write';
import { bookOf, firstSheet, read } from './books';

describe('colour scales in files', () => {
  it('has masked numbers outside of what a scale colours, and the scale over all of them again', async () => {
    const scores = { 0: [1, -1e10, -1e10], 1: [2, 3, -1e10], 2: [4, 5, 6] };
    const cellData = Object.fromEntries(
      Object.entries(scores).map(([row, numbers]) => [
        Number(row) + 1,
        Object.fromEntries(numbers.map((v, column) => [column, { v, t: 2 }])),
      ]),
    );
    const scales = [
      shadeOf('A2:C4', 'diverging'),
      { range: 'A2:B3', low: { colour: '#FFFFFF' }, high: { colour: '#00FF00' } },
      { range: 'B2:C2', low: { colour: '#FFFFFF', at: 0 }, high: { colour: '#00FF00' } },
      shadeOf('A4:C4', 'diverging'),
    ];
    const bytes = await writeBook(bookOf([{ name: 'One', cellData, custom: { colourScales: scales } }]));
    const xml = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] as Uint8Array).replaceAll('"', "'");
    const formats = [
      ...xml.matchAll(/<conditionalFormatting sqref='([^']*)'>(.*?)<\/conditionalFormatting>/g),
    ];
    const typesIn = (rules = '') =>
      [...rules.matchAll(/<cfRule type='(\w+)'/g)].map(([, type]) => type).join();
    expect(formats.map(([, cells, rules]) => [cells, typesIn(rules)])).toEqual([
      ['A2:C4', 'cellIs'],
      ['A2 A3:B3 A4:C4', 'colorScale'],
      ['A2:B3', 'cellIs'],
      ['A2 A3:B3', 'colorScale'],
      ['B2:C2', 'cellIs,colorScale'],
      ['A4:C4', 'colorScale'],
    ]);
    const lowest = 'IFERROR(SMALL($A$2:$C$4,COUNTIF($A$2:$C$4,&quot;&lt;-1000000000&quot;)+1),0)';
    expect(xml).toContain(
      `<cfvo type='formula' val='-MAX(MAX($A$2:$C$4),-${lowest})'/><cfvo type='num' val='0'/>`,
    );
    expect(xml).toContain(
      `<cfvo type='formula' val='${lowest.replaceAll('$A$2:$C$4', '$A$2:$B$3')}'/><cfvo type='max'/>`,
    );
    const back = await read(bytes);
    expect(firstSheet(back).custom?.colourScales).toEqual(scales);
    expect(back.leftOut).toEqual([]);
  });

  it.each([
    ['num', 'MAX(MAX($A$1:$B$2),-MIN($A$1:$B$2))'],
    ['formula', 'MAX(MAX($A$1:$B$2),-_xlfn.MINIFS($A$1:$B$2,$A$1:$B$2,">=-1000000000"))'],
  ])('takes even scales that books and earlier versions wrote: %s %s', (type, farthest) => {
    const rule = (...stops: [type: string, value: string][]) => ({
      type: 'colorScale' as const,
      priority: 1,
      range: 'A1:B2',
      colorScale: {
        // A formula is not among the library's types.
        cfvo: stops.map(([type, value]) => ({ type: type as 'num', value })),
        colors: ['FFF0A070', 'FFFFFFFF', 'FF6EA3EF'].slice(0, stops.length),
      },
    });
    expect(scalesFromFile([rule([type, `-${farthest}`], ['num', '0'], [type, farthest])])).toEqual({
      scales: [shadeOf('A1:B2', 'diverging')],
      others: 0,
    });
    expect(scalesFromFile([rule([type, '$A$1*2'], [type, farthest])])).toEqual({ scales: [], others: 1 });
  });
});
