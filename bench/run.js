import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../build/settings.js';

/** The bench in one file that Node can run. It lies where Node finds the bench's own packages from it. */
const modules = resolve(root, 'bench/node_modules');
const bundle = resolve(modules, '.cache/bench.mjs');

if (!existsSync(modules)) {
  console.error('What the bench measures against is not installed. Once:\n\n  npm ci --prefix bench\n');
  process.exit(2);
}
mkdirSync(resolve(bundle, '..'), { recursive: true });
await build({
  entryPoints: [resolve(root, 'bench/main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'error',
});
process.env.BENCH_ROOT = root;
const { main } = await import(pathToFileURL(bundle).href);
process.exit(await main(process.argv.slice(2)));
