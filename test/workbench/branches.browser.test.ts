import { afterAll, beforeAll, expect, it } from 'vitest';
import { statsOf, withStats } from '../support/engine-stats';
import { useSite } from '../support/site';
import { type OpenWorkbench, openWorkbench } from '../support/workbench';

const site = useSite();
let workbench: OpenWorkbench;
beforeAll(async () => {
  workbench = await openWorkbench(withStats(site.browser) as never, site.url, { query: '?backend=wasm' });
});
afterAll(() => workbench?.close());

async function shown(cells: Record<string, string | number>, ...addresses: string[]) {
  await workbench.set(cells);
  await workbench.settled();
  return Promise.all(addresses.map((address) => workbench.read(address)));
}

it('calculates the branch of an IF that is taken, and calls nothing in the other', async () => {
  const passes = async () => (await statsOf(workbench.pane as never)).forwardPasses;
  const asked = (prompt: string) => `SUM(GPT2.EMBED("${prompt}")*0)+SUM(GPT2.RESID("${prompt}",1)*0)`;
  const before = await passes();
  const [first, second] = await shown(
    {
      'Scratch!A1': 0,
      'Scratch!B1': `=IF(A1=0,7,${asked('one prompt')})`,
      'Scratch!B2': `=IF(A1=1,${asked('and another')},IF(A1=0,8,${asked('and a third')}))`,
    },
    'Scratch!B1',
    'Scratch!B2',
  );
  expect([first?.value, second?.value]).toEqual([7, 8]);
  expect(await passes()).toBe(before);
  // The same call in the branch that is taken.
  const [taken] = await shown({ 'Scratch!B3': `=IF(A1=0,${asked('one prompt')},7)` }, 'Scratch!B3');
  expect(taken?.value).toBe(0);
  expect(await passes()).toBeGreaterThan(before);
});

it('takes the other branch when the test changes', async () => {
  const cells = { 'Scratch!D1': 1, 'Scratch!D2': '=IF(D1=0,SUM(D1:D1)+10,ROWS(GPT2.TOKENS("a")))' };
  expect((await shown(cells, 'Scratch!D2'))[0]?.value).toBe(1);
  expect((await shown({ 'Scratch!D1': 0 }, 'Scratch!D2'))[0]?.value).toBe(10);
  expect((await shown({ 'Scratch!D1': 5 }, 'Scratch!D2'))[0]?.value).toBe(1);
});

it('goes by each value where the test is several, and gives its error where it is one', async () => {
  await shown(
    {
      'Scratch!F1': 1,
      'Scratch!F2': 0,
      'Scratch!G1': '=IF(F1:F2=1,"yes","no")',
      'Scratch!I1': '=IF(NA(),1,2)',
    },
    'Scratch!G1',
  );
  expect(await workbench.column('Scratch!G1:G2')).toEqual(['yes', 'no']);
  expect((await workbench.read('Scratch!I1')).error).toBe('#N/A');
});

it('is FALSE where the branch that is taken is left out', async () => {
  const [left] = await shown({ 'Scratch!K1': '=IF(1=2,3)' }, 'Scratch!K1');
  expect(left?.value).toBe(false);
});
