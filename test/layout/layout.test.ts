import { describe, expect, it } from 'vitest';
import { SHAPES } from '../../src/gpt2/shapes';
import { type Choice, usualChoice } from '../../src/layout/choice';
import { extentOf } from '../../src/layout/extent';
import { laidOut, layoutOf } from '../../src/layout/layout';
import { NAMESPACE } from '../../src/namespace';
import { type Area, addressOfArea, area, overlap, partsOf, sizeOf } from '../../src/workbook/address';
import { looks } from '../../src/workbook/looks';
import type { Sheet } from '../../src/workbook/sheet';
import { smallConfig } from '../support/models';

const small = smallConfig();
const { gpt2, 'gpt2-xl': xl } = SHAPES;

const cases = [
  ['everything of a small model', small, usualChoice(small, 5)],
  ['a part of a small model', small, { room: 5, layers: [1], heads: [0, 2], columns: 10 }],
  ['a small model without a block', small, { room: 1, layers: [], heads: [], columns: 1 }],
  ['a block without its heads', small, { room: 3, layers: [0], heads: [], columns: 96 }],
  ['the usual part of GPT-2', gpt2, usualChoice(gpt2, 5)],
  ['much of GPT-2', gpt2, { room: 40, layers: [0, 5, 11], heads: [0, 3, 11], columns: 200 }],
  ['every head of a block of GPT-2 XL', xl, { room: 9, layers: [47], heads: all(25), columns: 100 }],
] as const satisfies readonly (readonly [string, typeof small, Choice])[];

