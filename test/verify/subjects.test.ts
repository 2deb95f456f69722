import { resolve } from 'node:path';
import * as Comlink from 'comlink';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from '../../build/serve.js';
import { EngineClient } from '../../src/rpc/client';
import { isWhole } from '../../src/rpc/protocol';
import { claimOf } from '../../src/verify/checkpoints';
import type { PageEngine } from '../../src/verify/subjects';
import { clientSubject } from '../../src/verify/subjects';
import { summarise } from '../../src/verify/summary';
import { verify } from '../../src/verify/verify';
import { Service } from '../../src/worker/service';
import { embeddedModel } from '../support/models';

const { name, folder } = embeddedModel();
let site: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  site = await serve({ folder: resolve(folder, '..') });
});
afterAll(() => site.close());

it("verifies the embedded model over the page's bridge", async () => {
  const { port1, port2 } = new MessageChannel();
  Comlink.expose(new Service(), port1);
  port2.start();
  const client = new EngineClient(port2 as unknown as Worker); // the bridge asks no more of a worker than of a port
  await client.open({
    from: { kind: 'url', url: `${site.url}${name}` },
    name,
    backend: 'reference',
    base: site.url,
  });
  // It opens before the last byte is hashed, where that takes a while.
  await expect.poll(async () => isWhole(await client.opened()), { timeout: 30_000 }).toBe(true);
  const page: PageEngine = client;
  const subject = await clientSubject(page);
  const claim = claimOf(subject.config, name);
  expect(claim?.checkpoint.name).toBe(name);
  const rows = [];
  if (claim) for await (const row of verify(subject, claim.checkpoint)) rows.push(row);
  expect(rows.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  expect(summarise(rows).verdict).toBe('passed');
  port1.close();
  port2.close();
});
