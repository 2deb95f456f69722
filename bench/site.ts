import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { Missing } from './missing';
import { bench, dist, root } from './places';
import { serve } from './server';

const PACKAGES = ['@wllama/wllama', '@huggingface/transformers', 'onnxruntime-web'];

/** What watches the engine takes its ONNX Runtime, not the one beside the bench that belongs to transformers.js. */
const oursIsOurs: Plugin = {
  name: 'ours is ours',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^onnxruntime-web\/wasm$/ }, ({ path, kind, resolveDir }) =>
      resolveDir.startsWith(bench) ? resolve(path, { kind, resolveDir: root }) : undefined,
    );
  },
};

/** The bench's own pages, the models and the peers' files, on a local server that isolates pages as the product's does. */
export async function serveBench(models: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  for (const name of PACKAGES) {
    if (!existsSync(join(bench, 'node_modules', name)))
      throw new Missing(`The package ${name} is not installed`);
  }
  if (!existsSync(join(dist, 'ort')))
    throw new Missing(
      'The engine is started as the built add-in starts it, and dist/ has none: npm run build',
      false,
    );
  const folder = join(bench, 'node_modules/.cache/site');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'peers'), { recursive: true });
  const source = (name: string) => ({ in: join(bench, 'pages', name), out: name.replace(/\.ts$/, '') });
  await build({
    entryPoints: [
      source('page.ts'),
      source('ours-worker.ts'),
      source('products-worker.ts'),
      source('operations-worker.ts'),
      source('limits-worker.ts'),
      source('gpu-worker.ts'),
      source('profile-worker.ts'),
      source('kept-worker.ts'),
      source('starts-worker.ts'),
      { in: resolve(root, 'src/models/hash-thread/worker.ts'), out: 'hash-worker' },
    ],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    plugins: [oursIsOurs],
    logLevel: 'error',
  });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><title>Bench</title><script type="module" src="page.js"></script>',
  );
  const link = (to: string, name: string) => symlinkSync(resolve(to), join(folder, name), 'junction');
  link(models, 'models');
  link(join(dist, 'ort'), 'ort');
  link(join(bench, 'node_modules/onnxruntime-web/dist'), 'peers/ort');
  cpSync(join(bench, 'node_modules/@wllama/wllama/esm/wasm/wllama.wasm'), join(folder, 'peers/wllama.wasm'));
  return serve(folder);
}