function all(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** The functions of the add-in and those native ones that Excel and the workbench both have. */
const OURS = [
  ...['TOKENS', 'IDS', 'WEIGHT', 'GELU', 'TOP', 'NEXT'],
  ...[
    'EMBED',
    'POSITION',
    'LAYERNORM',
    'QUERY',
    'KEY',
    'VALUE',
    'SCORES',
    'ATTN',
    'HEAD',
    'RESULT',
    'ATTN_OUT',
  ],
  ...['MLP_PRE', 'MLP_POST', 'MLP_OUT', 'BLOCK', 'FINAL'],
];
const NATIVE = [
  'IF',
  'IFERROR',
  'ISERROR',
  'ISNUMBER',
  'NA',
  'COUNT',
  'ROWS',
  'REPT',
  'ROUND',
  'SQRT',
  'EXP',
].concat(['TAKE', 'EXPAND', 'HSTACK', 'SEQUENCE', 'TRANSPOSE', 'MMULT']);

const formulasOf = ({ cells }: Sheet) =>
  cells.flatMap(({ at, content }) => (`${content}`.startsWith('=') ? [{ at, formula: `${content}` }] : []));
const withoutTexts = (formula: string) => formula.replace(/"[^"]*"/g, '""');

/** Every reference of a formula to cells, with the sheet that it is to. */
function referencesOf(formula: string, sheet: string): { sheet: string; area: Area }[] {
  const references = withoutTexts(formula).matchAll(
    /((?:'(?:[^']|'')*'|[A-Za-z]\w*)!)?(\$?[A-Z]{1,3}\$?[1-9]\d*(?::\$?[A-Z]{1,3}\$?[1-9]\d*)?)(?![\w(.!])/g,
  );
  return [...references].map(([, named, cells = '']) => ({
    sheet: named ? (partsOf(`${named}A1`).sheet as string) : sheet,
    area: area(cells.replaceAll('$', '')),
  }));
}

describe.each(cases)('%s', (_, config, choice) => {
  const subject = { config, name: 'a model', prompt: 'Once' };
  const layout = laidOut(subject, choice);
  const { sheets, tables } = layout;
  const yellowOf = (name: string) => tables.filter(({ sheet }) => sheet === name).map(({ yellow }) => yellow);
  const areasOf = new Map(
    sheets.map((sheet) => [
      sheet,
      [
        ...sheet.cells.map(({ at, spillsTo, mergedTo }) => area(`${at}:${spillsTo ?? mergedTo ?? at}`)),
        ...yellowOf(sheet.name),
      ],
    ]),
  );
  const filled = (sheet: Sheet): Area[] => areasOf.get(sheet) ?? [];
  /** Whether a range is the yellow cells of some heads side by side, with nothing else in it. */
  const isYellow = (reference: { sheet: string; area: Area }) => {
    const there = sheets.find(({ name }) => name === reference.sheet) as Sheet;
    const within = filled(there).filter((each) => overlap(each, reference.area));
    const yellow = yellowOf(reference.sheet).filter((each) => within.includes(each));
    const { top, bottom, left, right } = reference.area;
    return (
      yellow.length > 1 &&
      yellow.length === within.length &&
      yellow.every((each) => each.top === top && each.bottom === bottom) &&
      Math.min(...yellow.map((each) => each.left)) === left &&
      Math.max(...yellow.map((each) => each.right)) === right
    );
  };

  it('has sheets with names that every spreadsheet takes, and no two alike', () => {
    const names = sheets.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name.length).toBeLessThanOrEqual(31);
      expect(name).toMatch(/^[^[\]:*?/\\']+$/);
    }
  });

  it('leaves every formula its room, and nothing lies in yellow cells', () => {
    for (const sheet of sheets) {
      const areas = filled(sheet);
      const collisions = areas.flatMap((one, i) =>
        areas
          .slice(i + 1)
          .flatMap((other) =>
            overlap(one, other) ? [`${sheet.name}: ${addressOfArea(one)} ${addressOfArea(other)}`] : [],
          ),
      );
      expect(collisions).toEqual([]);
    }
  });

  it('refers to cells that hold something, on sheets that are there', () => {
    let seen = 0;
    for (const sheet of sheets) {
      for (const { at, formula } of formulasOf(sheet)) {
        for (const reference of referencesOf(formula, sheet.name)) {
          const there = sheets.find(({ name }) => name === reference.sheet);
          expect(there, `${sheet.name}!${at}: ${formula}`).toBeDefined();
          // All of a range lies within what one formula fills, or what is there to be typed into.
          const whole = filled(there as Sheet).some(
            ({ top, left, bottom, right }) =>
              top <= reference.area.top &&
              left <= reference.area.left &&
              bottom >= reference.area.bottom &&
              right >= reference.area.right,
          );
          const known = whole || isTop(layout.top, reference) || isYellow(reference);
          expect(known, `${sheet.name}!${at}: ${formula}`).toBe(true);
          seen++;
        }
      }
    }
    expect(seen).toBeGreaterThan(30);
  });

  it('leads with every link to a cell that holds something', () => {
    const links = sheets.flatMap((sheet) => sheet.cells.flatMap(({ link }) => (link ? [link] : [])));
    for (const link of links) {
      const { sheet, cells } = partsOf(link);
      const there = sheets.find(({ name }) => name === sheet);
      expect(there, link).toBeDefined();
      if (cells !== 'A1')
        expect(
          there?.cells.map(({ at }) => at),
          link,
        ).toContain(cells);
    }
    // Every table that begins a band is on the map.
    expect(links.length).toBeGreaterThan(tables.filter(({ head = 0 }) => head === 0).length);
  });

  it('uses functions that exist', () => {
    const known = new Set([...NATIVE, ...OURS.map((name) => `${NAMESPACE}.${name}`)]);
    for (const sheet of sheets) {
      for (const { formula } of formulasOf(sheet)) {
        for (const [, name] of withoutTexts(formula).matchAll(/([A-Z][A-Z0-9_.]*)\(/g)) {
          expect(known).toContain(name);
        }
        expect(formula.length).toBeLessThanOrEqual(8192); // as long as Excel takes one
      }
    }
  });

  it('has a look for everything it shows', () => {
    for (const sheet of sheets) {
      for (const { look } of [...sheet.cells, ...sheet.areas]) if (look) expect(looks).toHaveProperty(look);
    }
  });

  it('goes by the names that its sheets really get', () => {
    const book = layoutOf(subject, choice)((wish) => `${wish} (2)`);
    const names = book.map(({ name }) => name);
    expect(names).toEqual(sheets.map(({ name }) => `${name} (2)`));
    for (const sheet of book) {
      for (const { formula } of formulasOf(sheet)) {
        for (const reference of referencesOf(formula, sheet.name)) expect(names).toContain(reference.sheet);
      }
      for (const { link } of sheet.cells) if (link) expect(names).toContain(partsOf(link).sheet);
    }
  });

  it('counts what it inserts', () => {
    const extent = extentOf(layout);
    expect(extent.sheets).toBe(sheets.length);
    expect(extent.formulas).toBe(sheets.flatMap(formulasOf).length);
    const filledBy = sheets
      .flatMap(filled)
      .reduce((sum, each) => sum + sizeOf(each).rows * sizeOf(each).columns, 0);
    const yellow = tables.reduce((sum, { yellow }) => sum + sizeOf(yellow).rows * sizeOf(yellow).columns, 0);
    expect(extent.overwritable).toBe(yellow);
    // The prompt's cell is merged over three more.
    expect(extent.cells).toBeGreaterThanOrEqual(filledBy - yellow - 20);
    expect(extent.cells).toBeLessThanOrEqual(filledBy - yellow);
  });
});

/** The list of the likeliest tokens, which the map repeats as a whole. */
function isTop(top: string, reference: { sheet: string; area: Area }): boolean {
  return top === `${reference.sheet}!${addressOfArea(reference.area)}`;
}
