import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './settings.js';

const ENGINE = 'src/engine/backends';
const START = 'memory/start-ort.mjs';

/**
 * Bundles a TypeScript program into one file that Node can run, and loads it.
 *
 * @param {string} entry from the project's folder, such as `src/cli/verify.ts`
 * @param {string} outfile from the project's folder; it lies where Node finds the libraries that the program needs
 * @returns {Promise<Record<string, any>>} what the program exports
 */
export async function nodeBundle(entry, outfile) {
  const file = resolve(root, outfile);
  // What starts ONNX Runtime for the engine is no part of a bundle, and is looked for beside it.
  cpSync(resolve(root, ENGINE, START), resolve(file, '..', START));
  await build({
    entryPoints: [resolve(root, entry)],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  return import(pathToFileURL(file).href);
}
