import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { returnsOf } from './jsdoc.js';
import { formulaFiles } from './metadata.js';
import { serve } from './serve.js';

/** The model that comes with the add-in, as src/models/embedded.ts names it; a test holds the two together. */
export const EMBEDDED = 'gpt2-tiny-stories';

/**
 * The documentation out of the JSDoc, the tables and the formulas themselves, run in a thread beside the build.
 * @param {object} metadata what functions.json holds
 * @param {{ root: string, namespace: string, version: string }} settings
 * @returns {Promise<Record<string, string>>} HTML by file name
 * @throws {Error} when an example does not work, or a formula has no facts
 */
export async function docs(metadata, { root, namespace, version }) {
  const { outputFiles } = await build({
    entryPoints: [resolve(root, 'build/docs/main.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    define: { __NAMESPACE__: JSON.stringify(namespace) },
    external: ['onnxruntime-web'], // the reference back end computes the examples
    logOverride: { 'empty-import-meta': 'silent' }, // only workers are found by it, and none is started here
    logLevel: 'warning',
  });
  const models = await serve({ folder: resolve(root, 'weights') });
  const workerData = {
    metadata,
    returns: returnsOf(formulaFiles(root)),
    version,
    modelUrl: `${models.url}${EMBEDDED}`,
    model: EMBEDDED,
  };
  const worker = new Worker(outputFiles[0].text, { eval: true, workerData });
  try {
    return await new Promise((done, failed) => {
      worker.once('message', done);
      worker.once('error', failed);
    });
  } finally {
    await Promise.all([worker.terminate(), models.close()]);
  }
}
