import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Which folders a folder may import from, besides itself and libraries; `types:` allows types only. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'src/gpt2': [],
  'src/algebra': ['src/gpt2'],
  'src/engine': ['src/gpt2', 'src/end.ts', 'src/in-time.ts'],
  'src/models': ['src/gpt2'],
  'src/rpc': ['src/gpt2', 'src/end.ts', 'types:src/algebra', 'types:src/engine', 'types:src/models'],
  'src/sheet': ['src/gpt2', 'src/decimals.ts', 'types:src/algebra'],
  'src/verify': ['src/gpt2', 'types:src/engine'],
  'src/cli': ['src/gpt2', 'src/engine', 'src/verify', 'src/standalone', 'src/xlsx'],
  'src/workbook': ['src/gpt2', 'src/namespace.ts'],
  'src/xlsx': ['src/gpt2', 'src/workbook', 'src/decimals.ts'],
  'src/standalone': ['src/gpt2', 'src/workbook'],
  'src/catalogue': ['src/gpt2', 'src/namespace.ts'],
  'src/lessons': ['src/gpt2', 'src/workbook', 'src/namespace.ts'],
  'src/layout': ['src/gpt2', 'src/workbook', 'src/namespace.ts'],
  'src/host': ['src/workbook', 'src/decimals.ts', 'src/in-time.ts'],
  'src/trace': [
    'src/gpt2',
    'src/sheet',
    'src/workbook',
    'src/decimals.ts',
    'src/namespace.ts',
    'types:src/algebra',
    'types:src/engine',
    'types:src/rpc',
  ],
  'src/worker': ['src/gpt2', 'src/algebra', 'src/engine', 'src/models', 'src/rpc', 'src/in-time.ts'],
  functions: ['src/gpt2', 'src/algebra', 'src/sheet', 'src/rpc', 'src/decimals.ts', 'types:src/engine'],
  taskpane: ['src'],
  // Runs in a worker, too: nothing of the grid but what needs no Univer.
  'workbench/file/xlsx': [
    'src/workbook',
    'src/namespace.ts',
    'src/xlsx/points.ts',
    'workbench/grid/fonts.ts',
    'types:workbench/grid',
  ],
  'workbench/file/keep': ['src/in-time.ts', 'types:workbench/file/xlsx'],
  'workbench/file/menu': ['workbench/file/strings.ts', 'types:workbench/file/keep'],
  workbench: ['src'],
  'build/docs': ['src', 'functions'],
  bench: ['src'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

const sources = ['src', 'functions', 'taskpane', 'workbench', 'build/docs', 'bench'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => join(folder, name)),
);

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Imports of one source file; those of libraries under their own names. */
function importsOf(from: string): Import[] {
  const text = readFileSync(join(ROOT, from), 'utf8');
  const statement =
    /(?:^|\n)(import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\((?:\/\*.*?\*\/ )?'([^']+)'\)|^import '([^']+)'/gm;
  return [...text.matchAll(statement)].map(([, , type, named, dynamic, bare]) => {
    const specifier = (named ?? dynamic ?? bare) as string;
    if (!specifier.startsWith('.')) return { from, to: specifier, typesOnly: Boolean(type) };
    const path = resolve(ROOT, dirname(from), specifier);
    const file = [path, `${path}.ts`, join(path, 'index.ts')].find(isFile) ?? path;
    return { from, to: relative(ROOT, file), typesOnly: Boolean(type) };
  });
}

const imports = sources.flatMap(importsOf);
const folderOf = (file: string) => Object.keys(MAY_IMPORT).find((folder) => file.startsWith(`${folder}/`));
const within = (file: string, place: string) => file === place || file.startsWith(`${place}/`);

describe('the arrows between folders', () => {
  it('reads the imports it is meant to check', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(100);
  });

  it('point one way', () => {
    const against = imports.filter(({ from, to, typesOnly }) => {
      const folder = folderOf(from);
      const local = sources.includes(to);
      if (!folder || !local || within(to, folder)) return false;
      return !(MAY_IMPORT[folder] as string[]).some(
        (allowed) =>
          within(to, allowed.replace('types:', '')) && (typesOnly || !allowed.startsWith('types:')),
      );
    });
    expect(against.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('make no cycles', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, typesOnly } of imports) {
      if (!typesOnly) next.set(from, [...(next.get(from) ?? []), to]);
    }
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      expect(path, 'a cycle of imports').not.toContain(file);
      if (done.has(file)) return;
      for (const to of next.get(file) ?? []) visit(to, [...path, file]);
      done.add(file);
    };
    for (const file of sources) visit(file, []);
  });

  it('lead to onnxruntime-web from the engine alone, and from the bench that measures it', () => {
    const users = imports
      .filter(({ to }) => to.startsWith('onnxruntime-web'))
      .map(({ from }) => folderOf(from));
    expect(new Set(users)).toEqual(new Set(['src/engine', 'bench']));
  });

  it('lead from files to nothing of Univer but its types', () => {
    const code = imports.filter(
      ({ from, to, typesOnly }) =>
        within(from, 'workbench/file/xlsx') && to.startsWith('@univerjs/') && !typesOnly,
    );
    expect(code).toEqual([]);
  });

  it('lead from src/gpt2 to nothing outside it', () => {
    const outside = imports.filter(({ from, to }) => within(from, 'src/gpt2') && !within(to, 'src/gpt2'));
    expect(outside).toEqual([]);
  });
});
