import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Numbers } from '../../../src/gpt2/arithmetic';
import { type Activations, forward, type Hook, keyOf } from '../../../src/gpt2/reference';
import { largest } from '../../../src/gpt2/sampling';
import { type Choice, listText, usualChoice } from '../../../src/layout/choice';
import { type Layout, laidOut } from '../../../src/layout/layout';
import type { Table } from '../../../src/layout/table';
import { onSheet } from '../../../src/workbook/address';
import { difference } from '../../support/agreement';
import { statsOf, withStats } from '../../support/engine-stats';
import { callFormulas } from '../../support/formulas';
import { filledBy, indexOf, promptForm, rightOf, tablesBefore, yellowAt } from '../../support/layout-table';
import { byteTokenizer, writeModelFolder } from '../../support/model-folder';
import { embeddedModel, embeddedTokenizer, loadModel, randomModel, smallConfig } from '../../support/models';
import { useSite } from '../../support/site';
import { type OpenWorkbench, openWorkbench, type Value } from '../../support/workbench';

const MOST = 1e-4;
const PATIENCE_MS = 240_000;

const small = randomModel(
  smallConfig({ n_layer: 3, n_head: 5, n_embd: 35, n_inner: 50, n_positions: 24, vocab_size: 300 }),
  2,
);
const embedded = loadModel(embeddedModel().folder);

const models = [
  {
    title: 'all of the embedded model',
    name: embeddedModel().name,
    query: '?backend=wasm',
    model: embedded,
    tokenizer: embeddedTokenizer(),
    choice: usualChoice(embedded.config, 6),
    prompts: ['Once there was a', 'The big dog ran to the park and he was'],
    // Every kind is overwritten in the small models; a whole calculation of this one takes its time.
    overwritten: ['pattern', 'resid_mid'],
  },
  {
    title: 'all of a random model',
    name: 'random-bytes',
    query: '?model=models/random-bytes&backend=wasm',
    model: small,
    tokenizer: byteTokenizer(),
    choice: usualChoice(small.config, 5),
    prompts: ['b', 'a 👍 and more'],
    overwritten: undefined,
  },
  {
    title: 'a part of a random model',
    name: 'random-bytes',
    query: '?model=models/random-bytes&backend=wasm',
    model: small,
    tokenizer: byteTokenizer(),
    choice: { room: 20, layers: [1], heads: [0, 3], columns: 8 } satisfies Choice,
    prompts: ['b', 'a 👍 and more'],
    // Norms reach other heads and neurons only where those are on the sheet: the sheet says so.
    overwritten: ['resid_pre', 'q', 'k', 'v', 'attn_scores', 'pattern', 'z', 'attn_out', 'resid_mid'].concat([
      'mlp_pre',
      'mlp_post',
      'mlp_out',
      'resid_post',
      'ln_final',
      'embed',
      'pos_embed',
    ]),
  },
] as const;

const site = useSite({
  models: (folder) => writeModelFolder(join(folder, 'random-bytes'), small, true),
});

const numbersIn = (cells: readonly (readonly unknown[])[]): Float64Array =>
  Float64Array.from(cells.flat(), (value) => (typeof value === 'number' ? value : Number.NaN));

