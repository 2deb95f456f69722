import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedModel, embeddedTokenizer, loadModel } from '../support/models';
import { type OpenPane, openPaneWithErrors } from '../support/pane';
import { useSite } from '../support/site';
import { openStream } from '../support/stream';

const PROMPT = 'Mike is quick. He moves';

const model = loadModel(embeddedModel().folder);
const tokenizer = embeddedTokenizer();
const { vocab_size: V, n_positions } = model.config;
const names = new Map(Array.from({ length: V }, (_, id) => [tokenizer.show(id), id]));

const site = useSite();

describe.each(['wasm', 'reference'])('taskpane.html?backend=%s', (backend) => {
  let pane: OpenPane;
  beforeAll(async () => {
    pane = await openPaneWithErrors(site.browser, site.url, `?backend=${backend}`);
  });
  afterAll(() => pane.close());

  const refusal = (id: string, ...args: unknown[]) =>
    pane.page.evaluate(
      async ([id, args]) => {
        type Formula = (...args: unknown[]) => Promise<unknown>;
        const { mappings } = (
          CustomFunctions as unknown as { _association: { mappings: Record<string, Formula> } }
        )._association;
        const error = await mappings[id]?.(...args, {}).catch((error: unknown) => error);
        const { code, message } = error as { code?: string; message?: string };
        return `${code}: ${message}`;
      },
      [id, args] as const,
    );

  it('refuses hostile arguments with a sentence', async () => {
    const long = 'Mike '.repeat(n_positions);
    const tokens = tokenizer.encode(long).length;
    const longest = `up to ${n_positions - 1} fit, after <|endoftext|>`;
    for (const id of ['LOGPROBS', 'PERPLEXITY']) {
      expect(await refusal(id, [['']])).toBe('#VALUE!: text is blank: give a text of at least one token.');
      expect(await refusal(id, [[true]])).toMatch('#VALUE!: text is TRUE');
      expect(await refusal(id, [['a', 'b']])).toMatch('#VALUE!: text is a 1×2 range');
      expect(await refusal(id, [['#N/A']])).toMatch('text holds #N/A in row 1, column 1');
      expect(await refusal(id, [[long]])).toContain(`which is ${tokens} tokens: ${longest}.`);
    }
    expect(await refusal('MERGES', [['']])).toMatch(
      '#N/A: text is blank, in which no two neighbours are merged',
    );
    expect(await refusal('MERGES', [['the'.repeat(10_000)]])).toMatch('over the 5 MB that Excel takes');
    expect(await refusal('CHOOSE', [[PROMPT]], [['a'], ['']])).toMatch('options holds blank in row 2');
    expect(await refusal('CHOOSE', [[-1]], [['a']])).toMatch('prompt holds -1 in row 1');
    expect(await refusal('CHOOSE', [[V]], [['a']])).toMatch(`prompt holds ${V} in row 1`);
    expect(await refusal('CHOOSE', [[long]], [['a']])).toMatch(
      `options is "a", which is 1 token: after the prompt's ${tokens}, 0 of this model's ${n_positions} are left`,
    );
  });

  /** What a streaming formula has shown when it has come to `end`. */
  const streamed = async (end: string, ...args: unknown[]) => {
    const { shown } = await openStream(pane.page, 'GENERATE', ...args);
    await expect.poll(async () => (await shown()).at(-1), { timeout: 60_000 }).toBe(end);
    return shown();
  };

  it.each([
    ['greedy', []],
    ['drawn', [1, 0, 1, 7]],
    ['drawn among few', [0.8, 20, 0.9, 12]],
  ])('generates what NEXT gives over and over: %s', async (_, [temperature, top_k, top_p, seed = 0]) => {
    const ids = tokenizer.encode(PROMPT);
    const written: number[] = [];
    for (let step = 0; step < 12; step++) {
      const column = [...ids, ...written].map((id) => [id]);
      const token = await pane.call(
        'NEXT',
        column,
        temperature ?? null,
        top_k ?? null,
        top_p ?? null,
        seed + step,
      );
      const id = names.get(token as string) as number;
      if (id === tokenizer.endOfText) break;
      written.push(id);
    }
    const end = tokenizer.decode(written);
    const shown = await streamed(
      end,
      [[PROMPT]],
      12,
      temperature ?? null,
      top_k ?? null,
      top_p ?? null,
      seed,
    );
    console.log(`${backend}: ${JSON.stringify(end)}, in ${shown.length} steps`);
    expect(written.length).toBeGreaterThan(1);
    expect(shown).toHaveLength(written.length);
    for (const text of shown) expect(end.startsWith(text)).toBe(true);
    // The host may start it twice.
    const column = ids.map((id) => [id]);
    const args = [column, 12, temperature ?? null, top_k ?? null, top_p ?? null, seed];
    expect(await Promise.all([streamed(end, ...args), streamed(end, ...args)])).toEqual([shown, shown]);
  });

  it('stops generating when the context is full, and when it is cancelled', async () => {
    const full = Array.from({ length: n_positions }, () => [tokenizer.encode(' the')[0]]);
    const [token] = await Promise.all([pane.call('NEXT', full)]);
    const shown = await streamed(token as string, full, 20);
    expect(shown).toEqual([token]);

    const running = await openStream(pane.page, 'GENERATE', [['Once']], n_positions, 1);
    await expect.poll(async () => (await running.shown()).length).toBeGreaterThan(0);
    await running.cancel();
    const { length } = await running.shown();
    await pane.call('NEXT', [['Something else']]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await running.shown()).toHaveLength(length);
  });

  it('shows the sentences of other formulas for what it cannot generate from', async () => {
    const said = async (...args: unknown[]) => {
      const { shown } = await openStream(pane.page, 'GENERATE', ...args);
      await expect.poll(async () => (await shown()).length).toBe(1);
      return (await shown())[0];
    };
    expect(await said([[PROMPT]], 0)).toBe(
      `#VALUE!: count is 0: give a whole number from 1 to ${n_positions}.`,
    );
    expect(await said([[PROMPT]], 5, 'hot')).toMatch('#VALUE!: temperature is "hot"');
    expect(await said([[V]])).toMatch(`#VALUE!: input holds ${V} in row 1`);
    expect(await said([['a', 'b']])).toMatch('#VALUE!: input is a 1×2 range');
    expect(await said([['Mike '.repeat(n_positions)]])).toMatch(/#VALUE!: The prompt has \d+ tokens/);
  });

  it('tells how the model is', async () => {
    const running = await openStream(pane.page, 'STATUS');
    const shown = running.shown;
    await expect
      .poll(async () => (await shown()).at(-1))
      .toMatch(/ is ready\. (WebAssembly|Plain JavaScript)/);
    console.log(`${backend}: ${(await shown()).at(-1)}`);
    await pane.page.getByRole('tab', { name: 'Model' }).click();
    await pane.page.getByText('Change back end').click();
    await pane.page.getByLabel('Run the model on').selectOption(backend === 'wasm' ? 'reference' : 'wasm');
    await pane.page.getByRole('button', { name: 'Apply' }).click();
    const other = backend === 'wasm' ? /ready\. Plain JavaScript/ : /ready\. WebAssembly/;
    await expect.poll(async () => (await shown()).at(-1), { timeout: 60_000 }).toMatch(other);
    expect((await shown()).some((text) => /^(Loading|Opening)/.test(text))).toBe(true);

    await running.cancel();
    const { length } = await shown();
    await pane.page.getByText('Change back end').click();
    await pane.page.getByRole('button', { name: 'Apply' }).click();
    await pane.call('NEXT', [[PROMPT]]);
    expect(await shown()).toHaveLength(length);
  });
});
