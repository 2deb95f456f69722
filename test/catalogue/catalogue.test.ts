import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionsJson } from '../../build/metadata.js';
import { settings } from '../../build/settings.js';
import { exampleOf, grouped, isCatalogued } from '../../src/catalogue/catalogue';
import type { FormulaInfo } from '../../src/catalogue/formula';
import { groups } from '../../src/catalogue/strings';

const FUNCTIONS = resolve(import.meta.dirname, '../../functions');

/** The examples in the JSDoc of functions/, by formula. */
const documented = new Map(
  readdirSync(FUNCTIONS)
    .map((file) => readFileSync(join(FUNCTIONS, file), 'utf8'))
    .flatMap((source) => [...source.matchAll(/@customfunction (\w+)[\s\S]*?@example (=.*)/g)])
    .map(([, id = '', example = '']) => [id, example]),
);

let formulas: FormulaInfo[];
beforeAll(async () => {
  formulas = (await functionsJson(settings())).json.functions;
});

const unknown: FormulaInfo = {
  id: 'LENS',
  name: 'LENS',
  description: '',
  parameters: [{ name: 'input' }, { name: 'layer' }, { name: 'k' }, { name: 'seed', optional: true }],
};

describe('the catalogue', () => {
  it('has a place for every formula', () => {
    expect(formulas.map(({ id }) => id).filter((id) => !isCatalogued(id))).toEqual([]);
  });

  it('loses no formula and lists none twice', () => {
    const listed = grouped(formulas).flatMap((group) => group.formulas.map(({ id }) => id));
    expect(listed.sort()).toEqual(formulas.map(({ id }) => id).sort());
  });

  it('puts what it does not know under "Other", at the end', () => {
    const listed = grouped([unknown, ...formulas]);
    expect(listed.at(-1)).toEqual({ title: groups.other, formulas: [unknown] });
  });

  it('shows no empty group', () => {
    expect(grouped([])).toEqual([]);
  });
});

describe('an example', () => {
  it('is the one in the JSDoc', () => {
    expect(documented.size).toBeGreaterThan(0);
    const differing = formulas
      .filter(({ id }) => documented.has(id) && documented.get(id) !== exampleOf(formula(id)))
      .map(({ id }) => `${exampleOf(formula(id))} in the pane, ${documented.get(id)} in the JSDoc`);
    expect(differing).toEqual([]);
  });

  it('points at no cell, so that it works anywhere', () => {
    for (const formula of formulas) {
      expect(exampleOf(formula).replace(/"[^"]*"|GPT2\./g, '')).not.toMatch(/\b[A-Z]{1,3}\d+\b/);
    }
  });

  it('of a formula without one fills in what the formula requires', () => {
    expect(exampleOf(unknown)).toBe('=GPT2.LENS("Mike is quick. He moves", 0, 1)');
  });
});

const formula = (id: string) => formulas.find((one) => one.id === id) as FormulaInfo;
