import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './settings.js';

/**
 * Runs one of the command lines of `src/cli`: bundles it into one file that Node can run, and gives it the arguments, the
 * folder that it was called from, and somewhere to print. The bundle lies in node_modules, where Node finds libraries from it.
 *
 * @param {string} name of the file in src/cli that exports `main`
 */
export async function command(name) {
  const bundle = resolve(root, `node_modules/.cache/gpt2-in-cells/${name}.mjs`);
  mkdirSync(resolve(bundle, '..'), { recursive: true });
  await build({
    entryPoints: [resolve(root, `src/cli/${name}.ts`)],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });

  const terminal = process.stdout.isTTY;
  const clear = () => terminal && process.stdout.write('\r\x1b[K');
  const { main } = await import(pathToFileURL(bundle).href);
  // npm runs scripts in the project's folder; INIT_CWD is where it was called, from which people give paths.
  process.exitCode = await main(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd(), {
    log(text) {
      clear();
      console.log(text);
    },
    error(text) {
      clear();
      console.error(text);
    },
    status(text) {
      if (!terminal) return;
      clear();
      process.stdout.write(text.slice(0, (process.stdout.columns || 80) - 1));
    },
  });
}
