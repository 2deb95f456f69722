import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { unjoin } from '../../../src/xlsx/points';
import type { Own } from './book';
import { heightForFile, widthForFile } from './write-sheet';

/** What the library that writes has no words for, of one sheet. */
export interface SheetFinish {
  /** Of columns and rows that say nothing themselves, in pixels. */
  readonly width: number;
  readonly height: number;
  /** The selected cells. */
  readonly selected?: string;
}

export const OWN_PART = 'customXml/item1.xml';
const OWN_NAMESPACE = 'urn:gpt2-in-cells:workbench';
const ERROR =
  /(<c [^>]*?)t="str"([^>]*>(?:<f[^>]*>[^<]*<\/f>)<v>)(#NULL!|#DIV\/0!|#VALUE!|#REF!|#NAME\?|#NUM!|#N\/A)(?=<\/v>)/g;
/** Of Excel 2019 and later, which calculate files with a lower one anew as they open them. */
const CALCULATED_BY = '191029';

/**
 * Puts into a written file what its library leaves out: usual sizes, the selection, errors as results of formulas, points
 * without lines between them, and a part of our own, which Excel keeps. It also takes out the order to calculate everything on opening: without the
 * add-in that would put #NAME? in the place of every result.
 */
export function finish(bytes: Uint8Array, sheets: readonly SheetFinish[], own: Own): Uint8Array {
  const parts = unzipSync(bytes);
  const change = (path: string, how: (text: string) => string) => {
    const part = parts[path];
    if (!part) throw new Error(`The file was written without ${path}.`);
    parts[path] = strToU8(how(strFromU8(part)));
  };
  sheets.forEach((sheet, index) => {
    change(`xl/worksheets/sheet${index + 1}.xml`, (text) => finishSheet(text, sheet));
  });
  unjoin(parts);
  change('xl/workbook.xml', (text) => text.replace(/<calcPr[^>]*\/>/, `<calcPr calcId="${CALCULATED_BY}"/>`));
  change('xl/_rels/workbook.xml.rels', (text) =>
    text.replace(
      '</Relationships>',
      '<Relationship Id="rIdWorkbench" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml" ' +
        'Target="../customXml/item1.xml"/></Relationships>',
    ),
  );
  const json = JSON.stringify(own).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  parts[OWN_PART] = strToU8(
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<workbench xmlns="${OWN_NAMESPACE}">${json}</workbench>`,
  );
  return zipSync(parts, { level: 6 });
}

/** Our own part of a file; nothing if there is none, or one that this version does not understand. */
export function ownPart(text: string): Own | undefined {
  const json = new RegExp(`<workbench xmlns="${OWN_NAMESPACE}">([^<]*)</workbench>`).exec(text)?.[1];
  try {
    // Excel may write it down again in its own way.
    const own = json && (JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as Own);
    return own && own.version === 1 ? own : undefined;
  } catch {
    return undefined;
  }
}

function finishSheet(text: string, { width, height, selected }: SheetFinish): string {
  const sized = text.replace(
    /<sheetFormatPr[^>]*\/>/,
    `<sheetFormatPr defaultColWidth="${widthForFile(width)}" defaultRowHeight="${heightForFile(height)}" customHeight="1"/>`,
  );
  const right = sized.replace(ERROR, '$1t="e"$2$3');
  if (!selected) return right;
  const cell = selected.split(':')[0];
  const pane = /<pane [^>]*activePane="(\w+)"/.exec(right)?.[1];
  const selection = `<selection${pane ? ` pane="${pane}"` : ''} activeCell="${cell}" sqref="${selected}"/>`;
  return right
    .replace(/<sheetView ([^>]*?)\/>/, '<sheetView $1></sheetView>')
    .replace('<sheetView ', '<sheetView tabSelected="1" ')
    .replace('</sheetView>', `${selection}</sheetView>`);
}
