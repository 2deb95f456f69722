import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeBundle } from '../build/node-bundle.js';
import { root } from '../build/settings.js';

if (!existsSync(resolve(root, 'bench/node_modules'))) {
  console.error('What the bench measures against is not installed. Once:\n\n  npm ci --prefix bench\n');
  process.exit(2);
}
process.env.BENCH_ROOT = root;
const { main } = await nodeBundle('bench/main.ts', 'bench/node_modules/.cache/bench.mjs');
process.exit(await main(process.argv.slice(2)));
