import { describe, expect, it } from 'vitest';
import { fits, likeliest } from '../../src/sheet/names';

describe('a pattern', () => {
  it.each([
    ['wte.weight', '*', true],
    ['wte.weight', 'wte.weight', true],
    ['wte.weight', 'wte', false],
    ['wte.weight', '*.weight', true],
    ['wte.weight', 'w?e.*', true],
    ['h.0.ln_1.weight', 'h.0.*', true],
    ['h.10.ln_1.weight', 'h.?.*', false],
    ['h.10.ln_1.weight', 'h.*.ln_?.weight', true],
    ['h.0.attn.c_attn.bias', '*attn*attn*bias', true],
    ['h.0.attn.c_attn.bias', '*attn*attn*attn*', false],
    ['wte.weight', 'WTE.*', true],
    ['wtexweight', 'wte.weight', false],
    ['wte.weight', '', false],
    ['', '*', true],
    ['', '?', false],
    ['abc', 'abc?', false],
    ['abc', '***', true],
    ['a+b', 'a+b', true],
  ])('%j fits %j: %j', (name, pattern, expected) => {
    expect(fits(name, pattern)).toBe(expected);
  });

  it('does not take forever, whatever it is', () => {
    const before = performance.now();
    expect(fits('h.0.attn.c_attn.weight', `${'*a'.repeat(10_000)}b`)).toBe(false);
    expect(fits('a'.repeat(1000), `${'*a'.repeat(500)}b`)).toBe(false);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

describe('a name nobody has', () => {
  const names = ['wte.weight', 'wpe.weight', 'h.0.attn.c_attn.weight', 'h.0.attn.c_attn.bias', 'ln_f.bias'];
  it('is answered with those most like it', () => {
    expect(likeliest('wte.weights', names, 2)).toEqual(['wte.weight', 'wpe.weight']);
    expect(likeliest('H.0.ATTN.C_ATTN.BIA', names, 1)).toEqual(['h.0.attn.c_attn.bias']);
  });
  it('may be as long as a cell', () => {
    expect(likeliest('x'.repeat(32_767), names, 3)).toHaveLength(3);
  });
});
