import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const CHART = /^xl\/charts\/chart\d+\.xml$/;
const NO_LINE = '<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>';
const LOOK = /(<c:order [^>]*\/>(?:<c:tx>.*?<\/c:tx>)?)(?:<c:spPr>.*?<\/c:spPr>)?/s;

/**
 * Takes the lines between the points of scatter charts out of the parts of a file. The library that writes has no word for
 * a series without a line, and spreadsheets join points by a curve where nothing is said.
 */
export function unjoin(parts: Record<string, Uint8Array>): void {
  for (const [path, part] of Object.entries(parts)) {
    if (!CHART.test(path)) continue;
    const text = strFromU8(part);
    if (text.includes('<c:scatterChart>'))
      parts[path] = strToU8(text.replace(/<c:ser>.*?<\/c:ser>/gs, unjoined));
  }
}

/** A whole file whose points are not joined. */
export function withUnjoinedPoints(file: Uint8Array): Uint8Array {
  const parts = unzipSync(file);
  unjoin(parts);
  return zipSync(parts, { level: 6 });
}

const unjoined = (series: string) =>
  series.replace(LOOK, `$1${NO_LINE}`).replace('</c:ser>', '<c:smooth val="0"/></c:ser>');
