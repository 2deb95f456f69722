import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from '../../build/serve.js';

const folder = mkdtempSync(join(tmpdir(), 'served-'));
let site: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  writeFileSync(join(folder, 'weights.bin'), new Uint8Array(3_000_000).fill(7));
  site = await serve({ folder });
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

it('gives the head of an answer without its body', async () => {
  const response = await fetch(`${site.url}weights.bin`, { method: 'HEAD' });
  expect([response.status, response.headers.get('content-length')]).toEqual([200, '3000000']);
  expect((await response.arrayBuffer()).byteLength).toBe(0);
  expect((await fetch(`${site.url}nothing.bin`, { method: 'HEAD' })).status).toBe(404);
});

it('gives all of a file, or a part', async () => {
  expect((await (await fetch(`${site.url}weights.bin`)).arrayBuffer()).byteLength).toBe(3_000_000);
  const part = await fetch(`${site.url}weights.bin`, { headers: { Range: 'bytes=10-19' } });
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
});
