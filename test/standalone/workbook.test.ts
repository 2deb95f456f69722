import { beforeAll, describe, expect, it } from 'vitest';
import { ACTIVATION_NAMES, ACTIVATIONS } from '../../src/gpt2/activations';
import { SHAPES } from '../../src/gpt2/shapes';
import { type Standalone, standalone } from '../../src/standalone/workbook';
import { partsOf as addressParts } from '../../src/workbook/address';
import { xlsxOf } from '../../src/xlsx/book';
import { parseFormula } from '../support/formula';
import { embeddedModel, embeddedTokenizer, randomModel, smallConfig } from '../support/models';
import { sourceOf } from '../support/standalone';
import { partsOfFile } from '../support/zip';

/** What Excel 2010, Excel on the web and LibreOffice 7.4 all have and calculate alike. */
const EVERYWHERE = new Set(
  (
    'AND AVERAGE CHAR CHOOSE COUNT COUNTA COUNTIF EXP FIND IF IFERROR INDEX INT LARGE LEN LOOKUP MATCH MAX MID MIN MMULT ' +
    'MOD OR PI REPT ROUND SMALL SQRT SUM SUMPRODUCT TANH TRANSPOSE VARP'
  ).split(' '),
);
/** Since Excel 2013; where they are missing, formulas that ask for them fall back on a sentence. */
const WITH_FALLBACK = new Set(['_xlfn.UNICODE', '_xlfn.UNICHAR']);
const LIMIT = 15e6;

const { name, folder } = embeddedModel();
const tokenizer = embeddedTokenizer();

describe('the workbook of the embedded model', () => {
  let workbook: Standalone;
  let bytes: Uint8Array;
  let parts: Map<string, string>;

  beforeAll(async () => {
    workbook = standalone(sourceOf(name, folder, tokenizer));
    bytes = await xlsxOf(workbook.sheets, { title: name });
    parts = partsOfFile(bytes);
  }, 300_000);

  it('is a file under 15 MB whose parts are all there', () => {
    console.log(`${name}: ${(bytes.length / 1e6).toFixed(2)} MB, ${workbook.sheets.length} sheets`);
    expect(bytes.length).toBeLessThan(LIMIT);
    expect([...parts.keys()].filter((part) => part.startsWith('xl/worksheets/sheet'))).toHaveLength(
      workbook.sheets.length,
    );
    expect(parts.get('xl/workbook.xml')).toContain('fullCalcOnLoad="1"');
    for (const [part, xml] of parts) expect(balanced(xml), part).toBe(true);
  });

  it('has only formulas that parse, of functions that every spreadsheet has, over cells that are there', () => {
    const sheets = new Set(workbook.sheets.map((sheet) => sheet.name));
    const used = new Map<string, number>();
    let formulas = 0;
    for (const [part, xml] of parts) {
      if (!part.startsWith('xl/worksheets/sheet')) continue;
      for (const [, formula = ''] of xml.matchAll(/<f[^>]*>([^<]*)<\/f>/g)) {
        formulas++;
        const { functions, cells } = parseFormula(unescaped(formula));
        for (const called of functions) used.set(called, (used.get(called) ?? 0) + 1);
        for (const cell of cells) {
          const { sheet } = addressParts(cell);
          if (sheet && !sheets.has(sheet)) throw new Error(`${formula} refers to a sheet that is not there.`);
        }
      }
    }
    console.log(`${formulas} formulas of ${used.size} functions: ${[...used.keys()].sort().join(' ')}`);
    expect(
      [...used.keys()].filter((called) => !EVERYWHERE.has(called) && !WITH_FALLBACK.has(called)),
    ).toEqual([]);
    expect(formulas).toBeGreaterThan(20_000);
  });

  it('has a place for every activation of the table, as large as the room', () => {
    const { n_layer, n_head, n_embd, n_inner, vocab_size } = sourceOf(name, folder).model.config;
    const widths = {
      T: 32,
      H: n_head,
      V: vocab_size,
      d_model: n_embd,
      d_head: n_embd / n_head,
      d_mlp: n_inner,
    };
    for (const activation of ACTIVATION_NAMES) {
      const { per, shape } = ACTIVATIONS[activation];
      const heads = (shape as readonly string[]).includes('H') ? n_head : 1;
      const width = heads * widths[shape.at(-1) as keyof typeof widths];
      for (const layer of per === 'layer' ? Array.from({ length: n_layer }, (_, at) => at) : [undefined]) {
        const place = workbook.activations.get(layer === undefined ? activation : `${activation}.${layer}`);
        expect(place, activation).toMatchObject(
          activation === 'logits' ? { rows: width, columns: 32 } : { rows: 32, columns: width },
        );
      }
    }
  });

  it('puts no cell over another, and explains and links every sheet', () => {
    for (const sheet of workbook.sheets) {
      const seen = new Set<string>();
      for (const { at } of sheet.cells) {
        if (seen.has(at)) throw new Error(`Two cells lie at ${sheet.name}!${at}.`);
        seen.add(at);
      }
      expect(
        sheet.cells.some(({ look }) => look === 'title'),
        sheet.name,
      ).toBe(true);
      expect(
        sheet.cells.some(({ look }) => look === 'lead'),
        sheet.name,
      ).toBe(true);
      expect(sheet.cells.filter(({ link }) => link).length, sheet.name).toBeGreaterThan(0);
      for (const { link } of sheet.cells) {
        if (!link) continue;
        const { sheet: to } = addressParts(link);
        expect(
          workbook.sheets.map((other) => other.name),
          link,
        ).toContain(to);
      }
    }
  });
});

describe('a model that is refused', () => {
  it('names its sizes and the limit', () => {
    const model = {
      config: SHAPES.gpt2,
      weights: { tied: true, names: [], get: () => new Float32Array() },
    };
    expect(() => standalone({ name: 'gpt2', model })).toThrow(
      /^gpt2 has 135,853,856 numbers to put into cells, .* at most 1,400,000, about 15 MB\. Its weights alone are too many\.$/,
    );
  });

  it.each([0, 1.5, 17])('has no room for %s tokens', (room) => {
    const model = randomModel(smallConfig({ n_positions: 16 }), 1);
    expect(() => standalone({ name: 'small', model }, { room, prompt: [0] })).toThrow(
      `The room is ${room} tokens: 1 to 16 are allowed`,
    );
  });

  it('takes no first prompt that is too long', () => {
    const model = randomModel(smallConfig({ n_positions: 16 }), 1);
    expect(() => standalone({ name: 'small', model }, { room: 2, prompt: [0, 1, 2] })).toThrow(
      'The first prompt does not fit: The prompt has 3 tokens; this workbook has room for 2.',
    );
  });
});

const unescaped = (xml: string) =>
  xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Whether every element that an XML text opens is closed in turn. */
function balanced(xml: string): boolean {
  const open: string[] = [];
  for (const [, close, tag, alone] of xml.matchAll(
    /<(\/?)([A-Za-z][\w:.-]*)(?:"[^"]*"|'[^']*'|[^<>"'])*?(\/?)>/g,
  )) {
    if (close) {
      if (open.pop() !== tag) return false;
    } else if (!alone) open.push(tag as string);
  }
  return open.length === 0;
}
