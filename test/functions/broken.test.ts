import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { functionsJson } from '../../build/metadata.js';
import { settings } from '../../build/settings.js';

const root = mkdtempSync(join(tmpdir(), 'formulas-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Builds functions.json from one file of formulas. */
function build(source: string) {
  mkdirSync(join(root, 'functions'), { recursive: true });
  writeFileSync(join(root, 'functions', 'text.ts'), source);
  return functionsJson({ ...settings(), root });
}

it('fails the build on any message of the generator', async () => {
  await expect(
    build('/** Says hello.\n * @customfunction HI\n */\nfunction hi(a: Map<string, string>): string {}'),
  ).rejects.toThrow('functions.json cannot be made');
  await expect(build('export const nothing = 1;')).rejects.toThrow('there are no formulas');
});

it('fails the build on a formula without a description', async () => {
  await expect(build('/**\n * @customfunction HI\n */\nfunction hi(): string {}')).rejects.toThrow(
    'HI has no description in its JSDoc.',
  );
});
