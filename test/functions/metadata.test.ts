import { describe, expect, it } from 'vitest';
import { functionsJson } from '../../build/metadata.js';
import { settings } from '../../build/settings.js';
import { formulas } from '../../functions/index';

describe('functions.json', () => {
  it('lists exactly the formulas that functions.js registers', async () => {
    const { json, ids } = await functionsJson(settings());
    expect(ids.sort()).toEqual(Object.keys(formulas).sort());
    expect(json.functions.map(({ id }: { id: string }) => id).sort()).toEqual(ids);
  });

  it('describes every formula, parameter and result, in no more than the wizard shows', async () => {
    const { json } = await functionsJson(settings());
    for (const formula of json.functions) {
      expect(formula.description.length, formula.id).toBeLessThanOrEqual(255);
      for (const parameter of formula.parameters) {
        expect(parameter.description, `${formula.id} ${parameter.name}`).toBeTruthy();
      }
      // A streaming function is told that its cell is gone without being cancelable.
      const { cancelable, stream } = formula.options;
      expect([cancelable, stream].filter(Boolean), formula.id).toEqual([true]);
      expect(formula.options.volatile).toBeUndefined();
    }
  });

  it('follows the namespace and the host', async () => {
    const { json } = await functionsJson(settings({ namespace: 'GPTWO', host: 'https://example.org/a' }));
    expect(JSON.stringify(json)).not.toContain('GPT2.');
    expect(json.functions[0].helpUrl).toMatch(/^https:\/\/example\.org\/a\/docs\/\w+\.html$/);
  });
});
