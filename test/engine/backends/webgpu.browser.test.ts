import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import CopyPlugin from 'copy-webpack-plugin';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import webpack from 'webpack';
import { ortFiles } from '../../../build/ort-files.js';
import { serve } from '../../../build/serve.js';
import { largest, table, worstOf } from '../../support/agreement';
import { launchChromium } from '../../support/browser';
import { embeddedModel, sortingModel } from '../../support/models';
import type { Finding, Task } from '../browser/agreement';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const ORT = join(ROOT, 'node_modules/onnxruntime-web/dist');
const LIMIT = 1e-4;

/** Bundles the page beside ORT's files and the trained models. */
async function build(folder: string, models: readonly string[]): Promise<void> {
  for (const model of models) {
    for (const file of ['config.json', 'model.safetensors']) {
      cpSync(join(model, file), join(folder, basename(model), file));
    }
  }
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><title>engine</title><link rel="icon" href="data:,"><script src="page.js"></script>',
  );
  const compiler = webpack({
    mode: 'development',
    devtool: false,
    context: ROOT,
    entry: './test/engine/browser/page.ts',
    output: { path: folder, filename: 'page.js', chunkFilename: '[id].js' },
    optimization: { splitChunks: false, chunkIds: 'natural' },
    resolve: {
      extensions: ['.ts', '.js'],
      // The builds that fetch their .mjs and do not say import.meta, which a classic script may not.
      alias: {
        'onnxruntime-web/wasm$': join(ORT, 'ort.wasm.min.js'),
        'onnxruntime-web/webgpu$': join(ORT, 'ort.webgpu.min.js'),
      },
    },
    module: {
      rules: [
        {
          test: /\.ts$/,
          loader: 'ts-loader',
          options: { transpileOnly: true, compilerOptions: { noEmit: false } },
        },
      ],
    },
    plugins: [new CopyPlugin({ patterns: [...ortFiles] })],
  });
  await new Promise<void>((done, failed) => {
    compiler?.run((error, stats) => {
      if (error || stats?.hasErrors()) failed(error ?? new Error(stats?.toString('errors-only')));
      else compiler.close(() => done());
    });
  });
}

describe('in a browser the engine agrees with the reference in float64', () => {
  const models = [sortingModel(), embeddedModel()].filter(({ missing }) => !missing);
  const folder = mkdtempSync(join(tmpdir(), 'engine-page-'));
  let site: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await build(
      folder,
      models.map((model) => model.folder),
    );
    site = await serve({ folder });
    browser = await launchChromium({ gpu: true });
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') console.log(`page: ${message.text()}`);
    });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true });
  });

  const compare = async (task: Omit<Task, 'wasmPaths' | 'folders'>): Promise<Finding[]> => {
    await page.goto(site.url); // a fresh page has set up no runtime yet
    const folders = models.map((model) => `${site.url}${basename(model.folder)}/`);
    const findings = await page.evaluate((all) => window.enginePage.compareInPage(all), {
      ...task,
      folders,
      wasmPaths: `${site.url}ort/`,
    } satisfies Task);
    const title = [
      findings[0]?.backend.reason,
      ...findings.map(
        ({ name, rows, milliseconds }) => `${name}: ${largest(rows).toExponential(1)}, ${milliseconds} ms`,
      ),
    ].join('\n  ');
    console.log(table(title, worstOf(findings.map(({ rows }) => rows))));
    for (const { name, rows } of findings) expect(largest(rows), name).toBeLessThanOrEqual(LIMIT);
    expect(findings.length).toBeGreaterThan(0);
    return findings;
  };

  const trained = models.map(({ name }) => name);
  const odd = 'five heads of 7, vocabulary of 101, MLP of 61';
  const least = 'one head, one layer';

  it('on WebAssembly, one thread', () => compare({ backend: 'wasm', threads: 1, only: [odd, ...trained] }));

  it('on WebAssembly with the threads of an isolated page', async () => {
    await page.goto(site.url);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await compare({ backend: 'wasm', threads: 2, only: [odd, ...trained] });
  });

  it('on what it finds best, which is not a graphics processor that is only emulated', async () => {
    const [finding] = await compare({ backend: 'best', only: [least] });
    expect(finding?.backend).toMatchObject({
      name: 'wasm',
      reason: expect.stringContaining('only emulated'),
    });
  });

  // In software, most of the time goes into compiling shaders, anew for each page, width and length of prompt.
  const patience = { timeout: 10 * 60_000 };

  it('on WebGPU', patience, () => compare({ backend: 'webgpu', only: trained, longestPrompt: 11 }));

  it('on WebGPU with edits', patience, () =>
    compare({ backend: 'webgpu', only: [odd], longestPrompt: 5, withEdits: true }),
  );

  it('on WebGPU with the keys and values of a prompt that has grown', patience, async () => {
    const [finding] = await compare({ backend: 'webgpu', only: [odd], longestPrompt: 5, withGrowth: true });
    expect(finding?.positionsReused).toBeGreaterThan(0);
  });

  it('on WebGPU with an output head in pieces', patience, () =>
    compare({ backend: 'webgpu', only: [least], longestPrompt: 1, largestBuffer: 1000 }),
  );

  it('leaves on the device what nobody asked for, and gives it back there', patience, async () => {
    await page.goto(site.url);
    const found = await page.evaluate((url) => window.enginePage.holdInPage(url), `${site.url}ort/`);
    const { differences, readBack, blocksForMore, positionsForMore, buffers, afterLoss } = found;
    console.log(`what was held: ${JSON.stringify(found)}`);
    for (const [step, difference] of Object.entries(differences)) expect(difference, step).toBeLessThan(1e-5);
    expect(readBack.bytes).toBeLessThan(readBack.asked + 16); // devices copy in pieces of sixteen bytes
    expect(readBack.bytes).toBeGreaterThanOrEqual(readBack.asked);
    expect({ blocksForMore, positionsForMore, afterLoss }).toEqual({
      blocksForMore: 1,
      positionsForMore: 1,
      afterLoss: 'wasm',
    });
    expect(buffers[1] - buffers[0], 'buffers more after sixty prompts more').toBeLessThan(10);
  });

  it(
    'goes on with WebAssembly when WebGPU loses its device, says so, and can start again',
    patience,
    async () => {
      await page.goto(site.url);
      const { difference, ...found } = await page.evaluate(
        (url) => window.enginePage.loseDevice(url),
        `${site.url}ort/`,
      );
      expect(found).toMatchObject({ dims: [1, 2, 8], backend: 'wasm', told: 1, next: 'webgpu' });
      expect(found.reason).toMatch(
        /^WebAssembly.* WebGPU stopped: WebGPU could not run block 0: the graphics device was lost/,
      );
      console.log(`before and after the loss: largest difference ${difference.toExponential(1)}`);
      expect(difference).toBeLessThan(1e-5);
    },
  );
});
