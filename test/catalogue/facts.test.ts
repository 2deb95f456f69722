import { beforeAll, describe, expect, it } from 'vitest';
import { functionsJson } from '../../build/metadata.js';
import { settings } from '../../build/settings.js';
import { FACTS, factsOf, mathOf } from '../../src/catalogue/facts';
import { activationNamesOf, formulaOf } from '../../src/catalogue/formula';
import { neighboursOf } from '../../src/catalogue/neighbours';
import { ACTIVATION_NAMES, ACTIVATIONS, sourcesOf } from '../../src/gpt2/activations';

let ids: string[];
beforeAll(async () => {
  ids = (await functionsJson(settings())).json.functions.map(({ id }: { id: string }) => id);
});

describe('the facts', () => {
  it('are there for every formula, and for nothing else', () => {
    expect(Object.keys(FACTS).sort()).toEqual([...ids].sort());
    expect(() => factsOf('LENS')).toThrow('LENS has no entry in src/catalogue/facts.ts.');
  });

  it('name formulas that there are', () => {
    const named = Object.values(FACTS).flatMap(({ from = [], alike = [] }) => [...from, ...alike]);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('say how every formula computes what it shows', () => {
    expect(ids.filter((id) => mathOf(id).length === 0)).toEqual([]);
    expect(mathOf('RESID')).toHaveLength(3);
  });

  it('have the width of the activations that a formula shows', () => {
    for (const id of ids) {
      for (const name of activationNamesOf(id)) {
        // LOGITS turns one row of [T, V] into a column.
        const [rows, columns] = name === 'logits' ? ['V', '1'] : ACTIVATIONS[name].shape.slice(-2);
        expect(factsOf(id).gives, `${id}, ${name}`).toEqual([rows, columns]);
      }
    }
  });
});

describe('the table of activations', () => {
  it('computes each from ones that arise before it', () => {
    for (const [place, name] of ACTIVATION_NAMES.entries()) {
      for (const source of sourcesOf(name))
        expect(ACTIVATION_NAMES.indexOf(source), `${source} → ${name}`).toBeLessThan(place);
    }
  });

  it('names formulas that there are', () => {
    expect(ACTIVATION_NAMES.map(formulaOf).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('neighbours', () => {
  it('see one another', () => {
    for (const id of ids) {
      const { before, after, alike } = neighboursOf(id);
      for (const other of before) expect(neighboursOf(other).after, `${other} → ${id}`).toContain(id);
      for (const other of after) expect(neighboursOf(other).before, `${id} → ${other}`).toContain(id);
      for (const other of alike) expect(neighboursOf(other).alike, `${id} ~ ${other}`).toContain(id);
      expect([...before, ...after, ...alike], id).not.toContain(id);
      expect(before.length + after.length + alike.length, id).toBeGreaterThan(0);
    }
  });

  it('follow the model', () => {
    expect(neighboursOf('ATTN')).toEqual({ before: ['SCORES'], after: ['HEAD'], alike: ['SOFTMAX'] });
    expect(neighboursOf('SCORES').before).toEqual(['QUERY', 'KEY']);
    expect(neighboursOf('HEAD').before).toEqual(['ATTN', 'VALUE']);
    expect(neighboursOf('MLP_OUT').after).toContain('RESID');
  });
});
