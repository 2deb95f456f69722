import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeBook } from '../../../workbench/file/xlsx/write';
import { bookOf } from './books';

describe('charts in files', () => {
  it('has points that are not joined, and a legend where there are several series', async () => {
    const chart = {
      title: 'Words',
      at: 'E5:J20',
      categories: 'A1:A3',
      series: [{ name: 'y', values: 'B1:B3' }],
    };
    const two = [...chart.series, { name: 'z', values: 'C1:C3' }];
    const charts = [
      { ...chart, kind: 'points' },
      { ...chart, kind: 'points', series: two },
      { ...chart, kind: 'lines' },
    ];
    const parts = unzipSync(await writeBook(bookOf([{ name: 'One', custom: { charts } }])));
    const [one, several, line] = [1, 2, 3].map((at) =>
      strFromU8(parts[`xl/charts/chart${at}.xml`] as Uint8Array),
    );
    const series = (xml: string) => [...xml.matchAll(/<c:ser>.*?<\/c:ser>/g)].map(([text]) => text);
    for (const each of [...series(one as string), ...series(several as string)]) {
      expect(each).toContain(
        '</c:tx><c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="circle"/>',
      );
      expect(each).toMatch(/<\/c:yVal><c:smooth val="0"\/><\/c:ser>$/);
    }
    expect(series(several as string)).toHaveLength(2);
    expect(line).not.toContain('noFill');
    expect([one, several, line].map((xml) => xml?.includes('<c:legend>'))).toEqual([false, true, false]);
  });
});
