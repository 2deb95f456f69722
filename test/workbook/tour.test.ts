import { expect, it } from 'vitest';
import { NAMESPACE } from '../../src/namespace';
import { area, overlap } from '../../src/workbook/address';
import { looks } from '../../src/workbook/looks';
import { tour } from '../../src/workbook/tour';

/** The functions of the add-in and those native ones that Excel and the workbench both have. */
const OURS = [
  'TOKENS',
  'IDS',
  'TEXT',
  'EMBED',
  'POSITION',
  'RESID',
  'ATTN',
  'LOGITS',
  'PROBS',
  'TOP',
  'NEXT',
];
const NATIVE = ['ROWS', 'IF', 'SEQUENCE', 'TRANSPOSE', 'REPT', 'ROUND'];

const formulas = tour.cells.flatMap(({ content }) =>
  typeof content === 'string' && content.startsWith('=') ? [content] : [],
);

it('uses functions that exist', () => {
  const used = formulas.flatMap((formula) =>
    [...formula.matchAll(/([A-Z][A-Z0-9_.]*)\(/g)].map(([, name]) => name),
  );
  const known = [...NATIVE, ...OURS.map((name) => `${NAMESPACE}.${name}`)];
  expect(used.filter((name) => !known.includes(name as string))).toEqual([]);
});

it('refers to names that exist', () => {
  const words = formulas.flatMap((formula) => formula.replace(/"[^"]*"/g, '').match(/\b[a-z]+\b/g) ?? []);
  expect(new Set(words)).toEqual(new Set(Object.keys(tour.names)));
});

it('leaves every formula the room that it may need', () => {
  const taken = tour.cells.map(({ at, mergedTo, spillsTo }) => ({
    at,
    area: area(`${at}:${spillsTo ?? mergedTo ?? at}`),
  }));
  const collisions = taken.flatMap((one, index) =>
    taken
      .slice(index + 1)
      .flatMap((other) => (overlap(one.area, other.area) ? [`${one.at} ${other.at}`] : [])),
  );
  expect(collisions).toEqual([]);
});

it('says where every formula that gives several cells may spill', () => {
  const several = tour.cells.filter(({ content }) =>
    /^=(TRANSPOSE|SEQUENCE|\w+\.(?!NEXT))/.test(`${content}`),
  );
  expect(several.length).toBeGreaterThan(5);
  expect(several.filter(({ spillsTo }) => !spillsTo)).toEqual([]);
});

it('has a look for everything it shows', () => {
  const named = [...tour.cells.flatMap(({ look }) => look ?? []), ...tour.areas.map(({ look }) => look)];
  expect(named.filter((look) => !looks[look])).toEqual([]);
});
