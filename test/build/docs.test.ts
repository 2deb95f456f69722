import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CustomEnum } from '../../build/docs/metadata';
import { EMBEDDED as BUILT_WITH, docs } from '../../build/docs.js';
import { functionsJson } from '../../build/metadata.js';
import { settings } from '../../build/settings.js';
import { exampleOf } from '../../src/catalogue/catalogue';
import { mathOf } from '../../src/catalogue/facts';
import { activationNamesOf, argumentsOf, type FormulaInfo } from '../../src/catalogue/formula';
import { neighboursOf } from '../../src/catalogue/neighbours';
import { DOCS, pageOf, TROUBLE } from '../../src/catalogue/pages';
import { ACTIVATIONS } from '../../src/gpt2/activations';
import { EMBEDDED } from '../../src/models/embedded';
import { DIST, docsPages, sectionOf, textOf } from '../support/docs';

const { functions, enums } = JSON.parse(readFileSync(join(DIST, 'functions.json'), 'utf8')) as {
  functions: (FormulaInfo & { helpUrl: string })[];
  enums: CustomEnum[];
};
const pages = docsPages();
const page = (id: string) => pages.get(`${id}.html`) ?? '';

describe('the documentation', () => {
  it('has a page for every formula, one for all, one for trouble, and no other', () => {
    const wanted = [...functions.map(({ id }) => pageOf(id)), DOCS, TROUBLE].sort();
    expect([...pages.keys()].map((name) => `docs/${name}`).sort()).toEqual(wanted);
  });

  it('lists every formula once, with its page', () => {
    const index = (pages.get('index.html') ?? '').split('<main')[1] ?? '';
    for (const info of functions) {
      expect(index.split(`href="${info.id}.html"`), info.id).toHaveLength(2);
      expect(textOf(index)).toContain(`${info.name.replace(/^/, 'GPT2.')} ${argumentsOf(info)}`);
    }
  });

  it('is where functions.json says', () => {
    for (const { id, helpUrl } of functions) {
      expect(helpUrl).toBe(`${settings().host}${pageOf(id)}`);
      expect(existsSync(join(DIST, pageOf(id)))).toBe(true);
    }
  });

  it('is computed with the model that comes with the add-in', () => {
    expect(BUILT_WITH).toBe(EMBEDDED.name);
    expect(EMBEDDED.path.endsWith(`/${BUILT_WITH}`)).toBe(true);
  });
});

describe("a formula's page", () => {
  it.each(functions.map((info) => [info.id, info] as const))('says everything about %s', (id, info) => {
    const html = page(id);
    const text = textOf(html);
    expect(text).toContain(`GPT2.${id}${argumentsOf(info)}`);
    expect(text).toContain(`${id} · GPT-2 in cells`);
    expect(text.replace(/ (?=[,.;:)])/g, '')).toContain(info.description.replace(/ (?=[,.;:)])/g, ''));
    for (const line of mathOf(id)) expect(textOf(sectionOf(html, 'math'))).toContain(line);
    for (const name of activationNamesOf(id)) {
      const { about, shape, weights } = ACTIVATIONS[name];
      for (const fact of [name, about, shape.join(' × '), ...weights]) {
        expect(textOf(sectionOf(html, 'gives'))).toContain(fact);
      }
    }
    const parameters = textOf(sectionOf(html, 'parameters'));
    for (const { name, description = '', optional, customEnumId } of info.parameters) {
      expect(parameters).toContain(`${name} ${optional ? 'optional' : 'required'}`);
      expect(parameters.replace(/ (?=[,.;:)])/g, '')).toContain(description);
      for (const { stringValue, tooltip } of enums.find((one) => one.id === customEnumId)?.values ?? []) {
        expect(parameters).toContain(`"${stringValue}" ${tooltip}`);
      }
    }
    expect(textOf(sectionOf(html, 'example'))).toContain(exampleOf(info));
    const { before, after, alike } = neighboursOf(id);
    for (const other of [...before, ...after, ...alike]) {
      expect(sectionOf(html, 'neighbours')).toContain(`href="${other}.html"`);
    }
  });

  it('shows at least one refusal for every parameter that can be wrong', () => {
    for (const { id, parameters } of functions) {
      const errors = textOf(sectionOf(page(id), 'errors'));
      for (const { name } of parameters)
        expect(errors, `${id}, ${name}`).toMatch(new RegExp(`\\b${name} (is|holds)\\b`));
    }
  });
});

it("names the same words in a list, which Excel offers, and in the formula's own refusal", () => {
  const listed = functions.flatMap(({ id, parameters }) =>
    parameters.flatMap(({ name, customEnumId }) => (customEnumId ? [{ id, name, customEnumId }] : [])),
  );
  expect(listed.map(({ id, name }) => `${id} ${name}`).sort()).toEqual([
    'CONFIG key',
    'LAYERNORM which',
    'RESID point',
  ]);
  for (const { id, name, customEnumId } of listed) {
    const words = enums
      .find((one) => one.id === customEnumId)
      ?.values.map(({ stringValue }) => `"${stringValue}"`);
    expect(textOf(sectionOf(page(id), 'errors'))).toContain(`${name} is "x": give ${words?.join(' or ')}.`);
  }
});

it('follows the namespace everywhere, in examples and messages too', async () => {
  const chosen = settings({ namespace: 'GPT_2' });
  const files = await docs((await functionsJson(chosen)).json, chosen);
  expect(Object.keys(files).sort()).toEqual([...pages.keys()].sort());
  for (const [name, html] of Object.entries(files)) expect(html, name).not.toMatch(/GPT2\b/);
  expect(files['TEXT.html']).toContain('=GPT_2.TEXT(GPT_2.IDS(');
});

it('fails the build when an example does not work', async () => {
  const { json } = await functionsJson(settings());
  const without = json.functions.filter(({ id }: FormulaInfo) => id !== 'IDS');
  await expect(docs({ ...json, functions: without }, settings())).rejects.toThrow('There is no formula IDS.');
});