describe.each(models)('$title', ({ name, query, model, tokenizer, choice, prompts, overwritten }) => {
  const { config } = model;
  const V = config.vocab_size;
  const first = 'Mike is quick. He moves'.slice(0, choice.room);
  let workbench: OpenWorkbench;
  let layout: Layout;
  beforeAll(async () => {
    workbench = await openWorkbench(withStats(site.browser) as never, site.url, { query });
    layout = laidOut({ config, name, prompt: first }, choice);
  });
  afterAll(() => workbench?.close());

  const show = async (address: string) => ((await workbench.values(address)) as [Value[][]])[0];
  const passes = async () => (await statsOf(workbench.pane as never)).forwardPasses;

  /** Waits until the likeliest tokens are those of the reference, and their logits agree. @returns the difference */
  async function endsAs(acts: Activations): Promise<number> {
    const logits = (acts.get('logits') as Numbers).slice(-V);
    const ids = largest(logits, 3);
    let relative = Number.POSITIVE_INFINITY;
    await expect
      .poll(
        async () => {
          const rows = (await show(layout.top)).slice(0, 3);
          const got = numbersIn(rows.map(([, , logit]) => [logit]));
          const right = Float64Array.from(ids, (id) => logits[id] as number);
          relative = rows.every(([, , , id], i) => id === ids[i])
            ? difference(got, right).relative
            : Number.POSITIVE_INFINITY;
          return relative;
        },
        { timeout: PATIENCE_MS, interval: 100 },
      )
      .toBeLessThanOrEqual(MOST);
    return relative;
  }

  /** The largest relative difference of all tables from what is right, and which that is. */
  async function worst(right: (table: Table) => Numbers, tokens: number): Promise<[number, string]> {
    const values = await workbench.values(...layout.tables.map((table) => filledBy(table, tokens)));
    let found: [number, string] = [0, ''];
    layout.tables.forEach((table, i) => {
      const { relative } = difference(numbersIn(values[i] ?? []), right(table));
      const title = `${table.name} ${table.layer ?? ''} ${table.head ?? ''}`;
      if (!(relative <= found[0])) found = [relative, title];
    });
    return found;
  }

  async function equalsTheModel(prompt: string): Promise<string> {
    const ids = tokenizer.encode(prompt);
    const acts = forward(model, ids, 'float64');
    await endsAs(acts);
    await workbench.settled();
    const [float64, where] = await worst((table) => rightOf(table, acts, config, ids.length), ids.length);
    expect(float64, where).toBeLessThanOrEqual(MOST);

    const calls = layout.tables.map((table) => promptForm(table, prompt));
    const answers = await callFormulas(workbench.pane, [...calls, ['NEXT', [[prompt]]]]);
    expect(await show(layout.next)).toEqual([[answers.at(-1)]]);
    const [asPrompt, which] = await worst((table) => {
      const rows = answers[layout.tables.indexOf(table)] as number[][];
      const { left, right } = table.area;
      return Float64Array.from(rows.flatMap((row) => row.slice(0, right - left + 1)));
    }, ids.length);
    expect(asPrompt, which).toBeLessThanOrEqual(MOST);
    return `${layout.tables.length} tables, T = ${ids.length}: from float64 at most ${float64.toExponential(1)} (${where}), from the prompt form ${asPrompt.toExponential(1)} (${which})`;
  }

  /** Tables that are computed from the cells before them, and not by the model's own formula. */
  async function switched(): Promise<Table[]> {
    const counting = layout.tables.filter(({ before }) => before);
    const counts = await workbench.values(
      ...counting.map(({ sheet, before }) => onSheet(sheet, before as string)),
    );
    return counting.filter((_, i) => counts[i]?.[0]?.[0] !== 0);
  }

  it(
    'is inserted from the pane, and every table is the model’s',
    async () => {
      const { pane } = workbench;
      await pane.getByRole('tab', { name: 'Sheets' }).click();
      const prompt = pane.locator('.layout').getByLabel('Prompt', { exact: true });
      await prompt.fill(first);
      const details = pane.locator('.layout-choose');
      if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
      await pane.locator('.layout').getByLabel('Room').fill(String(choice.room));
      await pane.locator('.layout').getByLabel('Layers').fill(listText(choice.layers));
      await pane.locator('.layout').getByLabel('Heads').fill(listText(choice.heads));
      await pane.locator('.layout').getByLabel('Columns').fill(String(choice.columns));
      const before = await passes();
      const started = performance.now();
      await pane.getByRole('button', { name: 'Lay out' }).click();
      await pane
        .getByText(/^Inserted \d+ sheets/)
        .first()
        .waitFor({ timeout: PATIENCE_MS });
      const inserted = performance.now() - started;
      const said = await equalsTheModel(first);
      const calculated = performance.now() - started;
      console.log(
        `${name}: inserted in ${Math.round(inserted)} ms, right after ${Math.round(calculated)} ms and ${(await passes()) - before} passes; ${said}`,
      );
    },
    2 * PATIENCE_MS,
  );

  it.each(prompts)(
    'follows the prompt “%s”',
    async (prompt) => {
      const before = await passes();
      const started = performance.now();
      await workbench.set({ [layout.prompt]: prompt });
      const ids = tokenizer.encode(prompt);
      await endsAs(forward(model, ids, 'float64'));
      const took = performance.now() - started;
      const said = await equalsTheModel(prompt);
      console.log(
        `${name}: follows in ${Math.round(took)} ms and ${(await passes()) - before} passes; ${said}`,
      );
      // Rows beyond the prompt are blank.
      for (const table of layout.tables) {
        const beyond = (await show(filledBy(table, choice.room))).slice(ids.length).flat();
        const filled = beyond.filter((value) => value !== null && value !== '');
        expect(filled, `${table.sheet}, ${table.name}`).toEqual([]);
      }
    },
    2 * PATIENCE_MS,
  );

  it(
    'says so when the prompt is too long',
    async () => {
      const long = 'a b c d e f g h i j k l m n o p q r s t u v w x y z';
      await workbench.set({ [layout.prompt]: long.slice(0, 2 * choice.room + 2) });
      await expect
        .poll(async () => (await show('Map!C6'))[0]?.[0], { timeout: PATIENCE_MS })
        .toMatch(/^\d+ tokens are too many: these sheets have room for/);
      await expect.poll(async () => (await show('Map!G5'))[0]?.[0]).toBe('…');
      await workbench.set({ [layout.prompt]: first });
      await endsAs(forward(model, tokenizer.encode(first), 'float64'));
    },
    PATIENCE_MS,
  );

  it(
    'follows a number that is typed into yellow cells, in every kind of table, and forgets it',
    async () => {
      const ids = tokenizer.encode(first);
      const plain = forward(model, ids, 'float64');
      const likeliest = largest((plain.get('logits') as Numbers).slice(-V), 1);
      const kinds = new Map(layout.tables.map((table) => [table.name, table]));
      const wanted = overwritten ?? [...kinds.keys()];
      let different = 0;
      const said: string[] = [];
      let cleared: Record<string, null> = {};
      for (const kind of wanted) {
        const table = [...kinds].find(([each]) => each === kind)?.[1] as Table;
        // In the last row, whose end is seen; of scores in the first column, which no token is kept from.
        const [row, column] = [ids.length - 1, table.square ? 0 : 2];
        const value = kind === 'pattern' ? 2.5 : 9;
        const hook: Hook = (each, layer, values) => {
          if (each !== kind || (table.layer ?? layer) !== layer) return;
          values[indexOf(table, row, column, config, ids.length)] = value;
        };
        const acts = forward(model, ids, 'float64', hook);
        expect(acts.get(keyOf('ln_final')), kind).not.toEqual(plain.get(keyOf('ln_final')));
        const at = yellowAt(table, row, column);
        await workbench.set(cleared);
        await workbench.set({ [at]: value });
        cleared = { [at]: null };
        const relative = await endsAs(acts);
        const after = layout.tables.filter((each) => tablesBefore(each, layout.tables).includes(table));
        // The end may be right before that: GELU of 9 is 9, whether typed before it or after it.
        await expect.poll(switched, { timeout: PATIENCE_MS }).toEqual(after);
        said.push(`${kind} ${relative.toExponential(1)}`);
        const next = largest((acts.get('logits') as Numbers).slice(-V), 1);
        if (next[0] !== likeliest[0]) {
          different++;
          await expect
            .poll(async () => (await show('Map!G7'))[0]?.[0], { timeout: PATIENCE_MS })
            .toMatch(/^Overwritten numbers changed it/);
        }
      }
      await workbench.set(cleared);
      await endsAs(plain);
      await expect.poll(switched, { timeout: PATIENCE_MS }).toEqual([]);
      console.log(`${name}: overwritten ${said.join(', ')}; ${different} times another token comes next`);
      expect(said.length).toBe(wanted.length);
    },
    8 * PATIENCE_MS,
  );

  it(
    'is taken away by Undo',
    async () => {
      await workbench.pane.getByRole('button', { name: 'Undo' }).click();
      const regardless = workbench.pane.getByRole('button', { name: 'Undo all the same' });
      const gone = workbench.pane.getByText('The sheets are gone again.').first();
      await regardless.or(gone).first().waitFor({ timeout: PATIENCE_MS });
      if (await regardless.isVisible()) await regardless.click();
      await gone.waitFor({ timeout: PATIENCE_MS });
      await expect(show(layout.next)).rejects.toThrow();
    },
    PATIENCE_MS,
  );
});
