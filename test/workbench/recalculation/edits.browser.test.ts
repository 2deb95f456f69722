import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomNumbers } from '../../support/random';
import { useSite } from '../../support/site';
import { type Content, type OpenWorkbench, openWorkbench } from '../../support/workbench';

const PATIENT = { timeout: 20_000 };
const PROMPTS = ['Once', 'The cat is', 'Anna is sad. She', 'One day a dog and'];
const STAGES = 5;
const WIDTH = 20;

const site = useSite();
let workbench: OpenWorkbench;
beforeAll(async () => {
  workbench = await openWorkbench(site.browser, site.url, { query: '?backend=wasm' });
});
afterAll(() => workbench?.close());

/** Everything that the formulas show. */
const shown = async () => (await workbench.values('Scratch!B1:X20', 'Scratch!B60:X160')).flat(2);

/** Waits until nothing is calculated, and nothing has been for a moment. */
async function still(): Promise<void> {
  await workbench.settled();
  await workbench.page.waitForTimeout(300);
  await workbench.settled();
}

/** The same as `shown`, when every function has been called anew. */
async function calculatedAnew() {
  await workbench.page.evaluate(() =>
    (
      window as unknown as { gpt2Workbench: { host: { recalculate(): Promise<void> } } }
    ).gpt2Workbench.host.recalculate(),
  );
  await still();
  return shown();
}

/** Calls that depend on each other, with native formulas between them: over their cells, over the first alone, over one within. */
function chain(): Record<string, Content> {
  const cells: Record<string, Content> = {
    'Scratch!A1': PROMPTS[0] as string,
    'Scratch!A2': 3,
    'Scratch!A50': 1,
    'Scratch!B1': '=GPT2.RESID(A1,0)',
  };
  for (let stage = 0; stage < STAGES; stage++) {
    const row = 60 + 20 * stage;
    const from = stage === 0 ? 1 : row - 10;
    cells[`Scratch!B${row}`] = `=GPT2.GELU(B${from}:U${from})`;
    cells[`Scratch!B${row + 10}`] = `=B${row}:U${row}+$A$2*SUM($A$50:$A$55)`;
    cells[`Scratch!W${row}`] = `=SUM(B${row + 10}:U${row + 10})`;
    cells[`Scratch!X${row}`] = `=C${row + 10}*2`;
  }
  return cells;
}

it('follows every edit, at whatever moment of a calculation it comes', async () => {
  await workbench.set(chain());
  await still();
  await expect
    .poll(async () => (await workbench.read(`Scratch!W${60 + 20 * (STAGES - 1)}`)).value, PATIENT)
    .toBeTypeOf('number');
  const session = await workbench.page.context().newCDPSession(workbench.page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 3 });
  const random = randomNumbers(1);
  const below = (n: number) => Math.floor(random() * n);
  for (let round = 0; round < 5; round++) {
    const edits = Array.from({ length: 7 }, (): [string, Content, number] => {
      const kinds: [string, Content][] = [
        ['Scratch!A1', PROMPTS[below(PROMPTS.length)] as string],
        ['Scratch!A2', below(1000)],
        [`Scratch!A${50 + below(6)}`, below(100)],
      ];
      return [...(kinds[below(kinds.length)] as [string, Content]), below(400)];
    });
    await workbench.page.evaluate(async (edits) => {
      const { setCell } = (window as unknown as { gpt2Workbench: { setCell(at: string, to: Content): void } })
        .gpt2Workbench;
      for (const [address, content, pause] of edits) {
        setCell(address, content);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }, edits);
    await still();
    const followed = await shown();
    expect(followed.filter((value) => typeof value === 'number').length).toBeGreaterThan(2 * WIDTH * STAGES);
    expect(followed, `round ${round}: ${JSON.stringify(edits)}`).toEqual(await calculatedAnew());
  }
}, 180_000);

it('finds room again for a result when what was in the way is gone', async () => {
  await workbench.set({ 'Scratch!AA1': '=GPT2.TOKENS("Once there was a")', 'Scratch!AA3': 'in the way' });
  await expect.poll(async () => (await workbench.read('Scratch!AA1')).value, PATIENT).toBe('#SPILL!');
  await workbench.set({ 'Scratch!AB1': '=AA4', 'Scratch!AA3': null });
  await expect
    .poll(() => workbench.column('Scratch!AA1:AA4'), PATIENT)
    .toEqual(['Once', ' there', ' was', ' a']);
  await expect.poll(async () => (await workbench.read('Scratch!AB1')).value, PATIENT).toBe(' a');
  // A reference to a cell within follows when it is filled no more.
  await workbench.set({ 'Scratch!AA1': '=GPT2.TOKENS("Once")' });
  await expect.poll(async () => (await workbench.read('Scratch!AB1')).value, PATIENT).toBe(0);
});

it('gives a formula room that another has just left', async () => {
  await workbench.set({
    'Scratch!AD1': 4,
    'Scratch!AE1': '=SEQUENCE(AD1)',
    'Scratch!AE4': '=SEQUENCE(5-AD1)',
  });
  await expect.poll(async () => (await workbench.read('Scratch!AE1')).value, PATIENT).toBe('#SPILL!');
  await workbench.set({ 'Scratch!AD1': 3 });
  await expect.poll(() => workbench.column('Scratch!AE1:AE5'), PATIENT).toEqual([1, 2, 3, 1, 2]);
  await workbench.set({ 'Scratch!AD1': 2 });
  await expect.poll(() => workbench.column('Scratch!AE1:AE6'), PATIENT).toEqual([1, 2, null, 1, 2, 3]);
});
